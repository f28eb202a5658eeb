# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: porting_findings
short_description: Compare playbooks for another Quay collection with this collection
version_added: 1.0.0
description:
  - Reads YAML files on the controller and finds tasks, roles and filters of a Quay collection in them. For each, it
    reports what this collection does differently.
  - The playbook C(dockhand.quay.port) shows all known differences from C(infra.quay_configuration).
author:
  - The dockhand.quay authors (@dockhand)
positional: differences, collection
options:
  _input:
    description: Playbook or other YAML file, or folder with such files.
    type: path
    required: true
  differences:
    description:
      - Known differences. Each has a text, which is C(change), C(better) or C(drop).
      - C(names) and C(options) say which modules, roles and filters a difference concerns, and which options of these.
    type: list
    elements: dict
    required: true
  collection:
    description: Name of the other collection.
    type: str
    default: infra.quay_configuration
"""

EXAMPLES = r"""
- name: Show what must change in a playbook
  ansible.builtin.debug:
    msg: "{{ findings | selectattr('kind', 'in', ['change', 'missing']) | map(attribute='message') }}"
  vars:
    findings: "{{ (playbook_dir ~ '/site.yml') | dockhand.quay.porting_findings(differences) }}"
    differences:
      - names: [quay_user]
        options: [password]
        change: "To set the password of an existing account, specify `update_password: always`."
"""

RETURN = r"""
_value:
  description:
    - The findings, in the order of the files and lines.
    - Differences that concern everything come first, without file and line, if anything was found.
  type: list
  elements: dict
  contains:
    file:
      description: Path of the file.
      type: str
    line:
      description: Line of the task, the role or the filter.
      type: int
    name:
      description: Module, role, filter or group of C(module_defaults), without the name of the collection.
      type: str
    kind:
      description:
        - V(missing) if this collection does not have it, or not the option.
        - V(change) for what the playbook must change, V(better) for what works better, V(drop) for what it can drop.
        - V(same) if nothing differs.
      type: str
    text:
      description: The difference; an empty string for V(same).
      type: str
    message:
      description: The finding in one line.
      type: str
      sample: "site.yml:12: quay_quota: change: A quota of `0` is an error."
