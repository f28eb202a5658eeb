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
  - Variables of a role that are not next to it, such as those of a play or in C(group_vars), are compared, too, if one
    of the files uses the role.
  - The playbook C(dockhand.quay.port) shows all known differences from C(infra.quay_configuration).
author:
  - The dockhand.quay authors (@dockhand)
positional: differences, collection
options:
  _input:
    description:
      - Playbook or other YAML file, or folder with such files.
      - Folders with the name C(ansible_collections), which contain installed collections, are skipped.
    type: path
    required: true
  differences:
    description:
      - Known differences. Each has a text, which is C(change), C(better) or C(drop).
      - C(names) says which modules, roles and filters a difference concerns; without it, all.
      - With C(options), it concerns only what specifies one of these options or variables. A dot separates the names of
        nested options, such as C(quay_org_users.password).
      - With C(without), it concerns only what does not specify all of these.
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
    msg: "{{ findings | selectattr('kind', 'in', ['change', 'missing', 'unread']) | map(attribute='message') }}"
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
      description: Path of the file, or an empty string for a difference that concerns everything.
      type: str
    line:
      description: Line of the task, the role or the filter; V(0) if the finding has none.
      type: int
    name:
      description:
        - Module, role, filter or group of C(module_defaults), without the name of the collection.
        - The collection itself in a list of collections or requirements; an empty string for a file that was not read.
      type: str
    kind:
      description:
        - V(missing) if this collection does not have it, or not the option.
        - V(change) for what the playbook must change, V(better) for what works better, V(drop) for what it can drop.
        - V(unread) for a file or options that could not be read, which you must compare yourself.
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

import functools
import importlib
import os
import typing as t

import yaml
from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.dockhand.quay.plugins.plugin_utils._uses import UNREAD, Reader, Use

PACKAGE = "ansible_collections.dockhand.quay"
GROUP = "group/dockhand.quay.quay"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Collections below a project are not part of it.
INSTALLED = "ansible_collections"
FOLDERS = {"modules": os.path.join("plugins", "modules"), "roles": "roles"}
KINDS = ("change", "better", "drop")
Finding = dict[str, t.Any]


def porting_findings(
    path: str, differences: t.Sequence[Finding], collection: str = "infra.quay_configuration"
) -> list[Finding]:
    """The findings of all files."""
    reader = Reader(collection, _names("modules"), {role: _of_role(role) or set() for role in _names("roles")})
    files = {file: _read(file, reader) for file in _files(path)}
    if path in files and files[path][1]:
        raise AnsibleFilterError(f"porting_findings: {path} cannot be read: {files[path][1]}. Correct the file.")
    roles = {use.name for uses, _why in files.values() for use in uses if use.kind == "roles"}
    found: list[Finding] = []
    for file, (uses, why) in files.items():
        found += [_finding(file, 0, "", "unread", f"The file was not read: {why}. Compare it yourself.")] if why else []
        for use in uses:
            found += [_finding(file, use.line, use.name, *told) for told in _told(use, roles, differences)]
    everywhere = [_finding("", 0, "all", *_text(one)) for one in differences if "names" not in one]
    return t.cast("list[Finding]", wrap_var([*(everywhere if any(one["name"] for one in found) else ()), *found]))


def _finding(file: str, line: int, name: str, kind: str, text: str) -> Finding:
    place = f"{file}:{line}" if line else file
    message = ": ".join(part for part in (place, name, kind, text) if part)
    return {"file": file, "line": line, "name": name, "kind": kind, "text": text, "message": message}


def _text(difference: Finding) -> tuple[str, str]:
    return next((kind, difference[kind]) for kind in KINDS if kind in difference)


def _files(path: str) -> list[str]:
    if not os.path.exists(path):
        raise AnsibleFilterError(f"porting_findings: {path} does not exist. Specify a YAML file or a folder.")
    if os.path.isfile(path):
        return [path]
    found: list[str] = []
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name != INSTALLED]
        found += [os.path.join(folder, name) for name in names if name.endswith((".yml", ".yaml"))]
    return sorted(found)


def _read(file: str, reader: Reader) -> tuple[list[Use], str]:
    """What a file uses, and why it was not read."""
    try:
        with open(file, encoding="utf-8") as content:
            text = content.read()
        if text.startswith("$ANSIBLE_VAULT"):
            return [], "it is encrypted with Ansible Vault"
        return reader.read(text), ""
    except OSError as error:
        return [], str(error.strerror)
    except UnicodeDecodeError:
        return [], "it is not UTF-8 text"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], f"invalid YAML in line {mark.line + 1}" if mark else "invalid YAML"
    except RecursionError:
        return [], "its YAML is nested too deeply"


def _told(use: Use, roles: set[str], differences: t.Sequence[Finding]) -> list[tuple[str, str]]:
    """Kind and text of each finding about a use."""
    known = [_text(one) for one in differences if _concerns(one, use)]
    if use.kind == "variables":
        return known if use.name in roles else []
    return [*_missing(use), *known] or [("same", "")]


def _concerns(difference: Finding, use: Use) -> bool:
    options, without = difference.get("options"), difference.get("without", ())
    specified = use.kind != "variables" if options is None else any(map(use.has, options))
    lacks = not without or not set(without) <= set(use.options)
    return use.name in difference.get("names", ()) and specified and lacks


def _missing(use: Use) -> t.Iterator[tuple[str, str]]:
    """What this collection does not have at all, and what nobody knows."""
    if use.kind == "collections":
        yield "change", "Replace it with `dockhand.quay`."
    elif use.kind == "groups":
        if use.name != GROUP:
            yield "change", f"Use `{GROUP}`, which has all modules."
    else:
        known = OPTIONS_OF[use.kind](use.name)
        if known is None:
            yield "missing", f"This collection does not have the {use.kind[:-1]}."
            return
        names = [option for option in use.options if "." not in option and option != UNREAD]
        yield from (("missing", f"There is no `{name}` here.") for name in names if name not in known)
        if UNREAD in use.options:
            yield "unread", "The options could not be read. Compare them yourself."


def _names(kind: str) -> list[str]:
    """Modules or roles of this collection that have the name of something in Quay."""
    names = os.listdir(os.path.join(ROOT, FOLDERS[kind]))
    return sorted(name.removesuffix(".py") for name in names if name.startswith("quay"))


@functools.cache
def _of_module(name: str) -> set[str] | None:
    try:
        spec = importlib.import_module(f"{PACKAGE}.plugins.modules.{name}").OPERATION.argument_spec()
    except ModuleNotFoundError:
        return None
    return {one for option, entry in spec.items() for one in (option, *entry.get("aliases", ()))}


@functools.cache
def _of_role(name: str) -> set[str] | None:
    place = os.path.join(ROOT, "roles", name, "meta", "argument_specs.yml")
    if not os.path.exists(place):
        return None
    with open(place, encoding="utf-8") as file:
        return set(yaml.safe_load(file)["argument_specs"]["main"]["options"])


def _of_filter(name: str) -> set[str] | None:
    return set() if os.path.exists(os.path.join(ROOT, "plugins", "filter", f"{name}.py")) else None


OPTIONS_OF: dict[str, t.Callable[[str], set[str] | None]] = {
    "modules": _of_module,
    "roles": _of_role,
    "filters": _of_filter,
}


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"porting_findings": porting_findings}
