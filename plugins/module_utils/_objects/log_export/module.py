# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: usage logs that Quay itself writes into a file (quay endpoints/api/logs.py)."""

from __future__ import annotations

import datetime as dt
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient, address
from ..._client.views import LogsView
from ..._engine.action import Action, act
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput
from ..._text.name_rules import email_rule, namespace_rule, repository_rule
from ..._text.times import quay_date, this_second
from ..._usage.query import period
from ..repository.read import find_repository, full_name
from ..shared import find_organization

SECOND = dt.timedelta(seconds=1)
SPEC: Params = {
    "organization": {"type": "str"},
    "repository": {"type": "str"},
    "starttime": {"type": "str", "default": "1d"},
    "endtime": {"type": "str"},
    "callback_url": {"type": "str"},
    "callback_email": {"type": "str"},
}
CONSTRAINTS: Params = {
    "mutually_exclusive": [("organization", "repository")],
    "required_one_of": [("callback_url", "callback_email")],
}


def export(context: Context) -> Params:
    """Have Quay export them, which it does later. Raises QuayError."""
    params, client = context.params, context.client
    _check(params)
    days = _days(params)
    place, names, whose = _find(client, params)
    require(client, "log_export")
    purpose = f"export the usage logs of {whose}"
    # Reading them takes the same rights.
    client.get(place + "logs", names, days, missing=(), view=LogsView)
    body = {name: params[name] for name in ("callback_url", "callback_email") if params[name] is not None}

    def send() -> Params:
        path = address(place, names) + "exportlogs?" + "&".join(f"{name}={day}" for name, day in days.items())
        return {"export_id": client.write("POST", path, body, purpose)["export_id"]}

    return act(context, Action(f"usage logs of {whose}", {}, {**days, **body}, send, {"export_id": None}))


def _check(params: Params) -> None:
    """Raise BadInput before any request."""
    rules: dict[str, t.Callable[[str], str]] = {
        "organization": namespace_rule,
        "repository": repository_rule,
        "callback_url": lambda url: "" if url.startswith(("http://", "https://")) else "it is no http(s) URL",
        "callback_email": email_rule,
    }
    for option, rule in rules.items():
        broken = rule(params[option]) if params[option] is not None else ""
        if broken:
            raise BadInput(option, params[option], broken)


def _days(params: Params) -> dict[str, str]:
    """First and last day as Quay takes them; it knows nothing shorter. Raises BadInput."""
    now = this_second()
    start, end = period(params["starttime"], params["endtime"], now)
    return {"starttime": quay_date(start.date()), "endtime": quay_date(((end or now + SECOND) - SECOND).date())}


def _find(client: QuayClient, params: Params) -> tuple[str, Names, str]:
    """The template of the address with what fills it, and whose logs these are. Raises ParentMissing."""
    if params["organization"] is not None:
        find_organization(client, params)
        return "/organization/{organization}/", params, f"organization {params['organization']}"
    if params["repository"] is not None:
        names = {"repository": full_name(client, params["repository"])}
        find_repository(client, names)
        return "/repository/{+repository}/", names, f"repository {names['repository']}"
    return "/user/", params, "the account itself"


LOG_EXPORT = Operation(SPEC, export, CONSTRAINTS)
