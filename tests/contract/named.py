# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with the YAML on a page: modules, roles, options and sections that are not there, or not so."""

from __future__ import annotations

import importlib
import importlib.util
import json
import typing as t

import jsonschema
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.playbook.block import Block
from ansible.playbook.play import Play
from ansible.playbook.task import Task

from tests.integration.play import ROOT
from tests.integration.story import BLOCKS
from tests.tools.generate import modules
from tests.tools.schema import SCHEMA

PREFIX = "dockhand.quay."
MODULES = "ansible_collections.dockhand.quay.plugins.modules"
GROUP = f"group/{PREFIX}quay"
SECTIONS = json.loads(SCHEMA.read_text(encoding="utf-8"))
# Options that hold a registry document.
DOCUMENTS = ("document", "provision_registry", "drift_report_registry")
TASKS = ("pre_tasks", "tasks", "post_tasks", "handlers")
KEYWORDS = {*Task.fattributes, *Block.fattributes, *BLOCKS}
Options = dict[str, t.Any]


def faults(content: t.Any) -> t.Iterator[str]:
    """Those of a whole block: a playbook, a registry document, or what installs the collection."""
    if isinstance(content, list):
        for play in content:
            yield from of_play(play)
    elif content.keys() <= SECTIONS["properties"].keys():
        yield from of_document(content)
    elif content.keys() == {"collections"}:
        yield from (f"another collection: {one}" for one in content["collections"] if one["name"] != PREFIX[:-1])
    elif "images" not in content:  # ansible-builder takes the definition of an image: tests/release.
        yield f"no test knows what has {sorted(content)}"


def of_play(play: Options) -> t.Iterator[str]:
    yield from (f"plays have no {key}" for key in play.keys() - Play.fattributes.keys())
    defaults = play.get("module_defaults", {}).get(GROUP, {})
    for role in play.get("roles", ()):
        yield from of_role(role["role"], {**play.get("vars", {}), **role})
    for task in (task for name in TASKS for task in play.get(name, ())):
        yield from of_task(task, defaults, play.get("vars", {}))


def of_task(task: Options, defaults: Options, variables: Options) -> t.Iterator[str]:
    variables = {**variables, **task.get("vars", {})}
    for inner in (inner for name in BLOCKS for inner in task.get(name, ())):
        yield from of_task(inner, defaults, variables)
    for action in task.keys() - KEYWORDS:
        options, name = task[action] or {}, action.rpartition(".")[2]
        if action.startswith(PREFIX) and name in modules():
            spec = importlib.import_module(f"{MODULES}.{name}").OPERATION
            yield from wrong(name, {**defaults, **options}, spec.argument_spec(), spec.all_constraints())
        elif action in ("ansible.builtin.include_role", "ansible.builtin.import_role"):
            yield from of_role(options["name"], variables)
        elif action != f"ansible.builtin.{name}" or not importlib.util.find_spec(f"ansible.modules.{name}"):
            yield f"there is no {action}"


def of_role(full_name: str, variables: Options) -> t.Iterator[str]:
    name = full_name.removeprefix(PREFIX)
    if not (ROOT / "roles" / name).is_dir():
        yield f"there is no role {full_name}"
        return
    yield from wrong(name, {key: value for key, value in variables.items() if key.startswith(name)}, role_options(name))


def role_options(role: str) -> Options:
    """The argument spec of a role."""
    spec = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    return t.cast(Options, spec["argument_specs"]["main"]["options"])


def wrong(name: str, options: Options, spec: Options, constraints: Options | None = None) -> t.Iterator[str]:
    """What Ansible and, in documents, the schema say against these options."""
    for error in ArgumentSpecValidator(spec, **(constraints or {})).validate(options).error_messages:
        yield f"{name}: {error}"
    for option in options.keys() & DOCUMENTS:
        yield from of_document(options[option])


def of_document(document: Options) -> t.Iterator[str]:
    for error in jsonschema.Draft202012Validator(SECTIONS).iter_errors(document):
        yield f"{error.json_path}: {error.message}"
