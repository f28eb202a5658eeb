# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every example of the guides runs, in a folder with the files whose names are captions.

A playbook runs as an example of a module does: in check mode with writes refused, for real, and again unchanged. The
calls of curl before it go to routes that Quay has, and after those that write, the playbook finds nothing to change:
both say the same.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import re
import shlex
import textwrap
import typing as t
from pathlib import Path

import jsonschema
import pytest
import requests
import yaml

from tests.contract.guide import GUIDES as ALL
from tests.integration.emulator import ADMIN, TOKEN, running
from tests.integration.judge import complaints
from tests.integration.play import Run, Server, play_of, run_play
from tests.integration.story import Task, expand, module_of
from tests.tools.schema import SCHEMA

# The blocks of other guides are files and commands in a folder: test_guide_scale_out.py and others of such a name.
GUIDES = [
    guide for guide in sorted(ALL.glob("*.rst")) if not (Path(__file__).parent / f"test_{guide.stem}.py").exists()
]
SURROUNDINGS = yaml.safe_load((Path(__file__).parent / "guides.yml").read_text(encoding="utf-8"))
BLOCK = re.compile(r"^\.\. code-block:: (\w+)\n(?: {3}:caption: (\S+)\n)?\n((?:(?: {3}.*)?\n)+)", re.MULTILINE)
# Options, quoted or not, and the address, which stands last.
CURL = re.compile(r"""\bcurl\b((?:[^"']|"[^"]*"|'[^']*')*?)"\$QUAY_HOST(/[^"]*)\"""")
PLAY = {"name", "hosts", "gather_facts", "tasks"}
# All features that the guides need.
SETTINGS = {"AUTHENTICATION_TYPE": "LDAP", "FEATURE_TEAM_SYNCING": True}


@dataclasses.dataclass(frozen=True)
class Call:
    """One call of curl; ``path`` is what follows the host."""

    method: str
    path: str
    body: dict[str, t.Any]

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    def as_request(self) -> dict[str, t.Any]:
        """The same for the action "emulator"."""
        return {"api": self.path.removeprefix("/api/v1/"), "method": self.method, **self.body}


@dataclasses.dataclass(frozen=True)
class Example:
    """A play, and the calls of curl that stand before it."""

    name: str
    calls: tuple[Call, ...]
    tasks: list[Task]


def calls_in(block: str) -> t.Iterator[Call]:
    """The calls of a block of shell commands."""
    found = CURL.findall(block.replace("\\\n", " "))
    assert len(found) == len(re.findall(r"\bcurl\b", block)), f"a call is not written as the others: {block}"
    for options, path in found:
        words = shlex.split(options)
        given = {word: words[n + 1] for n, word in enumerate(words) if word in ("-X", "-d")}
        yield Call(given.get("-X", "GET"), path, json.loads(given.get("-d", "{}")))


def examples() -> list[Example]:
    """Those of all guides, in their order."""
    found: list[Example] = []
    for guide in GUIDES:
        calls: list[Call] = []
        content = guide.read_text(encoding="utf-8")
        blocks = BLOCK.findall(content)
        assert len(blocks) == content.count("code-block::"), f"{guide.name} has a block that this test cannot read"
        for language, caption, block in blocks:
            text = textwrap.dedent(block)
            if language == "bash":
                calls += calls_in(text)
            if language == "yaml" and not caption:
                for play in yaml.safe_load(text):
                    assert play.keys() == PLAY, f"this test runs plays of {PLAY} only: {text}"
                    found.append(Example(play["name"], tuple(calls), play["tasks"]))
                calls = []
        assert not calls, f"{guide.name} has a call without a playbook: {calls}"
    return found


def files() -> dict[str, str]:
    """What stands in the guides with its name as caption: files beside the playbooks."""
    blocks = [block for guide in GUIDES for block in BLOCK.findall(guide.read_text(encoding="utf-8"))]
    return {caption: textwrap.dedent(block) for _language, caption, block in blocks if caption}


EXAMPLES = examples()
FILES = files()


def scene(example: Example, steps: dict[str, Task]) -> Task:
    """A block that tells one example; a failure in it does not stop the others."""
    own = SURROUNDINGS.get(example.name, {})
    fresh = [{"switch": "reset"}, *own.get("before", ())]
    writes = [call.as_request() for call in example.calls if call.writes]
    tagged = [{**task, "tags": own.get("tags", {}).get(task["name"], [])} for task in example.tasks]
    tasks: list[Task] = []
    if writes:
        tasks.append({"name": f"Calls of {example.name}", "emulator": {"requests": fresh + writes}})
        tasks += after_curl(example.name, tagged, steps)
    tasks.append({"name": f"Surroundings of {example.name}", "emulator": {"requests": fresh}})
    tasks += expand(copy.deepcopy(tagged), example.name, steps)
    return {"name": example.name, "block": tasks, "rescue": [{"ansible.builtin.meta": "noop"}]}


