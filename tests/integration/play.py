# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finds the stories and runs one, through one door, against one server."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import secrets
import shutil
import string
import subprocess
import sys
import time
import typing as t

import yaml

from tests.integration.emulator import Emulator
from tests.integration.server import Quay, remove_leftovers
from tests.integration.story import BadStory, Task, expand

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = ROOT / "tests" / "integration" / "targets"
PLUGINS = ROOT / "tests" / "integration" / "plugins"
COLLECTIONS = os.environ.get("ANSIBLE_COLLECTIONS_PATH", str(ROOT / ".collections"))
# The Python that modules run on; the matrix names an older one.
PYTHON = os.environ.get("STORY_PYTHON", sys.executable)
# Seconds for an answer: the tests may share their server with others.
PATIENCE = 60
DOORS = ("worker", "module")
# The variable quay_in_worker of a run in which only the sampled tasks take the module door.
IN_SAMPLE = "{{ story_step | default('') not in story_sample }}"


@dataclasses.dataclass(frozen=True)
class Story:
    """One folder of tests/integration/targets; ``meta`` is its meta/story.yml (see tests/integration/README.md)."""

    folder: pathlib.Path
    meta: dict[str, t.Any] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.folder.name


@dataclasses.dataclass(frozen=True)
class Server:
    """Where stories run. ``credentials`` are options of the modules, ``about`` is what stories see as story_server."""

    url: str
    credentials: dict[str, str]
    admin: str
    users: tuple[str, ...]
    about: dict[str, t.Any]
    emulator: Emulator | None = None


@dataclasses.dataclass(frozen=True)
class Run:
    """What came of one story: ``steps`` are its own tasks by number, ``events`` what the callback plugin wrote.

    ``sample`` are the numbers of those that took the module door, None if all took ``door``.
    """

    word: str
    door: str
    status: int
    output: str
    events: list[dict[str, t.Any]]
    steps: dict[str, Task]
    variables: dict[str, t.Any]
    credentials: dict[str, str]
    seconds: float
    left: list[str]
    sample: frozenset[str] | None = None


class _Loader(yaml.SafeLoader):
    """Reads tasks; keeps !unsafe, which Ansible then sees as well."""


class _Dumper(yaml.SafeDumper):
    """Writes them."""

    def ignore_aliases(self, data: t.Any) -> bool:
        return True


class _Unsafe(str):
    """A text that is no template."""


_Loader.add_constructor("!unsafe", lambda loader, node: _Unsafe(node.value))
_Dumper.add_representer(_Unsafe, lambda dumper, text: dumper.represent_scalar("!unsafe", str(text)))


def stories() -> list[Story]:
    """All stories, the longest first, so that they do not end a run of several workers alone."""
    found = sorted(TARGETS.glob("*/tasks/main.yml"), key=lambda tasks: -tasks.stat().st_size)
    return [Story(tasks.parents[1], _meta(tasks.parents[1])) for tasks in found]


def _meta(folder: pathlib.Path) -> dict[str, t.Any]:
    file = folder / "meta" / "story.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}


