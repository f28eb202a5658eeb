# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: robot accounts of organizations and of the caller (quay endpoints/api/robot.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State, Trigger
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.shapes import latest
from ..._engine.writes import Create, replace_list
from ..._errors import FeatureOff
from ..._text.name_rules import new_robot_rule, robot_rule, short_text_rule
from .place import find, locate


class FederationView(t.TypedDict):
    """Whose tokens may act for a robot (quay endpoints/api/robot.py)."""

    issuer: str
    subject: str


ROBOT_PATH = "/{+place}/robots/{short}"
TEXT = {"type": "str", "required": True}
BLANK: State = {"description": "", "unstructured_metadata": {}}
ONLY_ON_CREATION = "Quay sets it on creation only; recreate=true re-creates the robot, with a new token"


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """One robot; its GET carries the token too. Raises ParentMissing and QuayError."""
    found, robot = find(client, names, wish.state)
    fields = robot and {name: robot.get(name) or blank for name, blank in BLANK.items()}
    recreated = wish.recreate and fields and any(wish.fields.get(name, fields[name]) != fields[name] for name in BLANK)
    if fields and wish.state == "present" and ("federations" in wish.fields or recreated):
        fields["federations"] = _federations(client, {**names, **found})
    return Observed(fields, {"entry": robot or {}}, names=found)


def _federations(client: QuayClient, names: Names) -> list[State]:
    """None if the server knows no federations."""
    try:
        return sorted(client.get(ROBOT_PATH + "/federation", names, view=list[FederationView]) or [], key=_identity)
    except FeatureOff:
        return []


def adapt(_client: QuayClient, _names: Names, observed: Observed, wish: Wish) -> Wish:
    """A robot that is re-created keeps what the task does not name."""
    if not wish.recreate or observed.fields is None:
        return wish
    fields = {**observed.fields, **wish.fields}
    if wish.append and "federations" in wish.fields:
        present = observed.fields.get("federations", ())
        both = {_identity(item): item for item in (*present, *wish.fields["federations"])}
        fields["federations"] = [both[key] for key in sorted(both)]
    return dataclasses.replace(wish, fields=fields)


def federate(change: Change) -> Steps:
    """One POST replaces the whole list. Raises as ``Change.step``."""
    needs = "robot_federation" if str(change.names["place"]).startswith("organization/") else "user_robot_federation"
    return replace_list("federations", "set the federations of", ROBOT_PATH + "/federation", needs)(change)


def remove(change: Change) -> Steps:
    """One request. Raises as ``Change.step``."""
    yield change.step("delete", "DELETE", ROBOT_PATH)


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """The token: the newest that a write answered, else the one that was read."""
    token = latest("token")(observed, answers)["token"]
    return {"token": token} if token else {}


def finish(context: t.Any, result: State) -> None:
    """The name at the top, too; a token that does not exist yet is null."""
    if "robot" in result:
        result["name"] = result["robot"]["name"]
        if context.check_mode and result["changed"] and ("token" not in result or context.params["regenerate"]):
            result["token"] = None


def federation_rule(federations: list[State]) -> str:
    """The broken rule for the issuers of federations, or an empty string."""
    strange = [item["issuer"] for item in federations if not item["issuer"].startswith(("http://", "https://"))]
    return f"issuer {strange[0]!r} must be an http:// or https:// URL" if strange else ""


def _identity(item: State) -> tuple[str, str]:
    return item["issuer"], item["subject"]


ROBOT = Resource(
    kind="robot",
    label="{name}",
    keys=(Field("name", required=True, rule=robot_rule, new_rule=new_robot_rule),),
    fields=(
        Field("description", on_create=BLANK["description"], rule=short_text_rule, create_only=ONLY_ON_CREATION),
        Field("unstructured_metadata", "dict", on_create=BLANK["unstructured_metadata"], create_only=ONLY_ON_CREATION),
        Field(
            "federations",
            "list",
            spec={"elements": "dict", "options": {"issuer": TEXT, "subject": TEXT}},
            rule=federation_rule,
            identity=_identity,
        ),
        # A new robot has a new token anyway.
        Field("regenerate", "bool", trigger=Trigger("regenerate the token of", "POST", ROBOT_PATH + "/regenerate")),
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    create=Create("PUT", ROBOT_PATH, {name: name for name in BLANK}),
    writes=(federate,),
    remove=remove,
    returns=returns,
)
