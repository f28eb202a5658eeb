# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: several files of a registry document become one, entry by entry. Pure."""

from __future__ import annotations

import typing as t

from .._errors import BadInput
from .section import Params, Section


class Merger:
    """Knows the sections, and so which entries mean the same object."""

    def __init__(self, sections: t.Sequence[Section]) -> None:
        self._below: dict[str, dict[str, Section]] = {}
        for section in sections:
            self._below.setdefault(section.parent, {})[section.name] = section

    def merged(self, present: Params, more: Params, file: str, place: str = "") -> Params:
        """Both mappings as one; ``place``: the section whose entries they are, empty for whole documents.

        Lists are joined. Nothing is changed in place, since what YAML's aliases name is the same object in several
        places. Raises BadInput for two values of one option.
        """
        whole = dict(present)
        for name, value in more.items():
            known, section = whole.get(name), self._below.get(place, {}).get(name)
            if known is None or value is None:
                whole[name] = value if known is None else known
            elif isinstance(known, list) and isinstance(value, list):
                whole[name] = self._joined(section, known, value, file)
            elif isinstance(known, dict) and isinstance(value, dict) and (section or not place):
                whole[name] = self.merged(known, value, file, name)
            elif _as_written(known) != _as_written(value):
                raise BadInput("src", file, f"{name} has another value in another file of the folder")
        return whole

    def _joined(self, section: Section | None, present: list[t.Any], more: list[t.Any], file: str) -> list[t.Any]:
        """The entries of both; those of the same object as one, and equal ones once."""
        joined = list(present)
        places = {_identity(section, entry): place for place, entry in enumerate(present)} if section else {}
        for entry in more:
            identity = _identity(section, entry) if section else None
            if section and identity and identity in places:
                place = places[identity]
                _check_states(identity, joined[place], entry, file)
                joined[place] = self.merged(joined[place], entry, file, section.name)
            elif section or entry not in joined:
                joined.append(entry)
        return joined


def _identity(section: Section, entry: t.Any) -> tuple[str, ...] | None:
    """What the entry's own keys say; None if nothing names it."""
    if not isinstance(entry, dict):
        return None
    values = []
    for key in section.resource.keys:
        if key.name in section.own_keys:
            value = next((entry[name] for name in (key.name, *key.spec.get("aliases", ())) if name in entry), None)
            values.append(key.spec.get("default", "") if value is None else value)
    named = tuple(str(_as_written(value)) for value in values)
    return named if any(entry.get(name) is not None for name in section.own_keys) else None


def _as_written(value: t.Any) -> t.Any:
    """A number, date or boolean is the text that it was written as: 007 is "007"."""
    return getattr(value, "text", value)


def _check_states(identity: tuple[str, ...], present: Params, more: Params, file: str) -> None:
    """An entry of a file that does not specify a state is present."""
    known, state = (entry.get("state") or "present" for entry in (present, more))
    if known != state:
        rule = f"{identity[0]} is declared {state} here and {known} in another file of the folder"
        raise BadInput("src", file, rule)
