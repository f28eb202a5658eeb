# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples of every module on a registry that holds nothing, and on one that lacks much of what Quay can have."""

from __future__ import annotations

import os
import typing as t

from tests.faults.case import Case, Options, Place, aside, task, unclean
from tests.faults.examples import PAIR, Example, examples, operation_of
from tests.tools.generate import modules

OFF = [
    *("APP_SPECIFIC_TOKENS", "ASSIGN_OAUTH_TOKEN", "AUTO_PRUNE", "BUILD_SUPPORT", "IMMUTABLE_TAGS", "LOG_EXPORT"),
    *("ORG_MIRROR", "PROXY_CACHE", "QUOTA_MANAGEMENT", "EDIT_QUOTA", "REPO_MIRROR", "SECURITY_SCANNER"),
    *("SUPERUSER_CONFIGDUMP", "TEAM_SYNCING", "USER_METADATA"),
]
# None: nothing is in it; else the settings of a registry that has all that the examples take.
REGISTRIES: dict[str, Options | None] = {
    "nothing in it": None,
    "Quay 3.9": {"release": "3.9"},
    "features off": {f"FEATURE_{name}": False for name in OFF},
    "superusers off": {"FEATURE_SUPER_USERS": False},
}


SECONDS = 60
NO_END = (None, "Unexpected: no end")


def cases(short: bool) -> t.Iterator[Case]:
    """Each example, predicted and for real."""
    for name, settings in REGISTRIES.items():
        for module in modules():
            for number, example in enumerate(examples(module)[: 1 if short else None]):
                title = f"{module}, example {number + 1}, {name}"
                yield Case(title, lambda place, e=example, s=settings: lacking(place, e, s))


def lacking(place: Place, example: Example, settings: Options | None) -> str:
    """Clean messages; and check mode promises nothing that the server lacks, but for what an earlier task may make."""
    # Some modules write files.
    os.chdir(place.folder)
    if settings is not None:
        example.prepare(place)
        place.emulator.switch("POST", "settings", settings)
    operation = operation_of(example.module)
    spec = operation.argument_spec()
    account = place.connection if "quay_token" in spec else {**place.connection, **PAIR}
    options = {**{name: one for name, one in account.items() if name in spec}, **example.options}
    before = writes(place)
    # In processes of their own, since a client remembers what its server has.
    predicted, why_not = aside(lambda: task(operation, options, check=True), SECONDS) or NO_END
    if writes(place) > before:
        return "check mode wrote"
    result, message = aside(lambda: task(operation, options), SECONDS) or NO_END
    faults = [unclean(text) for text in (why_not, message) if text]
    if any(faults):
        return next(filter(None, faults))
    expected = settings is None or not example.runs or "does not exist" in message
    if bool(predicted) != bool(result) and not expected:
        return f"check mode: {why_not or 'success'}, for real: {message or 'success'}"
    return ""


def writes(place: Place) -> int:
    """Requests that change something, which a sign-in does not."""
    sent = place.emulator.switch("GET", "requests")
    return sum(one["method"] not in ("GET", "HEAD") and "/signin" not in one["path"] for one in sent)
