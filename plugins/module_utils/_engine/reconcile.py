# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observe, plan, apply and verify one object."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import time
import typing as t

from .._client.capabilities import require
from .._client.client import Names, QuayClient
from .._errors import BadInput, BadName, FeatureOff, ParentMissing, QuayError
from .field import State
from .plan import Plan, due, plan
from .resource import Observed, Resource, Step, Wish
from .settle import give_way, settle, undo

Params = dict[str, t.Any]
UNSEEN = (
    "its values could not be compared with the options, because this requires more rights or scopes than creating it"
)


def broken_rules(resource: Resource, params: Params) -> t.Iterator[BadInput]:
    """Every given value that breaks one of Quay's own rules."""
    for entry in (*resource.keys, *resource.fields):
        value = params.get(entry.name)
        broken = entry.rule(value) if value is not None and entry.rule else ""
        if broken:
            yield BadInput(entry.name, "(hidden)" if entry.write_only else value, broken)


def check_names(resource: Resource, params: Params) -> None:
    """Hold every given value against Quay's own rules before any request; raises the first BadInput."""
    for fault in broken_rules(resource, params):
        raise fault


def _refuse_new_names(resource: Resource, params: Params, present: State | None, wish: Wish) -> None:
    """Raise BadName for a name that Quay refuses for a new object, or for one to be renamed."""
    names = [entry for entry in resource.fields if entry.new_rule and entry.name in wish.fields]
    if present is None:
        # A new object is made under its new name at once.
        renamed = {entry.shown_as for entry in names}
        names += [key for key in resource.keys if key.new_rule and key.name not in renamed]
    for entry in names:
        value = params[entry.name]
        broken = entry.new_rule(value) if entry.new_rule and value != (present or {}).get(entry.name) else ""
        if broken:
            verb = "create" if present is None else "rename"
            raise BadName(f"Could not {verb} the {resource.kind}: invalid {entry.name} {value!r}: {broken}.")


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
    ``unseen``: it was there, but no look shows it to the account.
    """

    def __init__(self, resource: Resource, params: Params) -> None:
        self.resource, self.params = resource, params
        self.names: Names = {}
        self.observed = Observed(None)
        self.planned = Plan()
        self.answers: list[t.Any] = []
        self.done: list[Step] = []
        self.unseen = False

    @functools.cached_property
    def wish(self) -> Wish:
        """What the options declare, which must have been checked against the rules before."""
        return wish_of(self.resource, self.params)

    @property
    def all_names(self) -> Names:
        """The parts of its name and of its paths, with those that the look has found."""
        return {**self.names, **self.observed.names}

    def observe(self, client: QuayClient) -> None:
        """Look at what Quay has; raises ParentMissing if the object has no place to be in, and QuayError."""
        given = ((key, self.params.get(key.name)) for key in self.resource.keys)
        located = {key.name: None if value is None else key.canonical(value) for key, value in given}
        self.names = {**located, **(self.resource.locate(client, self.params) if self.resource.locate else {})}
        self.observed = self._look(client, self.wish)

    def plan(self, client: QuayClient) -> Plan:
        """The plan, which is what then happens; raises QuayError for what Quay would refuse."""
        self.planned = self._planned(client, self.wish)
        if self.planned.recreated:
            # What Quay generated for the present object goes with it.
            self.observed = dataclasses.replace(self.observed, facts={})
        return self.planned

    def apply(self, client: QuayClient, pause: t.Callable[[], None] = lambda: None) -> None:
        """Send the steps; a failure undoes what can be undone and tells what was done. Raises QuayError.

        ``pause`` gives way to others who make the same at this moment.
        """

        def look() -> tuple[Step, ...]:
            if self.done and self.done[-1].contested:
                pause()
            wish = dataclasses.replace(self.wish, contended=self.observed.before.fields is None)
            try:
                self.observed = self._look(client, wish, self.observed.before)
            except ParentMissing:
                if wish.state == "absent":
                    return ()
                raise
            return self._planned(client, wish).steps

        with self._attach_returned_once():
            self.unseen = settle(client, self.planned.steps, look, self.answers, self.done)

    def verify(self, client: QuayClient, anyway: bool = False) -> None:
        """Look again if Quay's word is no proof, or ``anyway``. Raises QuayError if something is still missing."""
        if self.planned.steps and (anyway or self.resource.verify):
            with self._attach_returned_once():
                self._verify(client)

    def returned(self) -> Params:
        """What the resource adds to a result."""
        return self.resource.returns(self.observed, self.answers) if self.resource.returns else {}

    @contextlib.contextmanager
    def _attach_returned_once(self) -> t.Iterator[None]:
        """A failure after the first write says what was done, and carries what the server shows only once."""
        try:
            yield
        except QuayError as error:
            if self.done:
                error.result.update({**(self.returned() if self.answers else {}), "changed": True})
                error.result["done"] = list(dict.fromkeys(step.purpose for step in self.done))
            raise

    def _look(self, client: QuayClient, wish: Wish, first: Observed | None = None) -> Observed:
        try:
            now = self.resource.observe(client, self.names, wish)
        except FeatureOff:
            # What a server lacks is not there, and need not be deleted.
            if not self.resource.needs:
                raise
            if wish.state == "present":
                require(client, self.resource.needs)
                raise
            now = Observed(None)
        if first is None:
            return now
        now = dataclasses.replace(now, first=first)
        return self.resource.resume(first, now) if self.resource.resume else now

    def _planned(self, client: QuayClient, wish: Wish) -> Plan:
        wish = due(self.resource, self.observed, wish)
        if self.resource.adapt:
            wish = self.resource.adapt(client, self.all_names, self.observed, wish)
        the_plan = plan(self.resource, self.names, self.observed, wish)
        if wish.state == "present":
            _refuse_new_names(self.resource, self.params, None if the_plan.recreated else self.observed.fields, wish)
        # Check mode must not promise what the server cannot do.
        sent = self.resource.fields if the_plan.steps and wish.state == "present" else ()
        declared = {entry.needs for entry in sent if wish.fields.get(entry.name)}
        for capability in sorted({*declared, *(step.needs for step in the_plan.steps)} - {""}):
            require(client, capability)
        return the_plan

    def _verify(self, client: QuayClient) -> None:
        proven = {entry.name for entry in self.resource.fields if entry.proven}
        fields = {name: value for name, value in self.wish.fields.items() if name in proven}
        wish = dataclasses.replace(self.wish, fields=fields)
        self.observed = self._look(client, wish, self.observed.before)
        left = self._planned(client, wish).steps
        if left:
            cause = QuayError(f"Quay accepted the requests but did not apply them; still missing: {left[0].purpose}.")
            undo(client, self.done, cause)
            raise cause


