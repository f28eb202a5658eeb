# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: an operation is an argument spec, its constraints, and what to do; both doors run it."""

from __future__ import annotations

import re
import typing as t
import warnings
from dataclasses import dataclass, field

from ansible.module_utils.common.parameters import remove_values

from .._client.capabilities import explaining, require
from .._client.client import Names, QuayClient
from .._client.connection import (
    CREDENTIALS_CONSTRAINTS,
    CREDENTIALS_SPEC,
    SERVER_SPEC,
    Clients,
    Params,
    credentials,
    endpoint,
)
from .._client.transport import REQUESTS_ERROR
from .._errors import BadInput, FeatureOff, ParentMissing, QuayError
from .._text.shown import Secrets, secrets_in, short
from .field import State, arguments
from .member import Member
from .plan import shown_object
from .reconcile import check_names, expected, reconcile
from .resource import Resource

_CLIENTS = Clients()


@dataclass
class Context:
    """What an operation may know of its run; the same through both doors.

    ``warn`` tells the user a sentence, ``tell`` how far long work has come,
    ``secrets`` collects values that the door must mask, ``basedir`` is where relative paths begin.
    """

    params: Params
    check_mode: bool
    diff: bool
    warn: t.Callable[[str], None]
    basedir: str
    no_log: bool = False
    secrets: set[str] = field(default_factory=Secrets)
    tell: t.Callable[[str], None] = lambda _text: None

    @property
    def client(self) -> QuayClient:
        """The client for the task's connection options, shared by the items of a loop. Raises BadInput."""
        given = credentials(self.params)
        self.secrets.update(
            str(given[name]) for name in CREDENTIALS_SPEC if CREDENTIALS_SPEC[name].get("no_log") and given.get(name)
        )
        return _CLIENTS.get(endpoint(self.params, self.basedir), given)


Run = t.Callable[[Context], Params]


@dataclass(frozen=True)
class Operation:
    """``spec`` and ``constraints`` are Ansible's, without the connection options that ``connection`` names.

    ``hides`` finds secrets inside of options, which Ansible cannot know from the spec; it takes options as they come.
    """

    spec: Params
    run: Run
    constraints: Params = field(default_factory=dict)
    connection: t.Mapping[str, t.Any] = field(default_factory=lambda: {**SERVER_SPEC, **CREDENTIALS_SPEC})
    hides: t.Callable[[Params], set[str]] = lambda _params: set()

    def secrets_in(self, args: Params) -> set[str]:
        """What a door must mask of a task's arguments, beside the options whose spec says so."""
        host = str(args.get("quay_host") or "")
        return self.hides(args) | secrets_in(args) | secrets_in(host if "://" in host else f"https://{host}")

    def argument_spec(self) -> Params:
        """All options, as AnsibleModule and ArgumentSpecValidator take them."""
        return {**self.connection, **self.spec}

    def all_constraints(self) -> Params:
        """The constraints, with those of the credentials where the operation takes a token."""
        if "quay_token" not in self.connection:
            return dict(self.constraints)
        exclusive = [*CREDENTIALS_CONSTRAINTS["mutually_exclusive"], *self.constraints.get("mutually_exclusive", ())]
        return {**self.constraints, "mutually_exclusive": exclusive}

    def start(self, context: Context) -> Params:
        """Run it; raises QuayError for every expected failure, masked and not longer than anybody reads."""
        if REQUESTS_ERROR:
            raise QuayError(
                "The Python library requests is missing where this task runs: install it there (pip install requests)."
            )
        try:
            return self.run(context)
        except QuayError as error:
            # Masks do not find a secret that is cut.
            longest = 1000 if isinstance(error, BadInput) else None
            error.args = (short(remove_values(str(error), context.secrets), longest),)
            raise


