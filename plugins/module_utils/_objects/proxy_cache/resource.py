# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations that cache another registry (quay endpoints/api/organization.py).

Quay changes no cache: another one takes its place. It shows neither user nor password of the one that is there.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import BooleanOrText, NumberOrText
from ..._engine.field import Field, State
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.shapes import body
from ..._engine.singleton import Singleton
from ..._text.codec import duration, or_none, rule, seconds
from ..._text.name_rules import namespace_rule, text_rule
from ..shared import find_organization


class ProxyCacheView(t.TypedDict):
    """GET …/proxycache (quay endpoints/api/organization.py, proxy_cache_view): all texts are empty if there is none."""

    upstream_registry: str
    expiration_s: NumberOrText
    insecure: BooleanOrText


VALIDATION = "/organization/{organization}/validateproxycache"
NEW = {"expiration": 86400, "insecure": False}
EXPIRATION = rule(seconds, range(2**31), "use less than 2147483648 seconds")
HIDDEN = "Quay does not show whether it has any"
CURE = "Specify username and password, or an empty username to pull anonymously"
OPTIONS = {"validate": {"type": "bool", "default": False}}


def registry_rule(name: str) -> str:
    """The broken rule for the address of the other registry, or an empty string."""
    good = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?(/[A-Za-z0-9._-]+)*", name)
    return "" if good else "use host, host:port or host/namespace, without http:// or https://"


def validate(change: Change) -> Steps:
    """Let Quay try the registry before it is set."""
    if change.wish.options.get("validate"):
        yield change.step("validate", "POST", VALIDATION, body(FIELDS, change.after))


def restore(change: Change) -> State:
    """The credentials of the task are for its own registry only."""
    known = change.before["registry"] == change.after.get("registry")
    secrets = {name: change.after.get(name) if known else None for name in ("username", "password")}
    return body(FIELDS, {**change.before, **secrets})


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """What Quay does not show counts as the task specifies it. Raises ParentMissing and QuayError."""
    observed = SHAPE.read(PROXY_CACHE, client, names, wish)
    if observed.fields is None:
        return observed
    return dataclasses.replace(observed, fields={**observed.fields, "username": wish.fields.get("username")})


def resume(first: Observed, now: Observed) -> Observed:
    """If the answer to its deletion was lost, the new cache has what the old one had."""
    return dataclasses.replace(now, initial=first.fields or {}) if now.fields is None else now


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Nothing of a cache is taken over to one of another registry; a warning if credentials may be lost."""
    there = observed.before.fields
    if there is None or wish.state == "absent":
        return wish
    changes = any(name not in there or there[name] != value for name, value in wish.fields.items())
    if changes and "username" not in wish.fields:
        lost = f"The {PROXY_CACHE.title(names)} is re-created without credentials: {HIDDEN}. {CURE}."
        wish = dataclasses.replace(wish, warnings=(*wish.warnings, lost))
    if wish.fields.get("registry", there["registry"]) == there["registry"]:
        return wish
    return dataclasses.replace(wish, fields={**NEW, "username": None, **wish.fields})


FIELDS = (
    Field("registry", on_create="quay.io", api="upstream_registry", rule=registry_rule, spec={"default": "quay.io"}),
    Field("username", api="upstream_registry_username", rule=text_rule, canonical=or_none),
    Field(
        "password", api="upstream_registry_password", write_only="update_password", rule=text_rule, canonical=or_none
    ),
    Field(
        "expiration",
        api="expiration_s",
        on_create=NEW["expiration"],
        rule=EXPIRATION,
        canonical=seconds,
        shown=duration,
    ),
    Field("insecure", "bool", on_create=NEW["insecure"]),
)
SHAPE = Singleton(
    "/organization/{organization}/proxycache",
    view=ProxyCacheView,
    exists=lambda view: view["upstream_registry"],
    before=validate,
    restore=restore,
    parent=find_organization,
    vague=True,
)
PROXY_CACHE = Resource(
    kind="proxy_cache",
    label="of organization {organization}",
    keys=(Field("organization", required=True, rule=namespace_rule),),
    fields=FIELDS,
    shape=SHAPE,
    read=read,
    resume=resume,
    adapt=adapt,
)
