# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: leaves out of an exported entry what a new object has anyway. Pure."""

from __future__ import annotations

import typing as t

from .section import Params, Section


def without_defaults(section: Section, entry: Params, initial: t.Mapping[str, t.Any]) -> Params:
    """The entry without options that say what they say if they are not specified; a mapping is never left empty.

    ``initial``: what Quay gives to a new object beyond the ``on_create`` of its fields; None is not known.
    """
    spec = section.argument_spec(())
    blank = {field.name: [] if field.identity else field.on_create for field in section.resource.fields}
    shown = {field.name: field.shown for field in section.resource.fields}
    blank.update({name: initial[name] for name in initial.keys() & blank.keys()})
    kept = {}
    for name, value in entry.items():
        default = blank.get(name)
        if default is not None and value == shown[name](default):
            continue
        if name not in blank and name in spec and _is_default(spec[name], value):
            continue
        kept[name] = _plain(spec.get(name, {}), value)
    return entry if section.single and not kept else kept


def _is_default(option: Params, value: t.Any) -> bool:
    return not option.get("required") and "default" in option and value == option["default"]


def _plain(option: Params, value: t.Any) -> t.Any:
    """The entries of a list without their own defaults."""
    options = option.get("options")
    if not options or not isinstance(value, list):
        return value
    return [
        {name: inner for name, inner in one.items() if not _is_default(options.get(name, {}), inner)} for one in value
    ]