def manage(
    resource: Resource,
    options: Params | None = None,
    constraints: Params | None = None,
    after: t.Callable[[Context, Params], None] | None = None,
    **preset: t.Any,
) -> Operation:
    """The operation that brings one object of ``resource`` to its declared state.

    ``options`` adds to the resource's own spec; ``after(context, result)`` may add to the result or refuse it;
    ``preset`` fixes parameters that the module does not offer.
    """
    spec: Params = arguments((*resource.keys, *resource.fields))
    if "state" not in preset:
        spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    if any(entry.identity for entry in resource.fields):
        spec["append"] = {"type": "bool", "default": True}
    spec.update(options or {})

    def run(context: Context) -> Params:
        params = {**context.params, **preset}
        check_names(resource, params)
        result = reconcile(resource, context.client, params, context.check_mode, context.diff, context.warn)
        if after:
            after(context, result)
        return result

    return Operation(spec, run, constraints or {})


def inform(spec: Params, read: Run, nothing: Params) -> Operation:
    """An operation that only reads; never changed.

    ``nothing`` is its result in check mode where what it reads in does not exist: an earlier task may make that.
    """

    def run(context: Context) -> Params:
        try:
            return {"changed": False, **read(context)}
        except ParentMissing as missing:
            if not context.check_mode:
                raise
            context.warn(expected(missing))
            return {"changed": False, **nothing}

    return Operation(spec, run)


def list_of(resource: Resource, plural: str = "", search: str = "name") -> Operation:
    """The operation that lists all objects of a kind in one place; its shape is a Member.

    The options are the keys that say where the list is, and ``search``, the key that a pattern is searched for in; it
    is empty for a kind without names. The result has, under ``plural`` (without it, the kind with an s), the objects in
    the form in which the kind's own module returns them, sorted, each with its id; secrets are never among them.
    """
    shape = t.cast("Member", resource.shape)
    result = plural or f"{resource.kind}s"
    place = [key for key in resource.keys if key.name not in shape.match]

    def read(context: Context) -> Params:
        params = {key.name: context.params[key.name] for key in place}
        check_names(resource, params)
        is_wanted = searched(context.params, search)
        blank = dict.fromkeys(one.name for one in (*resource.keys, *resource.fields))
        names = {**params, **(resource.locate(context.client, {**blank, **params}) if resource.locate else {})}
        entries = [(shape.values(resource, entry), entry) for entry in _entries(resource, shape, context.client, names)]
        entries.sort(key=lambda one: [str(one[0][name] or "") for name in shape.match])
        wanted = [(values, entry) for values, entry in entries if is_wanted(str(values.get(search)))]
        return {result: [_listed(resource, shape, names, values, entry) for values, entry in wanted]}

    return inform({**arguments(place), **({search: {"type": "str"}} if search else {})}, read, {result: []})


def _entries(resource: Resource, shape: Member, client: QuayClient, names: Names) -> list[State]:
    """All entries as Quay shows them; raises ParentMissing, FeatureOff and QuayError."""
    with explaining(client, resource.needs or shape.needs, (FeatureOff,)):
        entries = shape.listed(client, names)
    if entries is None and shape.needs:
        require(client, shape.needs)
    if not entries and shape.vague and shape.parent:
        shape.parent(client, names)
    return entries or []


def _listed(resource: Resource, shape: Member, names: Names, values: State, entry: State) -> State:
    keys = {key.name: names.get(key.name, values.get(key.name)) for key in resource.keys}
    return {**keys, **shown_object(resource, values), shape.id: entry[shape.id]}


def searched(params: Params, option: str) -> t.Callable[[str], bool]:
    """Whether a text has what the regular expression in an option stands for; without one every text has it.

    Raises BadInput.
    """
    pattern = params.get(option)
    try:
        with warnings.catch_warnings():
            # Of what a later Python may read in another way; it would go to stderr, past Ansible.
            warnings.simplefilter("ignore", FutureWarning)
            wanted = re.compile(pattern or "")
    except (re.error, OverflowError, RecursionError) as error:
        raise BadInput(option, pattern, f"use a regular expression: {error}") from None
    return lambda text: bool(wanted.search(text))


def check_searches(params: Params, kind: str) -> None:
    """Raise BadInput for an empty search by text or regular expression, which would mean all, or for a bad one."""
    for option in ("search_string", "regexp"):
        if params.get(option) == "":
            raise BadInput(option, "", f"use a text that is not empty; an empty one would mean all {kind}s")
    searched(params, "regexp")
