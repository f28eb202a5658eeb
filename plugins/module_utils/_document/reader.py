# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads a registry document into items, and finds every fault in it. Pure."""

from __future__ import annotations

import contextlib
import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_dict
from ansible.module_utils.errors import UnsupportedError

from .._engine.reconcile import Params, Reconciliation, broken_rules
from .._errors import QuayError
from .section import Item, Section, in_order


@dataclass
class Document:
    """The items of each section, the sentences about what is wrong with it, and the secrets that it holds."""

    items: dict[Section, list[Item]]
    faults: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)

    def named(self, name: str) -> list[Item]:
        """The items of all sections of this name."""
        return [item for section, items in self.items.items() if section.name == name for item in items]

    def refuse_faults(self) -> None:
        """Raise QuayError that lists what is wrong with it."""
        if self.faults:
            places = f"{len(self.faults)} place{'' if len(self.faults) == 1 else 's'}"
            listed = "\n".join(f"  {fault}" for fault in self.faults)
            raise QuayError(f"The registry document is wrong in {places}:\n{listed}")


class DocumentReader:
    """Knows the sections; reads one document after the other."""

    def __init__(self, sections: t.Iterable[Section]) -> None:
        self.sections = in_order(sections)
        self._validators = {section: self._validator(section) for section in self.sections}
        specs = [validator.argument_spec for validator in self._validators.values()]
        self._secret = {name for spec in specs for name, option in spec.items() if option.get("no_log")}

    def below(self, name: str) -> list[Section]:
        """The sections that stand in the entries of another; those of the document itself for an empty name."""
        return [section for section in self.sections if section.parent == name]

    def read(self, content: t.Any) -> Document:
        """The document with all its faults: path, value and rule of each."""
        document = Document({section: [] for section in self.sections})
        if not isinstance(content, dict):
            document.faults.append("a registry document is a mapping with the keys users and organizations")
            return document
        top = ArgumentSpecValidator({section.name: section.argument() for section in self.below("")})
        checked = self._checked(top, content, "", document)
        for section in self.below(""):
            self._entries(document, section, checked.get(section.name), section.name, None)
        _find_twins(document)
        return document

    def secrets_in(self, content: t.Any) -> t.Iterator[str]:
        """What stands under the name of a secret option, also where the document is wrong."""
        if isinstance(content, str):
            # Ansible makes a mapping of such a text, too.
            with contextlib.suppress(TypeError):
                content = check_type_dict(content)
        for name, value in content.items() if isinstance(content, dict) else ():
            if name in self._secret and value and not isinstance(value, (bool, dict, list)):
                yield str(value)
            elif not isinstance(value, str):
                yield from self.secrets_in(value)
        for value in content if isinstance(content, list) else ():
            yield from self.secrets_in(value)

    def item(self, section: Section, entry: Params, parent: Item | None) -> Item:
        """An item for the keys of an object that no document declares."""
        return self._item(section, self._validators[section].validate(entry).validated_parameters, "", parent)

    def _validator(self, section: Section) -> ArgumentSpecValidator:
        return ArgumentSpecValidator(section.argument_spec(self.below(section.name)), **section.constraints)

    def _checked(self, validator: ArgumentSpecValidator, entry: Params, path: str, document: Document) -> Params:
        checked = validator.validate(entry)
        document.secrets |= checked._no_log_values
        faults = [*map(_sentence, checked.errors.errors), *_texts_that_are_none(validator.argument_spec, entry)]
        document.faults += [f"{path}{': ' if path else ''}{fault}" for fault in faults]
        return t.cast("Params", checked.validated_parameters)

    def _entries(self, document: Document, section: Section, value: t.Any, path: str, parent: Item | None) -> None:
        if value is None or not isinstance(value, dict if section.single else list):
            return
        entries = (
            [(path, value)] if section.single else [(_path(section, path, *one), one[1]) for one in enumerate(value)]
        )
        for where, entry in entries:
            if isinstance(entry, dict):
                self._entry(document, section, entry, where, parent)

    def _entry(self, document: Document, section: Section, entry: Params, path: str, parent: Item | None) -> None:
        known = len(document.faults)
        params = self._checked(self._validators[section], entry, path, document)
        sound = len(document.faults) == known
        item = self._item(section, params, path, parent)
        if sound:
            own = {name: value for name, value in item.params.items() if name not in section.inherited}
            document.faults += [f"{path}.{fault}" for fault in broken_rules(section.resource, own)]
        document.items[section].append(item)
        for inner in self.below(section.name):
            value = params.get(inner.name)
            if value is not None and item.removes:
                document.faults.append(f"{path}.{inner.name}: with state: absent there is nothing in it")
            self._entries(document, inner, value, f"{path}.{inner.name}", item)
        fault = section.fault(item) if len(document.faults) == known else None
        if fault:
            document.faults.append(f"{path}.{fault}")
        if parent:
            parent.below.setdefault(section.name, []).append(item)

    def _item(self, section: Section, params: Params, path: str, parent: Item | None) -> Item:
        inner = {one.name for one in self.below(section.name)}
        given = {name: value for name, value in params.items() if name not in inner}
        completed = section.complete(parent.params if parent else {}, given)
        completed = {**dict.fromkeys(section.left_out), **completed}
        return Item(section, path, completed, parent, Reconciliation(section.resource, completed), params)


def _path(section: Section, path: str, position: int, entry: t.Any) -> str:
    """``organizations[payments]``: by name, which survives the merging of files, or by position."""
    key = next(key.name for key in section.resource.keys if key.name not in section.inherited)
    named = isinstance(entry, dict) and isinstance(entry.get(key), str)
    return f"{path}[{entry[key] if named else position}]"


def _sentence(error: Exception) -> str:
    """Of an unknown option, Ansible leaves the beginning of the sentence to others."""
    return f"unsupported: {error}" if isinstance(error, UnsupportedError) else str(error)


def _texts_that_are_none(spec: Params, entry: Params, place: str = "") -> t.Iterator[str]:
    """Ansible makes a text of everything."""
    for name, value in entry.items():
        one = spec.get(name) or {}
        if isinstance(value, (dict, list)) and one.get("type") == "str":
            yield f"argument '{name}' is of type {type(value).__name__} and must be a text{place}"
        for inner in value if one.get("options") and isinstance(value, list) else ():
            if isinstance(inner, dict):
                yield from _texts_that_are_none(one["options"], inner, f" found in {name}")


def _find_twins(document: Document) -> None:
    for items in document.items.values():
        seen: dict[tuple[t.Any, ...], Item] = {}
        for item in items:
            key = tuple(item.params.get(entry.name) for entry in item.section.resource.keys)
            if key in seen:
                document.faults.append(f"{item.path}: it is declared twice")
            seen[key] = item
