# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads a registry document into items, and finds every fault in it. Pure."""

from __future__ import annotations

import contextlib
import difflib
import typing as t
from dataclasses import dataclass, field

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.validation import check_type_dict
from ansible.module_utils.errors import UnsupportedError

from .._engine.reconcile import Reconciliation, broken_rules
from .._errors import QuayError
from .item import Item
from .section import Params, Section, in_order
from .texts import as_declared, is_quantity, not_texts, option_of, plain

# Quay takes no shorter password, so a shorter value under an unknown name is none.
SHORTEST_PASSWORD = 8


@dataclass
class Document:
    """The items of each section, its policy, the sentences about what is wrong with it, and the secrets in it.

    ``tops``: the sections at its top that it has.
    """

    items: dict[Section, list[Item]]
    tops: frozenset[str] = frozenset()
    policy: Params = field(default_factory=dict)
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
        #: What an export can hold: without a list, entries are known only where they are declared.
        self.exported = [section for section in self.sections if section.listed or not section.parent]
        #: What the option exclusive can name: lists of objects, and sets in their entries.
        self.exclusive = sorted(
            {section.name for section in self.sections if section.listed and not section.single}
            | {name for section in self.sections for name in section.sets}
        )
        self._validators = {section: self._validator(section) for section in self.sections}
        self._top = ArgumentSpecValidator(
            {
                **{section.name: section.argument() for section in self.below("")},
                "policy": {"type": "dict", "options": self.policy_spec()},
            }
        )
        specs = [validator.argument_spec for validator in (self._top, *self._validators.values())]
        self._options = dict(_options(specs))
        self._secret = {name for name, option in self._options.items() if option.get("no_log")}

    def below(self, name: str) -> list[Section]:
        """The sections that are nested in the entries of another; those of the document itself for an empty name."""
        return [section for section in self.sections if section.parent == name]

    def policy_spec(self) -> Params:
        """What a document can say of its own deletions, as options of quay_apply."""
        return {
            "exclusive": {"type": "list", "elements": "str", "choices": self.exclusive},
            "protect": {"type": "list", "elements": "str"},
            "max_deletions": {"type": "int"},
        }

    def read(self, content: t.Any) -> Document:
        """The document with all its faults: path, value and rule of each."""
        document = Document({section: [] for section in self.sections})
        if not isinstance(content, dict):
            tops = ", ".join(sorted(section.name for section in self.below("")))
            document.faults.append(f"a registry document must be a mapping with any of the keys {tops}")
            return document
        checked = self._checked(document, None, content, "")
        policy = checked.get("policy")
        document.policy = policy if isinstance(policy, dict) else {}
        document.tops = frozenset(name for name, value in checked.items() if value is not None)
        for section in self.below(""):
            self._entries(document, section, checked.get(section.name), section.name, None)
        _find_twins(document)
        return document

    def secrets_in(self, content: t.Any) -> t.Iterator[str]:
        """What an option holds that is secret or that nobody knows, even if the document is wrong.

        An unknown name may be a mistyped one, so its value counts if the name resembles that of a secret, or if the
        value is long enough for a password.
        """
        if isinstance(content, str):
            # Ansible makes a mapping of such a text, too.
            with contextlib.suppress(TypeError):
                content = check_type_dict(content)
        for name, value in content.items() if isinstance(content, dict) else ():
            option = self._options.get(name)
            if name in self._secret or (option is None and difflib.get_close_matches(str(name), self._secret)):
                yield from _scalars(value, 1)
            elif option is None:
                yield from _scalars(value, SHORTEST_PASSWORD)
            elif not isinstance(value, str) or option.get("type") in ("list", "dict"):
                free = option.get("type") == "dict" and "options" not in option and not self._is_section(name)
                yield from () if free else self.secrets_in(value)
        for value in content if isinstance(content, list) else ():
            yield from self.secrets_in(value)

    def item(self, section: Section, entry: Params, parent: Item | None) -> Item:
        """An item for the keys of an object that no document declares."""
        return self._item(section, self._validators[section].validate(entry).validated_parameters, "", parent)

    def _is_section(self, name: str) -> bool:
        return any(section.name == name for section in self.sections)

    def _validator(self, section: Section) -> ArgumentSpecValidator:
        return ArgumentSpecValidator(section.argument_spec(self.below(section.name)), **section.entry.constraints)

    def _checked(self, document: Document, section: Section | None, entry: Params, path: str) -> Params:
        """The options of an entry of ``section``, or of the document itself, as Ansible takes them.

        What is nested in it stays as it is.
        """
        validator = self._validators[section] if section else self._top
        spec, nested = validator.argument_spec, {one.name for one in self.below(section.name if section else "")}
        given = {
            name: _nested(value) if name in nested else as_declared(option_of(spec, name), value)
            for name, value in entry.items()
        }
        checked = validator.validate(given)
        document.secrets |= checked._no_log_values
        faults = [*map(_sentence, checked.errors.errors), *not_texts(spec, given, _quantities(section))]
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
        params = self._checked(document, section, entry, path)
        sound = len(document.faults) == known
        item = self._item(section, params, path, parent)
        if sound:
            own = {name: value for name, value in item.params.items() if name not in section.inherits}
            document.faults += [f"{path}.{fault}" for fault in broken_rules(section.resource, own)]
        document.items[section].append(item)
        for inner in self.below(section.name):
            value = params.get(inner.name)
            if value is not None and item.removes:
                document.faults.append(f"{path}.{inner.name}: with state: absent there is nothing in it")
            self._entries(document, inner, value, f"{path}.{inner.name}", item)
        fault = section.entry.fault(item) if len(document.faults) == known else None
        if fault:
            document.faults.append(f"{path}.{fault}")
        if parent:
            parent.below.setdefault(section.name, []).append(item)

    def _item(self, section: Section, params: Params, path: str, parent: Item | None) -> Item:
        inner = {one.name for one in self.below(section.name)}
        given = {name: value for name, value in params.items() if name not in inner}
        completed = section.completed(parent.params if parent else {}, given)
        return Item(section, path, completed, parent, Reconciliation(section.resource, completed), params)