def read_tasks(file: pathlib.Path) -> t.Any:
    """The tasks in ``file`` as data."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _Loader)
    except yaml.YAMLError as error:
        raise BadStory(f"{file.name} is no YAML: {error}") from None


def new_word() -> str:
    """A short lower-case word that no other run has; it sorts behind other names, so lists keep their order."""
    return "z" + "".join(secrets.choice(string.ascii_lowercase) for _dummy in range(6))


def prepare(story: Story, folder: pathlib.Path) -> dict[str, Task]:
    """A copy of the story as role ``folder/roles/<name>`` with twins around its tasks; gives its own tasks."""
    role = folder / "roles" / story.name
    shutil.copytree(story.folder, role)
    steps: dict[str, Task] = {}
    for file in sorted((role / "tasks").rglob("*.yml")):
        write_yaml(file, expand(read_tasks(file), file.name, steps))
    return steps


def write_yaml(file: pathlib.Path, content: t.Any) -> None:
    """Write ``content`` as Ansible reads it."""
    file.write_text(yaml.dump(content, Dumper=_Dumper, sort_keys=False, width=1000), encoding="utf-8")


def run_story(
    story: Story, server: Server, door: str, folder: pathlib.Path, sample: frozenset[str] | None = None
) -> Run:
    """Run ``story`` through ``door``, or only the tasks of ``sample``; ``folder`` keeps the play and what it wrote."""
    steps = prepare(story, folder)
    word = new_word()
    variables = {
        "story": word,
        "story_users": list(server.users),
        "story_admin": server.admin,
        "story_server": server.about,
        "story_sample": sorted(sample or ()),
    }
    by_environment = story.meta.get("credentials") == "environment"
    play = {**play_of(server, by_environment), "vars": variables, "roles": [story.name]}
    environment = {f"{name.upper()}": value for name, value in server.credentials.items()} if by_environment else {}
    in_worker = door == "worker" if sample is None else IN_SAMPLE
    status, output, events, seconds = run_play(play, server, in_worker, folder, environment)
    if server.emulator:
        # A story that ended in a check twin left it refusing all writes.
        server.emulator.switch("POST", "settings", {"refuse_writes": False})
    left = remove_leftovers(Quay(server.url, server.credentials), word, server.admin)
    return Run(word, door, status, output, events, steps, variables, server.credentials, seconds, left, sample)


def play_of(server: Server, by_environment: bool = False) -> dict[str, t.Any]:
    """A play without tasks that reaches ``server``; the environment of run_play has the credentials."""
    options = {name: f"{{{{ lookup('ansible.builtin.env', 'STORY_{name.upper()}') }}}}" for name in server.credentials}
    defaults = {"quay_host": server.url, "timeout": PATIENCE, **({} if by_environment else options)}
    return {
        "hosts": "localhost",
        "gather_facts": False,
        "module_defaults": {"group/dockhand.quay.quay": defaults},
    }


def run_play(
    play: dict[str, t.Any], server: Server, in_worker: bool | str, folder: pathlib.Path, more: t.Mapping[str, str]
) -> tuple[int, str, list[dict[str, t.Any]], float]:
    """Exit status, output at -vvv, events and seconds of one play."""
    playbook, events, output = folder / "play.yml", folder / "events.jsonl", folder / "output"
    write_yaml(playbook, [play])
    events.touch()
    # Not "ansible playbook", which ansible-test's Python does not know.
    command = [sys.executable, "-m", "ansible.cli.playbook", str(playbook), "-vvv", "--diff"]
    variables = {"quay_in_worker": in_worker, "ansible_python_interpreter": PYTHON}
    command += ["--extra-vars", json.dumps(variables)]
    start = time.monotonic()
    with output.open("wb") as stream:
        status = subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**environment(server, folder), **more},
        )
    seconds = time.monotonic() - start
    told = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    return status, output.read_text(encoding="utf-8", errors="replace"), told, seconds


def environment(server: Server, folder: pathlib.Path) -> dict[str, str]:
    """Nothing of the caller's Ansible and Quay settings, all of the harness."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "QUAY_", "STORY_"))}
    credentials = {f"STORY_{name.upper()}": value for name, value in server.credentials.items()}
    if server.emulator:
        credentials["STORY_EMULATOR"] = server.emulator.url
    elif "STORY_PUSH" in os.environ:
        credentials["STORY_PUSH"] = os.environ["STORY_PUSH"]
    return {
        **kept,
        **credentials,
        "ANSIBLE_ACTION_PLUGINS": str(PLUGINS / "action"),
        "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "story_events",
        "ANSIBLE_COLLECTIONS_PATH": COLLECTIONS,
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_ROLES_PATH": str(folder / "roles"),
        # Core lists the members of sets in its messages.
        "PYTHONHASHSEED": "0",
        "STORY_EVENTS": str(folder / "events.jsonl"),
        "STORY_HOST": server.url,
    }
