# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: keys with which services sign what they ask of the registry.

A key has the id that Quay computes; neither its name nor name and service are unique (quay endpoints/api/superuser.py).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeObject, MaybeText, Object, listed
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.operation import Context, Params
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._errors import QuayError
from ..._text.name_rules import namespace_rule
from ..._text.times import iso, moment, parsed, this_second
from ..shared import refuse_lost

PATH = "/superuser/keys"
NEVER = "never"
OPTIONS: Params = {"notes": {"type": "str", "default": ""}}
CONSTRAINTS: Params = {"required_one_of": [("kid", "name"), ("kid", "service")]}
OWN = ("created_by", "creator", "ip")
NAME = re.compile(r"[\s a-zA-Z0-9\-_:/]*")
SERVICE = re.compile(r"[a-z0-9_]+")


class _Approval(t.TypedDict):
    approved_date: str


class ApprovalView(_Approval, total=False):
    """Who approved a key; nobody if it is one of Quay's own services."""

    approver: MaybeObject
    notes: MaybeText


MaybeApproval = t.Optional[ApprovalView]


class KeyView(t.TypedDict):
    """One of GET /superuser/keys."""

    kid: str
    name: MaybeText
    service: str
    metadata: Object
    created_date: str
    expiration_date: MaybeText
    approval: MaybeApproval


KeysView = listed("keys", KeyView)


def name_rule(name: str) -> str:
    """The rule of validate_service_key_name (quay util/validation.py)."""
    return "" if NAME.fullmatch(name) and name.strip() else "use letters, digits, spaces, '-', '_', ':' and '/'"


def service_rule(service: str) -> str:
    """The broken rule for the name of a service, or an empty string."""
    return "" if SERVICE.fullmatch(service) else "use lower-case letters, digits and '_'"


def expiration_rule(text: str) -> str:
    """The broken rule for the time of an expiration, or an empty string."""
    try:
        return "" if text == NEVER or at(text) > this_second() else "use a time in the future"
    except ValueError:
        return f"use {NEVER} or a date or time in ISO 8601, such as 2027-11-24T10:00:00Z"


def at(text: str) -> dt.datetime:
    """The time that is meant. Raises ValueError; an age is none, since each run would mean another time."""
    if not re.match("[0-9]{4}-", text.strip()):
        raise ValueError
    return moment(text, this_second())


def parse(entry: State) -> State:
    """A key in canonical form: the expiration in seconds since 1970, 0 for never."""
    expiration = entry["expiration_date"]
    return {
        "name": entry["name"] or "",
        "service": entry["service"],
        "expiration": int(parsed(expiration).timestamp()) if expiration else 0,
        # Without what Quay itself adds.
        "metadata": {name: value for name, value in entry["metadata"].items() if name not in OWN},
        "approved": entry["approval"] is not None,
    }


def locate(_client: QuayClient, params: State) -> Names:
    """The title: the ID, or name and service."""
    return {"title": params["kid"] or f"{params['name']} of {params['service']}"}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The key of this id, or those of this name and service, the ones that are valid first. Raises QuayError."""
    keys = SHAPE.listed(client, names) or []
    if names["kid"] is not None:
        meant = [entry for entry in keys if entry["kid"] == names["kid"]]
    else:
        named = {name: wish.fields[name] for name in ("name", "service")}
        meant = [entry for entry in keys if named.items() <= parse(entry).items()]
    meant.sort(key=lambda entry: is_expired(parse(entry)))
    observed = SHAPE.choose(SERVICE_KEY, meant, names, dataclasses.replace(wish, keep_twins=True))
    found = {"kid": observed.names["id"]} if observed.fields is not None else {}
    return dataclasses.replace(observed, names={**observed.names, **found})


def is_expired(values: State) -> bool:
    """Whether a key with these canonical values has expired."""
    return bool(0 < values["expiration"] <= this_second().timestamp())


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Quay adds metadata to those that are there. Raises QuayError if there is no key of the specified ID."""
    if wish.state == "present" and observed.fields is None and names["kid"] is not None:
        raise QuayError(f"There is no {SERVICE_KEY.title(names)}. To create a key, leave out kid; Quay chooses the ID.")
    if observed.fields is None or "metadata" not in wish.fields:
        return wish
    metadata = {**observed.fields["metadata"], **wish.fields["metadata"]}
    return dataclasses.replace(wish, fields={**wish.fields, "metadata": metadata})


def write(change: Change) -> Steps:
    """A new key is approved at once."""
    after, differs = change.after, change.differs
    expiration, notes = after["expiration"] or None, change.wish.options["notes"]
    named = {"name": after["name"], "metadata": after["metadata"]}
    if change.observed.fields is None:
        body = {**named, "service": after["service"], "expiration": expiration, "notes": notes}
        yield change.step("create", "POST", PATH, body)
        return
    body = {**({"expiration": expiration} if "expiration" in differs else {}), **(named if differs & {*named} else {})}
    if body:
        yield change.step("change", "PUT", PATH + "/{kid}", body)
    if "approved" in differs:
        yield change.step("approve", "POST", "/superuser/approvedkeys/{kid}", {"notes": notes})


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """Quay shows the private part once; null is what only Quay knows, as long as the key does not exist."""
    if observed.before.fields is not None:
        return {"kid": observed.before.facts["entry"]["kid"]}
    made: State = next((answer for answer in answers if answer and "private_key" in answer), {})
    return {name: made.get(name) for name in ("kid", "public_key", "private_key")}


def finish(context: Context, result: State) -> None:
    """The ID also in the key itself. Raises QuayError if the private part of a new key was lost."""
    if "service_key" not in result:
        return
    result["service_key"]["kid"] = result["kid"]
    title = SERVICE_KEY.title(locate(context.client, context.params))
    refuse_lost(context, result, "private_key", f"The private part of {title}")


SHAPE = Member(PATH, "keys", "kid", match=(), parse=parse, view=KeysView)
SERVICE_KEY = Resource(
    kind="service_key",
    label="{title}",
    keys=(Field("kid", rule=namespace_rule),),
    fields=(
        Field("name", rule=name_rule),
        Field("service", rule=service_rule, create_only="Quay cannot change it; create another key"),
        Field(
            "expiration",
            on_create=0,
            rule=expiration_rule,
            canonical=lambda text: 0 if text == NEVER else int(at(text).timestamp()),
            shown=lambda time: iso(dt.datetime.fromtimestamp(time, dt.timezone.utc)) if time else NEVER,
        ),
        Field("metadata", "dict", on_create={}),
        Field("approved", "bool", on_create=True, rule=lambda yes: "" if yes else "Quay cannot withdraw an approval"),
    ),
    shape=SHAPE,
    locate=locate,
    read=read,
    adapt=adapt,
    writes=(write,),
    returns=returns,
)