def after_curl(name: str, tasks: list[Task], steps: dict[str, Task]) -> t.Iterator[Task]:
    """The tasks once, marked as the twin "curl"."""
    for task in copy.deepcopy(tasks):
        if module_of(task):
            number = f"{name}:curl {len(steps) + 1}"
            steps[number] = task
            task["vars"] = {**task.get("vars", {}), "story_twin": "curl", "story_step": number}
        task.pop("no_log", None)
        yield task


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    """The one run of all examples."""
    folder = tmp_path_factory.mktemp("guides-")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    steps: dict[str, Task] = {}
    with running(folder) as emulator:
        server = Server(emulator.url, {"quay_token": TOKEN}, ADMIN, (), {}, emulator)
        play = {**play_of(server, by_environment=True), "tasks": [scene(example, steps) for example in EXAMPLES]}
        play.pop("module_defaults")
        environment = {"QUAY_HOST": emulator.url, "QUAY_TOKEN": TOKEN}
        status, output, events, seconds = run_play(play, server, True, folder, environment)
    return Run("", "worker", status, output, events, steps, {}, server.credentials, seconds, [])


@pytest.fixture(scope="module")
def routes(tmp_path_factory) -> list[tuple[str, re.Pattern[str]]]:
    """Method and form of the path of all that the emulator answers."""
    with running(tmp_path_factory.mktemp("routes-")) as emulator:
        emulator.fresh(SETTINGS, ())
        paths = requests.get(f"{emulator.url}/api/v1/discovery", timeout=10).json()["paths"]
    forms = {path: re.sub(r"\{\w+\}", "[^/]+", path.replace("{repository}", "[^/]+/[^/]+")) for path in paths}
    return [(method.upper(), re.compile(forms[path])) for path, methods in paths.items() for method in methods]


def test_examples_are_there():
    assert len(EXAMPLES) >= 9
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
    assert SURROUNDINGS.keys() <= {example.name for example in EXAMPLES}


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("registry/")])
def test_document(name):
    jsonschema.validate(yaml.safe_load(FILES[name]), json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_calls(example, routes):
    for call in example.calls:
        path = call.path.partition("?")[0]
        assert any(call.method == method and form.fullmatch(path) for method, form in routes), f"no route for {call}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_playbook(example, run):
    steps = {number: task for number, task in run.steps.items() if number.startswith(f"{example.name}:")}
    names = {task["name"] for task in example.tasks}
    of_others = {task["name"] for other in EXAMPLES if other is not example for task in other.tasks}
    assert not names & of_others, "two examples have a task of the same name"
    own = [event for event in run.events if event["name"] in names or event["name"].endswith(f" of {example.name}")]
    faults = complaints(dataclasses.replace(run, steps=steps, events=own, status=int(failed(own))))
    faults += [f"{number} did not run" for number in steps.keys() - {event["step"] for event in own}]
    faults += [
        f"{event['name']}: changed after the calls of curl: {json.dumps(event['result'].get('diff'))}"
        for event in own
        if event["twin"] == "curl" and event["result"].get("changed")
    ]
    if any(call.writes for call in example.calls) and not any(changed(event) for event in own):
        faults.append("the playbook changed nothing")
    faults += wrong_results(example, own)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def failed(events: list[dict[str, t.Any]]) -> bool:
    return any(event["outcome"] == "failed" for event in events)


def changed(event: dict[str, t.Any]) -> bool:
    return event["twin"] == "real" and event["result"].get("changed", False)


def wrong_results(example: Example, events: list[dict[str, t.Any]]) -> t.Iterator[str]:
    """What tasks returned other than guides.yml says."""
    for name, wanted in SURROUNDINGS.get(example.name, {}).get("returns", {}).items():
        results = [event["result"] for event in events if event["name"] == name and event["twin"] in (None, "real")]
        if not results:
            yield f"{name} did not run"
        for result in results:
            for key, value in wanted.items():
                if result.get(key) != value:
                    yield f"{name}: {key} is {result.get(key)!r}, not {value!r}"