"""

import importlib
import os
import re
import typing as t

import yaml
from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

PACKAGE = "ansible_collections.dockhand.quay"
GROUP = "group/dockhand.quay.quay"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROLES = ("ansible.builtin.include_role", "ansible.builtin.import_role", "include_role", "import_role")
Finding = dict[str, t.Any]


KINDS = ("change", "better", "drop")


class Use(t.NamedTuple):
    """A task of a module, a role with its variables, a filter in a template, or a group of module_defaults."""

    kind: str
    name: str
    line: int
    options: tuple[str, ...]


def porting_findings(
    path: str, differences: t.Sequence[Finding], collection: str = "infra.quay_configuration"
) -> list[Finding]:
    """The findings of all files."""
    found: list[Finding] = []
    for file in _files(path):
        for use in sorted(_uses(file, collection), key=lambda one: one.line):
            told = [*_missing(use), *_known(use, differences)] or [("same", "")]
            found += [_finding(file, use.line, use.name, kind, text) for kind, text in told]
    everywhere = [_finding("", 0, "all", *_text(one)) for one in differences if "names" not in one]
    return t.cast("list[Finding]", wrap_var([*everywhere, *found] if found else []))


def _finding(file: str, line: int, name: str, kind: str, text: str) -> Finding:
    message = ": ".join(part for part in (f"{file}:{line}" if file else "", name, kind, text) if part)
    return {"file": file, "line": line, "name": name, "kind": kind, "text": text, "message": message}


def _text(difference: Finding) -> tuple[str, str]:
    return next((kind, difference[kind]) for kind in KINDS if kind in difference)


def _files(path: str) -> list[str]:
    if not os.path.exists(path):
        raise AnsibleFilterError(f"porting_findings: {path} does not exist. Specify a YAML file or a folder.")
    if os.path.isfile(path):
        return [path]
    below = (os.path.join(folder, name) for folder, _folders, names in os.walk(path) for name in names)
    return sorted(name for name in below if name.endswith((".yml", ".yaml")))


def _uses(file: str, collection: str) -> t.Iterator[Use]:
    try:
        with open(file, encoding="utf-8") as content:
            documents = list(yaml.compose_all(content, yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as error:
        raise AnsibleFilterError(f"porting_findings: {file} cannot be read: {error}. Correct the file.") from None
    except yaml.YAMLError:
        raise AnsibleFilterError(f"porting_findings: {file} is invalid YAML. Correct the file.") from None
    ours = re.compile(rf"(?:{re.escape(collection)}\.|dockhand\.quay\.)?(quay\w*)")
    for node in documents:
        yield from _in_node(node, ours)


def _in_node(node: t.Any, ours: re.Pattern[str]) -> t.Iterator[Use]:
    if isinstance(node, yaml.ScalarNode):
        line = node.start_mark.line + 1
        yield from (Use("filters", name, line, ()) for name in re.findall(rf"\|\s*{ours.pattern}", node.value))
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _in_node(inner, ours)
    elif isinstance(node, yaml.MappingNode):
        pairs = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        yield from _roles(node, pairs, ours)
        for key, value in node.value:
            yield from _task(key, value, ours) if isinstance(key, yaml.ScalarNode) else ()
            yield from _in_node(value, ours)


def _task(key: t.Any, value: t.Any, ours: re.Pattern[str]) -> t.Iterator[Use]:
    name, line = ours.fullmatch(key.value), key.start_mark.line + 1
    # A short name may be that of a variable.
    if name and isinstance(value, yaml.MappingNode) and ("." in key.value or _of_module(name[1])):
        yield Use("modules", name[1], line, tuple(_keys(value)))
    if key.value.startswith("group/") and ours.match(key.value[len("group/") :]):
        yield Use("groups", key.value, line, ())


def _roles(node: t.Any, pairs: dict[str, t.Any], ours: re.Pattern[str]) -> t.Iterator[Use]:
    """The role of a play or of a task; its variables stand beside it or below vars."""
    named = [pairs.get("role"), *(_value(pairs[key], "name") for key in ROLES if key in pairs)]
    for role in named:
        name = ours.fullmatch(str(role.value)) if isinstance(role, yaml.ScalarNode) else None
        if name:
            variables = [*pairs, *_keys(pairs.get("vars"))]
            options = tuple(one for one in variables if one.startswith(f"{name[1]}_"))
            yield Use("roles", name[1], node.start_mark.line + 1, options)


def _value(node: t.Any, key: str) -> t.Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _keys(node: t.Any) -> list[str]:
    return [key.value for key, _value in node.value] if isinstance(node, yaml.MappingNode) else []


def _missing(use: Use) -> t.Iterator[tuple[str, str]]:
    """What this collection does not have at all."""
    if use.kind == "groups":
        if use.name != GROUP:
            yield "change", f"Use `{GROUP}`, which has all modules."
        return
    known = OPTIONS_OF[use.kind](use.name)
    if known is None:
        yield "missing", f"This collection does not have the {use.kind[:-1]}."
        return
    yield from (("missing", f"There is no `{option}` here.") for option in use.options if option not in known)


def _of_module(name: str) -> set[str] | None:
    try:
        spec = importlib.import_module(f"{PACKAGE}.plugins.modules.{name}").OPERATION.argument_spec()
    except ModuleNotFoundError:
        return None
    return {one for option, entry in spec.items() for one in (option, *entry.get("aliases", ()))}


def _of_role(name: str) -> set[str] | None:
    place = os.path.join(ROOT, "roles", name, "meta", "argument_specs.yml")
    if not os.path.exists(place):
        return None
    with open(place, encoding="utf-8") as file:
        return set(yaml.safe_load(file)["argument_specs"]["main"]["options"])


def _of_filter(name: str) -> set[str] | None:
    return set() if os.path.exists(os.path.join(ROOT, "plugins", "filter", f"{name}.py")) else None


OPTIONS_OF = {"modules": _of_module, "roles": _of_role, "filters": _of_filter}


def _known(use: Use, differences: t.Sequence[Finding]) -> t.Iterator[tuple[str, str]]:
    """The differences that concern what is used."""
    for one in differences:
        options = one.get("options")
        if use.name in one.get("names", ()) and (options is None or not set(options).isdisjoint(use.options)):
            yield _text(one)


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"porting_findings": porting_findings}
