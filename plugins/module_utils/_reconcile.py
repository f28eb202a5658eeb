# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observe, plan, apply and verify one object."""

from __future__ import annotations

import dataclasses
import os
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client import Names, QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    BadInput,
    ParentMissing,
    QuayError,
)
from ansible_collections.dockhand.quay.plugins.module_utils._plan import Plan, plan
from ansible_collections.dockhand.quay.plugins.module_utils._resource import Observed, Resource, Step, Wish

Params = dict[str, t.Any]
LOOKS = 4
# The tests run with every write looked at again, not only where Quay is known to lie.
VERIFY_ALWAYS = "QUAY_VERIFY_WRITES"


def check_names(resource: Resource, params: Params) -> None:
    """Hold every given value against Quay's own rules before any request; raises BadInput."""
    for entry in (*resource.keys, *resource.fields):
        value = params.get(entry.name)
        if value is not None and entry.rule:
            broken = entry.rule(value)
            if broken:
                raise BadInput(entry.name, "(hidden)" if entry.secret else value, broken)


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


def reconcile(
    resource: Resource,
    client: QuayClient,
    params: Params,
    check_mode: bool,
    diff: bool,
    warn: t.Callable[[str], None],
) -> Params:
    """Bring one object to its declared state and tell what changed; with ``check_mode`` only tell."""
    wish = wish_of(resource, params)
    names = (
        resource.locate(client, params) if resource.locate else {key.name: params[key.name] for key in resource.keys}
    )
    observed = _observe(resource, client, names, wish, check_mode, warn)
    first = _plan(resource, client, names, observed, wish)
    shown_names = {**names, **observed.facts}
    for sentence in first.warnings:
        warn(sentence)
    answers: list[t.Any] = []
    if not check_mode:
        observed = _carry_out(resource, client, names, wish, observed, first, answers)
    return _result(resource, shown_names, first, observed, answers, diff)


def _plan(resource: Resource, client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Plan:
    if resource.adapt:
        wish = resource.adapt(client, {**names, **observed.facts}, observed, wish)
    the_plan = plan(resource, names, observed, wish)
    # Check mode must not promise what the server cannot do.
    for feature, purpose in {step.feature: step.purpose for step in the_plan.steps if step.feature}.items():
        client.require_feature(feature, purpose)
    return the_plan


def _observe(
    resource: Resource, client: QuayClient, names: Names, wish: Wish, check_mode: bool, warn: t.Callable[[str], None]
) -> Observed:
    try:
        return resource.read(client, names, wish)
    except ParentMissing as missing:
        if wish.state == "present" and not check_mode:
            raise
        if wish.state == "present":
            warn(f"{missing} In a real run it must be there before this task.")
        return Observed(None)


def _carry_out(
    resource: Resource,
    client: QuayClient,
    names: Names,
    wish: Wish,
    observed: Observed,
    first: Plan,
    answers: list[t.Any],
) -> Observed:
    """Apply, and verify where Quay's word is no proof; a failure undoes what can be undone."""
    done: list[Step] = []
    try:
        observed = _settle(resource, client, names, wish, observed, first, answers, done)
        if first.steps and (resource.verify or os.environ.get(VERIFY_ALWAYS)):
            observed = _verify(resource, client, names, wish, done)
    except QuayError as error:
        # What the server gave only once must survive the failure.
        error.result.update(resource.returns(dict(observed.facts), answers) if resource.returns and answers else {})
        raise
    return observed


def _settle(
    resource: Resource,
    client: QuayClient,
    names: Names,
    wish: Wish,
    observed: Observed,
    first: Plan,
    answers: list[t.Any],
    done: list[Step],
) -> Observed:
    """Send the steps; where an answer was lost or does not tell enough, look what came of it and go on from there."""
    todo = first
    for looks_left in reversed(range(LOOKS)):
        try:
            if apply(client, todo.steps, answers, done):
                break
        except QuayError as error:
            if not isinstance(error, AnswerLost) or not looks_left:
                _undo(client, done, error)
                raise
        observed = resource.read(client, names, wish)
        todo = _plan(resource, client, names, observed, wish)
    return observed


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


def _verify(resource: Resource, client: QuayClient, names: Names, wish: Wish, done: t.Sequence[Step]) -> Observed:
    secrets = {entry.name for entry in resource.fields if entry.secret}
    readable = {name: value for name, value in wish.fields.items() if name not in secrets}
    wish = dataclasses.replace(wish, fields=readable)
    observed = resource.read(client, names, wish)
    left = _plan(resource, client, names, observed, wish).steps
    if left:
        purpose = left[0].purpose
        cause = QuayError(f"Quay accepted everything and yet did not carry it out: still to do is to {purpose}.")
        _undo(client, done, cause)
        raise cause
    return observed


def _result(
    resource: Resource, names: Names, first: Plan, observed: Observed, answers: list[t.Any], diff: bool
) -> Params:
    result: Params = {"changed": bool(first.steps)}
    if first.outcome is not None:
        result[resource.kind] = {**{key.name: names.get(key.name) for key in resource.keys}, **first.outcome}
        if resource.returns:
            result.update(resource.returns(dict(observed.facts), answers))
    if diff:
        title = resource.title(names)
        result["diff"] = {
            "before_header": title,
            "after_header": title,
            "before": first.before or {},
            "after": first.after or {},
        }
    return result
