# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example of every module and filter runs: in check mode with writes refused, for real, and again unchanged.

All of them run in one play, each plugin's in surroundings of its own (examples.yml).
"""

from __future__ import annotations

import dataclasses
import importlib
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.judge import complaints
from tests.integration.play import ROOT, Run, Server, play_of, run_play, write_yaml
from tests.integration.story import BLOCKS, PREFIX, Task, expand, options_of, tags_of
from tests.tools.generate import modules

SURROUNDINGS = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text(encoding="utf-8"))
# The emulator stands for every server that an example names; files of certificates are not there.
ELSEWHERE = ("quay_host", "validate_certs", "ca_path", "client_cert", "client_key")
HARMLESS = ("ansible.builtin.assert", "ansible.builtin.debug", "ansible.builtin.set_fact")


# In the surroundings, a filter stands beside the modules.
FILTERS = sorted(file.stem for file in (ROOT / "plugins" / "filter").glob("*.py"))
PLUGINS = {**dict.fromkeys(modules(), "modules"), **dict.fromkeys(FILTERS, "filter")}


def examples_of(plugin: str) -> list[Task]:
    """The tasks of the EXAMPLES, those of plays among them."""
    found = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.{PLUGINS[plugin]}.{plugin}")
    entries = yaml.safe_load(found.EXAMPLES)
    return [task for entry in entries for task in (entry["tasks"] if "hosts" in entry else [entry])]


def runnable(tasks: t.Iterable[Task], own: dict[str, t.Any]) -> list[Task]:
    """The tasks without other people's servers, and without what would touch this machine; ``own`` of examples.yml."""
    kept: list[Task] = []
    for task in tasks:
        sections = {name: runnable(task[name], own) for name in BLOCKS if name in task}
        other = next((key for key in task if "." in key and not key.startswith(PREFIX) and key not in HARMLESS), None)
        if other and f"| {PREFIX}" in str(task[other]):
            # Of the collection, only its filter is in the task.
            options = task.pop(other)
            task["ansible.builtin.set_fact"] = {"example": options}
        if not sections and not any(key.startswith(PREFIX) or key in HARMLESS for key in task):
            continue
        for options in (*(task.get("module_defaults") or {}).values(), options_of(task)):
            for option in ELSEWHERE:
                options.pop(option, None)
        name = task.get("name")
        if name in own.get("before", {}):
            kept.append({"name": f"Before: {name}", "emulator": {"requests": own["before"][name]}})
        tags = tags_of(task) | {tag for tag in ("not_idempotent", "warns") if name in own.get(tag, ())}
        kept.append({**task, **sections, **({"tags": sorted(tags)} if tags else {})})
    return kept


def surroundings(plugin: str) -> tuple[dict[str, t.Any], list[dict[str, t.Any]]]:
    """What examples.yml says of a plugin, and the calls of the emulator before the first of its examples."""
    own, worlds = SURROUNDINGS["plugins"].get(plugin, {}), SURROUNDINGS["worlds"]
    requests = [{"switch": "reset"}, {"switch": "settings", **own.get("settings", {})}]
    return own, [*requests, *(request for name in own.get("worlds", worlds) for request in worlds[name])]


def scene(plugin: str, steps: dict[str, Task]) -> Task:
    """A block with the surroundings of a plugin and its examples; a failure in it does not stop the others."""
    own, requests = surroundings(plugin)
    before = {"name": f"Surroundings of {plugin}", "emulator": {"requests": requests}}
    tasks = expand(runnable(examples_of(plugin), own), plugin, steps)
    return {"name": plugin, "block": [before, *tasks], "rescue": [{"ansible.builtin.meta": "noop"}]}


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    """The one run of all examples."""
    folder = tmp_path_factory.mktemp("examples-")
    steps: dict[str, Task] = {}
    variables = SURROUNDINGS["variables"]
    for own in SURROUNDINGS["plugins"].values():
        for name, content in own.get("files", {}).items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            write_yaml(file, content)
    with running(folder) as emulator:
        server = Server(emulator.url, {"quay_token": TOKEN}, ADMIN, (), {}, emulator)
        tasks = [scene(plugin, steps) for plugin in PLUGINS]
        play = {**play_of(server, by_environment=True), "vars": variables, "tasks": tasks}
        play.pop("module_defaults")
        environment = {"QUAY_HOST": emulator.url, "QUAY_TOKEN": TOKEN}
        status, output, events, seconds = run_play(play, server, True, folder, environment)
    return Run("", "worker", status, output, events, steps, variables, server.credentials, seconds, [])


def names_of(tasks: t.Iterable[Task]) -> t.Iterator[str]:
    """The names of the tasks, those in blocks among them."""
    for task in tasks:
        yield task.get("name", "")
        for section in BLOCKS:
            yield from names_of(task.get(section, ()))


@pytest.mark.parametrize("plugin", SURROUNDINGS["plugins"])
def test_surroundings_are_of_examples_that_exist(plugin):
    own = SURROUNDINGS["plugins"][plugin]
    meant = {*own.get("before", ()), *own.get("not_idempotent", ()), *own.get("warns", ())}
    assert meant <= set(names_of(examples_of(plugin)))


@pytest.mark.parametrize("plugin", PLUGINS)
def test_examples(plugin, run):
    steps = {number: task for number, task in run.steps.items() if number.startswith(f"{plugin}:")}
    names = {task["name"] for task in examples_of(plugin)} if plugin in FILTERS else ()
    events = [event for event in run.events if (event["step"] or "").startswith(f"{plugin}:") or event["name"] in names]
    failed = any(event["outcome"] == "failed" for event in events)
    faults = complaints(dataclasses.replace(run, steps=steps, events=events, status=int(failed)))
    faults += [f"{number} did not run" for number in steps.keys() - {event["step"] for event in events}]
    faults += [f"{name} did not run" for name in {*names} - {event["name"] for event in events}]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
    assert events
