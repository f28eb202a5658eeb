# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one option of an object, or one part of its name. Data only, no I/O.

Values have one *canonical* form, which is compared and sent (seconds, bytes, sorted lists), and
one *shown* form in the user's words (``2w``, ``10 GiB``), which results and diffs carry.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

State = dict[str, t.Any]


def _same(value: t.Any) -> t.Any:
    return value


class Trigger(t.NamedTuple):
    """The request that a trigger sends: ``verb`` completes "verb kind label", ``path`` is below /api/v1.

    ``first``: it is sent before all else, and the object is looked at again, since more of it may be shown then.
    ``on_create``: a new object gets it, too.
    """

    verb: str
    method: str
    path: str
    first: bool = False
    on_create: bool = False


@dataclass(frozen=True)
class Field:
    """One option of a resource, or one part of its name.

    ``on_create``: what a new object has if the option is not specified (canonical).
    ``rule``: returns the broken rule of Quay for a value, or an empty string.
    ``new_rule``: the same for a name that the plan creates; objects from before the rule keep theirs.
    ``identity``: makes the field a set; identifies an entry of it.
    ``create_only``: Quay cannot change it later; the text names the way out.
    ``write_only``: a secret: sent, never read, compared or shown. Names the option that says when it is sent to an
    object that exists: ``on_create`` (never) or ``always``.
    ``computed``: only the server sets it; shown in results, no option.
    ``canonical``: from what the user or Quay writes to the canonical form; of a set, an entry.
    ``trigger``: a one-off action instead of a state.
    ``deferred``: the server takes it over later, such as with a restart: not verified, and not returned.
    ``api``: where Quay's body and answer have it, if not under its own name; dots lead into nested mappings.
    ``needs``: the capability of the server (_client/capabilities.py) without which the option is refused.
    ``shown_as``: its name in the returned object, if that differs (``new_name`` is the ``name`` afterwards).
    ``spec``: further keys of Ansible's argument spec (choices, aliases, elements, options …).
    """

    name: str
    type: str = "str"
    required: bool = False
    on_create: t.Any = None
    rule: t.Callable[[t.Any], str] | None = None
    new_rule: t.Callable[[t.Any], str] | None = None
    canonical: t.Callable[[t.Any], t.Any] = _same
    shown: t.Callable[[t.Any], t.Any] = _same
    identity: t.Callable[[t.Any], t.Any] | None = None
    create_only: str = ""
    write_only: str = ""
    computed: bool = False
    trigger: Trigger | None = None
    deferred: bool = False
    api: str = ""
    needs: str = ""
    shown_as: str = ""
    spec: t.Mapping[str, t.Any] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether Quay shows it, so that it can be compared and returned."""
        return not (self.write_only or self.trigger)

    @property
    def proven(self) -> bool:
        """Whether Quay shows it as soon as it is set."""
        return self.readable and not self.deferred

    @property
    def stored(self) -> bool:
        """Whether it is state that the user can declare and Quay shows."""
        return self.readable and not (self.computed or self.deferred)

    def argument(self) -> State:
        """This field as an entry of Ansible's argument spec."""
        entry: State = {"type": self.type, **self.spec}
        if self.required:
            entry["required"] = True
        if self.write_only:
            entry["no_log"] = True
        return entry

    def read(self, answer: t.Mapping[str, t.Any]) -> t.Any:
        """Its value in an answer of Quay, in canonical form; what Quay leaves empty is as on creation."""
        value: t.Any = answer
        for key in (self.api or self.name).split("."):
            value = (value or {}).get(key)
        if value is None or self.identity:
            return self.on_create if value is None else value
        return self.canonical(value)

    def latest(self, answers: t.Iterable[t.Any]) -> t.Any:
        """The newest value that an answer to a write shows; None if none does."""
        found = [
            self.shown(value) for one in answers if isinstance(one, dict) and (value := self.read(one)) is not None
        ]
        return found[-1] if found else None

    def write(self, body: State, value: t.Any) -> None:
        """Put a canonical value where Quay expects it."""
        *outer, last = (self.api or self.name).split(".")
        for key in outer:
            body = body.setdefault(key, {})
        body[last] = value


def arguments(fields: t.Iterable[Field]) -> State:
    """Ansible's argument spec of all fields that are options, with the options that say when secrets are sent."""
    options = [entry for entry in fields if not entry.computed]
    choices = {"type": "str", "choices": ["on_create", "always"], "default": "on_create", "no_log": False}
    updates = {entry.write_only: dict(choices) for entry in options if entry.write_only}
    return {**{entry.name: entry.argument() for entry in options}, **updates}
