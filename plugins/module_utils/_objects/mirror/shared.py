# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what mirrors of repositories and of organizations share."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.client import Names
from ..._client.views import MaybeText, Object
from ..._engine.field import Field, State, Trigger
from ..._engine.resource import Observed, Resource, Wish
from ..._errors import BadInput, QuayError
from ..._text.codec import duration, or_none, rule, seconds
from ..._text.name_rules import robot_rule, text_rule
from ..._text.shown import public_address
from ..._text.times import instant, iso, this_second


class MirrorView(t.TypedDict):
    """What GET …/mirror shows of every mirror."""

    is_enabled: bool
    external_registry_username: MaybeText
    external_registry_config: Object
    robot_username: MaybeText
    sync_interval: int
    sync_start_date: MaybeText
    sync_status: str
    sync_retries_remaining: int


CONFIG, PASSWORD, USERNAME = "external_registry_config", "external_registry_password", "external_registry_username"
PROXIES = ("http_proxy", "https_proxy", "no_proxy")
START, FORCE, CANCEL = "sync_start_date", "force_sync", "cancel_sync"
RUNNING = ("SYNCING", "SYNC_NOW")


def writer_rule(name: str) -> str:
    """The broken rule for the robot that writes, or an empty string."""
    return robot_rule(name) if "+" in name else "use the form namespace+shortname"


def date(text: str) -> str:
    """A time as Quay takes it; it shows fractions of a second after a synchronization. Raises ValueError."""
    return iso(instant(text))


def period(name: str, shortest: int, longest: int, why: str, **more: t.Any) -> Field:
    """A duration in whole seconds, from ``shortest`` to ``longest``; ``why``: the rule that another one breaks."""
    allowed = rule(seconds, range(shortest, longest + 1), why)
    return Field(name, rule=allowed, canonical=seconds, shown=duration, **more)


def patterns(name: str, **more: t.Any) -> Field:
    """A list of glob patterns, whose order means nothing."""

    def canonical(globs: list[str]) -> list[str]:
        return sorted({glob.strip() for glob in globs})

    return Field(name, "list", canonical=canonical, spec={"elements": "str"}, **more)


def fields(path: str, enabled: bool) -> tuple[Field, ...]:
    """The options that both kinds have; ``enabled``: whether a new mirror is, if the task does not say it."""
    return (
        Field(USERNAME, rule=text_rule, canonical=or_none),
        Field(PASSWORD, rule=text_rule, canonical=or_none, write_only="update_password"),
        Field("robot_username", rule=writer_rule),
        Field("is_enabled", "bool", on_create=enabled),
        Field(START, rule=rule(instant), canonical=date),
        Field("verify_tls", "bool", on_create=True, api=f"{CONFIG}.verify_tls"),
        *(
            Field(name, rule=text_rule, canonical=or_none, shown=public_address, api=f"{CONFIG}.proxy.{name}")
            for name in PROXIES
        ),
        _trigger(FORCE, "synchronize", f"{path}/sync-now", on_create=True),
        _trigger(CANCEL, "cancel the synchronization of", f"{path}/sync-cancel", first=True),
    )


def _trigger(name: str, verb: str, path: str, **when: bool) -> Field:
    return Field(name, "bool", trigger=Trigger(verb, "POST", path, **when), spec={"default": False})


def check_robot(params: State, namespace: str) -> None:
    """Raises BadInput for a robot that Quay does not let write there."""
    robot = params.get("robot_username")
    if robot and robot.partition("+")[0] != namespace:
        raise BadInput("robot_username", robot, f"use a robot account of {namespace}")


def adapt(resource: Resource, names: Names, observed: Observed, wish: Wish, needed: t.Sequence[str]) -> Wish:
    """Leave out what there is nothing to do for; ``needed``: what a new mirror cannot be without. Raises QuayError."""
    if wish.state == "absent":
        return wish
    if observed.fields is None:
        missing = [name for name in needed if wish.fields.get(name) is None]
        if missing:
            raise QuayError(f"Could not create {resource.title(names)}: {', '.join(missing)} must be specified.")
        return dataclasses.replace(wish, fields={START: iso(this_second()), **wish.fields})
    idle = {FORCE} if _runs(observed.facts["entry"]) else {CANCEL}
    start, there = wish.fields.get(START), observed.fields.get(START)
    # Quay moves the date on with each synchronization.
    if start and there and start <= iso(this_second()) and start <= there:
        idle.add(START)
    return dataclasses.replace(wish, fields={name: one for name, one in wish.fields.items() if name not in idle})


def _runs(entry: State) -> bool:
    """Whether a synchronization is running or waiting, of the mirror or of one of its repositories."""
    counts = entry.get("repo_sync_status_counts", {})
    return entry["sync_status"] in RUNNING or any(counts.get(name) for name in (*RUNNING, "NEVER_RUN"))
