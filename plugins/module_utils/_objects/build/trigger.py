# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: build triggers that Quay's own pages have made (quay endpoints/api/trigger.py).

Until it is activated, a trigger does nothing and counts as absent here; activation gives it its config for good.
"""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.writes import carry
from ..._errors import BadInput, QuayError
from ..._text.name_rules import repository_rule
from ..._text.shown import public_address
from . import read as build_read
from .rules import puller_rule
from .start import PLAIN_GIT, check_robot

TRIGGER = build_read.TRIGGERS + "{id}"
GENERATED = ("id", "service", "build_source", "credentials")
SECRETS = ("credentials", "access_token")
# Quay takes a config without them, and fails with 500 when the trigger is to start a build.
PLAIN_GIT_NEEDS = ("build_source", "context", "dockerfile_path")
FIXED = "Quay cannot change it; delete the trigger and set up another"


def locate(client: QuayClient, params: State) -> Names:
    """The names of the repository, and the trigger as ``id``. Raises BadInput and QuayError."""
    names = build_read.place(client, params)
    robot = params["pull_robot"]
    if robot and robot.partition("+")[0] != names["namespace"]:
        raise BadInput("pull_robot", robot, f"use a robot of the trigger's namespace {names['namespace']}")
    # Check mode may find none.
    return {**names, "id": params["trigger"]}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The trigger, in the list that also proves that the route for the writes exists.

    Raises ParentMissing and QuayError.
    """
    look = build_read.need_trigger if wish.state == "present" else build_read.find_trigger
    trigger = look(client, names, names["trigger"])
    if trigger is None:
        return Observed(None)
    if wish.state == "present" and not trigger["is_active"]:
        _check_activation(client, names, trigger, wish)
        return Observed(None, {"entry": trigger}, names={"id": trigger["id"]})
    observed = SHAPE.choose(BUILD_TRIGGER, [trigger], {**names, "trigger": trigger["id"]}, wish)
    fields, given = observed.fields or {}, wish.fields.get("config")
    if given and given.items() <= fields["config"].items():
        # Activation adds keys of its own.
        fields["config"] = given
    return observed


def _check_activation(client: QuayClient, names: Names, trigger: State, wish: Wish) -> None:
    title, config = f"Build trigger {trigger['id']} of {names['repository']}", wish.fields.get("config")
    if config is None:
        raise QuayError(f"{title} is not active yet: specify its config.")
    missing = [key for key in PLAIN_GIT_NEEDS if key not in config]
    if trigger["service"] == PLAIN_GIT and missing:
        raise QuayError(f"{title} is of type {PLAIN_GIT}: its config lacks {', '.join(missing)}.")
    if wish.fields.get("pull_robot"):
        check_robot(client, wish.fields["pull_robot"])


def public(config: State) -> State:
    """A config without what opens something."""
    return {key: value for key, value in config.items() if key not in SECRETS}


def without_secrets(config: State) -> State:
    """A config whose addresses may be shown."""
    return {key: public_address(value) if isinstance(value, str) else value for key, value in config.items()}


def parse(trigger: State) -> State:
    """A trigger of the list, in canonical form."""
    puller = trigger.get("pull_robot") or {}
    config = public(trigger["config"])
    return {
        "trigger": trigger["id"],
        "enabled": trigger["enabled"],
        "config": config,
        "pull_robot": puller.get("name", ""),
    }


def activate(change: Change) -> Steps:
    """Only Quay's own pages make triggers: what is there becomes active, with its config for good."""
    if "config" in change.differs:
        body = {name: change.after[name] for name in ("config", "pull_robot")}
        yield change.step("activate", "POST", TRIGGER + "/activate", body)


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """Only the answer to the activation knows everything."""
    activated = next((answer for answer in answers if isinstance(answer, dict) and answer.get("config")), None)
    trigger = activated or observed.facts.get("entry") or {}
    known = without_secrets({key: trigger.get(key) for key in GENERATED})
    return {**known, "credentials": trigger.get("config", {}).get("credentials")}


SHAPE = Member(
    build_read.TRIGGERS,
    entries="triggers",
    id="id",
    match=("trigger",),
    view=build_read.TriggersView,
    below=TRIGGER,
    parse=parse,
)
BUILD_TRIGGER = Resource(
    kind="build_trigger",
    label="{trigger} of {repository}",
    keys=(Field("repository", required=True, rule=repository_rule), Field("trigger", required=True)),
    fields=(
        Field("enabled", "bool", on_create=True),
        Field("config", "dict", create_only=FIXED, shown=without_secrets),
        Field("pull_robot", on_create="", rule=puller_rule, create_only=FIXED),
    ),
    shape=SHAPE,
    locate=locate,
    read=read,
    writes=(activate, carry("switch", "PUT", TRIGGER, "enabled")),
    returns=returns,
)
