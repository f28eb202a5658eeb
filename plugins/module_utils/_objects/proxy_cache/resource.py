# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations that cache another registry (quay endpoints/api/organization.py).

Quay changes no cache: another one takes its place. It tells neither user nor password of the one that is there.
"""

from __future__ import annotations

import dataclasses
import re

from ..._client.client import Names, QuayClient
from ..._engine.resource import (
    Change,
    Field,
    Observed,
    Resource,
    State,
    Steps,
    Wish,
)
from ..._errors import Forbidden
from ..._text.codec import duration, rule, seconds
from ..._text.name_rules import namespace_rule, text_rule
from ..shared import find_organization

PATH = "/organization/{organization}/proxycache"
VALIDATION = "/organization/{organization}/validateproxycache"
KEYS = {
    "registry": "upstream_registry",
    "username": "upstream_registry_username",
    "password": "upstream_registry_password",
    "expiration": "expiration_s",
    "insecure": "insecure",
}
NEW = {"expiration": 86400, "insecure": False}
EXPIRATION = rule(seconds, range(2**31), "Quay stores less than 2147483648 seconds")
OPTIONS = {
    "update_password": {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False},
    "validate": {"type": "bool", "default": False},
}


def registry_rule(name: str) -> str:
    good = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?(/[A-Za-z0-9._-]+)*", name)
    return "" if good else "a registry is named host, host:port or host/namespace, without http:// or https://"


def locate(_client: QuayClient, params: State) -> Names:
    """``first`` remembers the cache that was there, should the answer to its deletion be lost."""
    return {"organization": params["organization"], "first": {}}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    try:
        view = client.get(PATH, names, missing=())
    except Forbidden:
        find_organization(client, names)
        raise
    facts, first = {"validate": wish.options.get("validate", False)}, names["first"]
    if not view["upstream_registry"]:
        # To a superuser, a missing organization looks like one without a cache.
        if wish.state == "present":
            find_organization(client, names)
        return Observed(None, facts, initial=first if first.get("registry") == wish.fields.get("registry") else {})
    first.update({name: view[KEYS[name]] for name in ("registry", *NEW)})
    # What Quay does not tell is taken for what the task gives.
    return Observed({"username": wish.fields.get("username"), **first}, {**facts, "exists": True})


def adapt(_client: QuayClient, _names: Names, observed: Observed, wish: Wish) -> Wish:
    """A password alone replaces a cache only on demand; nothing of a cache goes over to one of another registry."""
    present, fields = observed.fields, wish.fields
    if present is None or wish.state == "absent":
        return wish
    if fields.get("registry", present["registry"]) != present["registry"]:
        fields = {**NEW, **fields}
    visible = {name: value for name, value in fields.items() if name != "password"}
    if wish.options.get("update_password") != "always" and visible.items() <= present.items():
        fields = visible
    return dataclasses.replace(wish, fields=fields)


def body(values: State) -> State:
    return {key: values[name] for name, key in KEYS.items() if values.get(name) is not None}


def write(change: Change) -> Steps:
    before, after = change.before, change.after
    if "exists" in change.names:
        if not change.differs:
            return
        # The credentials of the task are for its own registry only.
        known = before["registry"] == after["registry"]
        secrets = {name: after.get(name) if known else None for name in ("username", "password")}
        undo = change.step("restore", "POST", PATH, body({**before, **secrets}))
        yield change.step("delete", "DELETE", PATH, undo=undo)
    if change.names.get("validate"):
        yield change.step("validate", "POST", VALIDATION, body(after))
    yield change.step("create", "POST", PATH, body(after))


PROXY_CACHE = Resource(
    kind="proxy_cache",
    label="of organization {organization}",
    keys=(Field("organization", required=True, rule=namespace_rule),),
    fields=(
        Field("registry", on_create="quay.io", rule=registry_rule, spec={"default": "quay.io"}),
        Field("username", rule=text_rule, canonical=lambda text: text or None),
        Field("password", secret=True, rule=text_rule, canonical=lambda text: text or None),
        Field("expiration", on_create=NEW["expiration"], rule=EXPIRATION, canonical=seconds, shown=duration),
        Field("insecure", "bool", on_create=NEW["insecure"]),
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    writes=(write,),
    remove=lambda change: [change.step("delete", "DELETE", PATH)],
)