def expected(missing: ParentMissing) -> str:
    """What check mode says of something that an earlier task may make in a real run."""
    return f"{missing} It must exist before a real run of this task."


def reconcile(
    resource: Resource,
    client: QuayClient,
    params: Params,
    check_mode: bool,
    diff: bool,
    warn: t.Callable[[str], None],
) -> Params:
    """Bring one object to its declared state and return what changed; with ``check_mode`` only return it.

    Raises QuayError.
    """
    work = Reconciliation(resource, params)
    looked = time.monotonic()
    try:
        work.observe(client)
    except ParentMissing as missing:
        if work.wish.state == "present" and not check_mode:
            raise
        if work.wish.state == "present":
            warn(expected(missing))
    work.plan(client)
    names = work.all_names
    for sentence in work.planned.warnings:
        warn(sentence)
    if not check_mode:
        work.apply(client, lambda: give_way(looked))
        if work.unseen and work.wish.fields:
            title = resource.title(names)
            warn(f"{title[:1].upper()}{title[1:]} exists, but Quay does not show it: {UNSEEN}.")
        work.verify(client)
    return _result(work, names, bool(work.planned.steps if check_mode else work.done), diff)


def _result(work: Reconciliation, names: Names, changed: bool, diff: bool) -> Params:
    resource, the_plan = work.resource, work.planned
    result: Params = {"changed": changed}
    if the_plan.outcome is not None:
        computed = {entry.name: entry.latest(work.answers) for entry in resource.fields if entry.computed}
        known = {name: value for name, value in computed.items() if value is not None}
        keys = {key.name: names.get(key.name) for key in resource.keys}
        result[resource.kind] = {**keys, **the_plan.outcome, **known}
        result.update(work.returned())
    if diff:
        result["diff"] = the_plan.diff(resource.title(names))
    return result
