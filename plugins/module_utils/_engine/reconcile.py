# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observe, plan, apply and verify one object."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import typing as t

from .._client.client import Names, QuayClient
from .._errors import (
    AnswerLost,
    BadInput,
    ParentMissing,
    QuayError,
)
from .plan import Plan, plan
from .resource import Observed, Resource, Step, Wish

Params = dict[str, t.Any]
LOOKS = 4
# The tests run with every write looked at again, not only where Quay is known to lie.
VERIFY_ALWAYS = "QUAY_VERIFY_WRITES"


def broken_rules(resource: Resource, params: Params) -> t.Iterator[BadInput]:
    """Every given value that breaks one of Quay's own rules."""
    for entry in (*resource.keys, *resource.fields):
        value = params.get(entry.name)
        broken = entry.rule(value) if value is not None and entry.rule else ""
        if broken:
            yield BadInput(entry.name, "(hidden)" if entry.secret else value, broken)


def check_names(resource: Resource, params: Params) -> None:
    """Hold every given value against Quay's own rules before any request; raises the first BadInput."""
    for fault in broken_rules(resource, params):
        raise fault


def wish_of(resource: Resource, params: Params) -> Wish:
    """What the task's options declare, in canonical form."""
    given = {}
    for entry in resource.fields:
        value = params.get(entry.name)
        if value is not None:
            given[entry.name] = (
                sorted(map(entry.canonical, value), key=entry.identity) if entry.identity else entry.canonical(value)
            )
    named = {entry.name for entry in (*resource.keys, *resource.fields)}
    options = {name: value for name, value in params.items() if name not in named}
    return Wish(
        given, params.get("state", "present"), params.get("append", True), params.get("recreate", False), options
    )


class Reconciliation:
    """One object on its way to its declared state: ``observe``, ``plan``, ``apply``, ``verify``.

    ``answers`` are those of Quay to the writes; ``done`` are all that it may have carried out.
    """

    def __init__(self, resource: Resource, params: Params) -> None:
        self.resource, self.params = resource, params
        self.names: Names = {}
        self.observed = Observed(None)
        self.planned = Plan()
        self.answers: list[t.Any] = []
        self.done: list[Step] = []

    @functools.cached_property
    def wish(self) -> Wish:
        """What the options declare, which must have been held against the rules before."""
        return wish_of(self.resource, self.params)

    def observe(self, client: QuayClient) -> None:
        """Look at what Quay has; raises ParentMissing where the object has no place to be in."""
        located = {key.name: self.params[key.name] for key in self.resource.keys}
        self.names = self.resource.locate(client, self.params) if self.resource.locate else located
        self.observed = self.resource.read(client, self.names, self.wish)

    def plan(self, client: QuayClient) -> Plan:
        """The plan, which names what then happens; raises QuayError for what Quay would refuse."""
        self.planned = self._planned(client, self.wish)
        if self.planned.recreated:
            # What Quay generated for the present object goes with it.
            self.observed = dataclasses.replace(self.observed, facts={})
        return self.planned

    def apply(self, client: QuayClient) -> None:
        """Apply; a failure undoes what can be undone."""
        with self._attach_returned_once():
            self._apply_until_settled(client)

    def verify(self, client: QuayClient, anyway: bool = False) -> None:
        """Look again where Quay's word is no proof, or ``anyway``."""
        if self.planned.steps and (anyway or self.resource.verify or os.environ.get(VERIFY_ALWAYS)):
            with self._attach_returned_once():
                self._verify(client)

    def returned(self) -> Params:
        """What the resource adds to a result."""
        return self.resource.returns(dict(self.observed.facts), self.answers) if self.resource.returns else {}

    @contextlib.contextmanager
    def _attach_returned_once(self) -> t.Iterator[None]:
        """What the server gave only once must survive a failure."""
        try:
            yield
        except QuayError as error:
            error.result.update(self.returned() if self.answers else {})
            raise

    def _planned(self, client: QuayClient, wish: Wish) -> Plan:
        if self.resource.adapt:
            wish = self.resource.adapt(client, {**self.names, **self.observed.facts}, self.observed, wish)
        the_plan = plan(self.resource, self.names, self.observed, wish)
        # Check mode must not promise what the server cannot do.
        for feature, purpose in {step.feature: step.purpose for step in the_plan.steps if step.feature}.items():
            client.require_feature(feature, purpose)
        return the_plan

    def _apply_until_settled(self, client: QuayClient) -> None:
        """Send the steps; where an answer was lost or does not tell enough, look and go on from what came of it."""
        todo = self.planned
        for looks_left in reversed(range(LOOKS)):
            try:
                if apply(client, todo.steps, self.answers, self.done):
                    break
            except QuayError as error:
                if not isinstance(error, AnswerLost) or not looks_left:
                    _undo(client, self.done, error)
                    raise
            self.observed = self.resource.read(client, self.names, self.wish)
            todo = self._planned(client, self.wish)

    def _verify(self, client: QuayClient) -> None:
        secrets = {entry.name for entry in self.resource.fields if entry.secret}
        readable = {name: value for name, value in self.wish.fields.items() if name not in secrets}
        wish = dataclasses.replace(self.wish, fields=readable)
        self.observed = self.resource.read(client, self.names, wish)
        left = self._planned(client, wish).steps
        if left:
            purpose = left[0].purpose
            cause = QuayError(f"Quay accepted everything and yet did not carry it out: still to do is to {purpose}.")
            _undo(client, self.done, cause)
            raise cause


def reconcile(
    resource: Resource,
    client: QuayClient,
    params: Params,
    check_mode: bool,
    diff: bool,
    warn: t.Callable[[str], None],
) -> Params:
    """Bring one object to its declared state and tell what changed; with ``check_mode`` only tell."""
    work = Reconciliation(resource, params)
    try:
        work.observe(client)
    except ParentMissing as missing:
        if work.wish.state == "present" and not check_mode:
            raise
        if work.wish.state == "present":
            warn(f"{missing} In a real run it must be there before this task.")
    work.plan(client)
    shown_names = {**work.names, **work.observed.facts}
    for sentence in work.planned.warnings:
        warn(sentence)
    if not check_mode:
        work.apply(client)
        work.verify(client)
    return _result(work, shown_names, diff)


def apply(client: QuayClient, steps: t.Sequence[Step], answers: list[t.Any], done: list[Step]) -> bool:
    """Send the steps in order and collect what they answer; ``done`` gets all that Quay may have carried out.

    False where it stopped after a step that needs another look.
    """
    for step in steps:
        try:
            answers.append(client.write(step.method, step.path, step.body, step.purpose))
        except AnswerLost:
            done.append(step)
            raise
        done.append(step)
        if step.look:
            return False
    return True


def _undo(client: QuayClient, done: t.Sequence[Step], cause: QuayError) -> None:
    undos = {(step.undo.method, step.undo.path): step.undo for step in reversed(done) if step.undo}
    try:
        for undo in undos.values():
            client.write(undo.method, undo.path, undo.body, undo.purpose)
    except QuayError as error:
        raise QuayError(f"{cause} And then: {error}", cause.result) from cause


def _result(work: Reconciliation, names: Names, diff: bool) -> Params:
    resource, the_plan = work.resource, work.planned
    result: Params = {"changed": bool(the_plan.steps)}
    if the_plan.outcome is not None:
        result[resource.kind] = {**{key.name: names.get(key.name) for key in resource.keys}, **the_plan.outcome}
        result.update(work.returned())
    if diff:
        result["diff"] = the_plan.diff(resource.title(names))
    return result