def _quantities(section: Section | None) -> set[str]:
    """The text options of an entry that a number is good for."""
    entries = (*section.resource.keys, *section.resource.fields) if section else ()
    return {entry.name for entry in entries if entry.type == "str" and is_quantity(entry)}


def _options(specs: t.Iterable[Params]) -> t.Iterator[tuple[str, Params]]:
    """Every option at any depth, by its names; a secret one last, so that it counts."""
    found = []
    for spec in specs:
        for name, option in spec.items():
            found += [(one, option) for one in (name, *option.get("aliases", ()))]
            found += _options([option["options"]]) if option.get("options") else []
    return iter(sorted(found, key=lambda one: bool(one[1].get("no_log"))))


def _scalars(value: t.Any, shortest: int) -> t.Iterator[str]:
    if isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _scalars(inner, shortest)
    elif value is not None and not isinstance(value, bool) and len(str(value)) >= shortest:
        yield str(value)


def _nested(value: t.Any) -> t.Any:
    """The entries of a section are left as they are; what is none is plain."""
    if isinstance(value, list):
        return _Nested(one if isinstance(one, dict) else plain(one) for one in value)
    return value if isinstance(value, dict) else plain(value)


class _Nested(list[t.Any]):
    """Entries that Ansible does not copy with what they are nested in: each is copied when its own turn comes."""

    def __deepcopy__(self, memo: t.Any) -> _Nested:
        return self


def _path(section: Section, path: str, position: int, entry: t.Any) -> str:
    """``organizations[payments]``: by name, which survives the merging of files, or by position."""
    value = entry.get(section.own_keys[0]) if isinstance(entry, dict) else None
    name = getattr(value, "text", value)
    return f"{path}[{name if isinstance(name, str) else position}]"


def _sentence(error: Exception) -> str:
    """Of an unknown option, Ansible leaves the beginning of the sentence to others."""
    return f"unsupported: {error}" if isinstance(error, UnsupportedError) else str(error)


def _find_twins(document: Document) -> None:
    for items in document.items.values():
        seen: set[tuple[t.Any, ...]] = set()
        for item in items:
            key = tuple(item.params.get(entry.name) for entry in item.section.resource.keys)
            if key in seen:
                document.faults.append(f"{item.path}: it is declared twice")
            seen.add(key)
