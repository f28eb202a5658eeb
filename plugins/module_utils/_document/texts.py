# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: values of options that are texts, and how they were written. Pure."""

from __future__ import annotations

import typing as t

from .._engine.field import Field

Params = dict[str, t.Any]


class Written:
    """A number, date or boolean of a file: ``value``, and ``text`` as written, which is what a text option means."""

    def __init__(self, value: t.Any, text: str) -> None:
        self.value, self.text = value, text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def plain(value: t.Any) -> t.Any:
    """The value without notes on how it was written, as option document has it: dates are texts there."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if not isinstance(value, Written):
        return value
    return value.value if isinstance(value.value, (bool, int, float)) else value.text


def as_declared(spec: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    """The value for an option of ``spec``: for a text as written, for a mapping with options of its own each for its.

    What is nested in an option without ``options`` or ``elements`` is plain.
    """
    kind = spec.get("type", "str")
    if isinstance(value, Written):
        return value.text if kind == "str" else plain(value)
    if isinstance(value, list) and kind == "list":
        return [
            as_declared({"type": spec.get("elements", "raw"), "options": spec.get("options")}, one) for one in value
        ]
    if isinstance(value, dict) and spec.get("options"):
        return {name: as_declared(spec["options"].get(name, {"type": "raw"}), one) for name, one in value.items()}
    return plain(value)


def not_texts(spec: Params, entry: Params, quantities: t.Container[str], place: str = "") -> t.Iterator[str]:
    """What is no text although it must be: Ansible makes a text of everything, and not always the one that was meant.

    ``quantities``: text options that a number is good for.
    """
    for name, value in entry.items():
        one = option_of(spec, name)
        is_text = one.get("type", "str") == "str"
        texts = one.get("elements") == "str"
        values = value if texts and isinstance(value, list) else [value] if is_text or texts else ()
        for text in values:
            if isinstance(text, (dict, list)):
                yield f"argument '{name}' is of type {type(text).__name__} and must be a text{place}"
            elif isinstance(text, (bool, int, float)) and not (is_text and name in quantities):
                shown = "" if one.get("no_log") else f" {text}"
                kind = "boolean" if isinstance(text, bool) else "number"
                advice = "it may have been written in another way. Put it in quotes"
                yield f"argument '{name}' is the {kind}{shown} and must be a text{place}: {advice}"
        for inner in value if one.get("options") and isinstance(value, list) else ():
            if isinstance(inner, dict):
                yield from not_texts(one["options"], inner, quantities, f" found in {name}")


def is_quantity(entry: Field) -> bool:
    """Whether a number is a value of this text option: leading zeros do not matter to it."""
    try:
        return bool(entry.canonical("007") == entry.canonical("7"))
    except ValueError:
        return False


def option_of(spec: Params, name: str) -> Params:
    """The option of a name or alias; of a name that is unknown, one that takes anything."""
    if name in spec:
        return t.cast("Params", spec[name])
    return next((one for one in spec.values() if name in one.get("aliases", ())), {"type": "raw"})
