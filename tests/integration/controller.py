# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""docs/controller as automation controller takes it, and jobs of it by ansible-runner, which runs them there.

The rules are those of AWX: models/credential.py (inject_credential), models/mixins.py (surveys), tasks/jobs.py.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import types
import typing as t

from jinja2.sandbox import ImmutableSandboxedEnvironment

from tests.integration.emulator import ADMIN
from tests.integration.play import ROOT, Server, environment, read_tasks, write_yaml

FOLDER = ROOT / "docs" / "controller"
PROJECT = FOLDER / "project"
Item = dict[str, t.Any]

CONFIGURATION: dict[str, t.Any] = {
    name: value for file in sorted(FOLDER.glob("*.yml")) for name, value in read_tasks(file).items()
}
(CREDENTIAL_TYPE,) = CONFIGURATION["controller_credential_types"]
# By the name of the playbook, which is that of the collection's as well.
TEMPLATES: dict[str, Item] = {pathlib.Path(one["playbook"]).stem: one for one in CONFIGURATION["controller_templates"]}


@dataclasses.dataclass(frozen=True)
class Job:
    """What came of a job; ``text`` is all that it left behind: events, output, artifacts."""

    code: int
    status: str
    events: list[Item]
    text: str

    @property
    def output(self) -> str:
        """What controller shows of it."""
        return "\n".join(event["stdout"] for event in self.events)

    def results(self, outcome: str) -> list[Item]:
        """Those of the tasks that ended so: ok, failed."""
        return [one["event_data"]["res"] for one in self.events if one["event"] == f"runner_on_{outcome}"]


def questions(template: Item) -> list[Item]:
    """Those of its survey."""
    return t.cast("list[Item]", template["survey_spec"]["spec"])


def injected(inputs: t.Mapping[str, str], folder: pathlib.Path) -> tuple[dict[str, str], dict[str, str]]:
    """Environment and extra variables of a job whose credential has these inputs; ``folder`` gets the files of it."""
    missing = {field["id"]: False for field in CREDENTIAL_TYPE["inputs"]["fields"] if field["type"] == "boolean"}
    given = {**missing, **{name: value for name, value in inputs.items() if value != ""}}
    files = {label: folder / label for label in CREDENTIAL_TYPE["injectors"]["file"]}
    given["tower"] = tower({label: str(file) for label, file in files.items()})
    file, env, extra_vars = (rendered(kind, given) for kind in ("file", "env", "extra_vars"))
    for label, content in file.items():
        files[label].write_text(content, encoding="utf-8")
    return env, extra_vars


def tower(files: t.Mapping[str, str]) -> types.SimpleNamespace:
    """The paths of a credential's files, which its other injectors know as ``tower.filename``."""
    paths = {label.removeprefix("template."): path for label, path in files.items()}
    return types.SimpleNamespace(filename=types.SimpleNamespace(**paths))


def rendered(kind: str, given: Item, **strictness: t.Any) -> dict[str, str]:
    """The injectors of one kind, filled in."""
    render = ImmutableSandboxedEnvironment(**strictness).from_string
    return {name: render(text).render(given) for name, text in CREDENTIAL_TYPE["injectors"][kind].items()}


def defaults(template: Item) -> Item:
    """The answers of a launch without a form, such as one of a schedule."""
    return {one["variable"]: one["default"] for one in questions(template) if "default" in one}


def form(template: Item, **answers: t.Any) -> Item:
    """The answers of the form, where a question that nobody answers is empty and not missing."""
    empty = {one["variable"]: [] if one["type"] == "multiselect" else "" for one in questions(template)}
    return {**empty, **defaults(template), **answers}


def faults(template: Item, answers: Item) -> list[str]:
    """What controller has against them."""
    return [
        *(f"{name}: no such question" for name in answers.keys() - {one["variable"] for one in questions(template)}),
        *(
            f"{one['variable']}: {answers.get(one['variable'])!r}"
            for one in questions(template)
            if (one["required"] if one["variable"] not in answers else not _fits(one, answers[one["variable"]]))
        ),
    ]


def _fits(question: Item, answer: t.Any) -> bool:
    kind = question["type"]
    if kind in ("multiplechoice", "multiselect"):
        chosen = answer if kind == "multiselect" else [answer]
        return isinstance(chosen, list) and set(chosen) <= set(question["choices"])
    size = len(answer) if kind == "text" else answer
    wanted = str if kind == "text" else int
    # True is an int, too, for Python.
    is_kind = isinstance(answer, wanted) and not isinstance(answer, bool)
    return is_kind and question.get("min", size) <= size <= question.get("max", size)


def launch(template: Item, inputs: t.Mapping[str, str], answers: Item, folder: pathlib.Path, *options: str) -> Job:
    """Run a template as verbose as can be; ``folder`` keeps all of it."""
    assert not faults(template, answers)
    for part in ("env", "inventory"):
        (folder / part).mkdir(exist_ok=True)
    env, extra_vars = injected(inputs, folder / "env")
    variables = [*_lines(template.get("extra_vars", {}), ""), *_lines({**answers, **extra_vars}, "!unsafe ")]
    shutil.copytree(PROJECT, folder / "project", dirs_exist_ok=True)
    (folder / "env" / "cmdline").write_text(" ".join(["-vvvv", *options]), encoding="utf-8")
    (folder / "env" / "extravars").write_text("".join(variables), encoding="utf-8")
    write_yaml(folder / "inventory" / "hosts.yml", {"all": {"hosts": _hosts(template["inventory"])}})
    command = [sys.executable, "-m", "ansible_runner", "run", str(folder), "--playbook", template["playbook"]]
    ran = subprocess.run(
        [*command, "--ident", "job", "--quiet"],
        env={**job_environment(inputs["host"], folder), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    return _came_of(ran, folder / "artifacts" / "job")


def _came_of(ran: subprocess.CompletedProcess[str], artifacts: pathlib.Path) -> Job:
    # "command" is what ansible-runner was given, with the environment. Controller shows nobody the secrets in it.
    files = [file for file in artifacts.rglob("*") if file.is_file() and file.name != "command"]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    events = [json.loads(text) for file, text in texts.items() if file.parent.name == "job_events"]
    return Job(
        ran.returncode,
        texts[artifacts / "status"],
        sorted(events, key=lambda event: event["counter"]),
        "\n".join([*texts.values(), ran.stdout, ran.stderr]),
    )


def _hosts(inventory: str) -> Item:
    """Those that are declared in it; as plain text, their variables are templates again."""
    declared = [one for one in CONFIGURATION["controller_hosts"] if one["inventory"] == inventory]
    return {one["name"]: {name: str(value) for name, value in one["variables"].items()} for one in declared}


def _lines(variables: Item, mark: str) -> t.Iterator[str]:
    """Each as a line of YAML. Only what the template itself sets may be a template of Jinja."""
    for name, value in variables.items():
        yield f"{name}: {mark if isinstance(value, str) else ''}{json.dumps(value)}\n"


def job_environment(host: str, folder: pathlib.Path) -> dict[str, str]:
    """That of the harness without its callback, which would keep results of its own."""
    clean = environment(Server(host, {}, ADMIN, (), {}), folder)
    del clean["ANSIBLE_CALLBACKS_ENABLED"], clean["ANSIBLE_CALLBACK_PLUGINS"]
    path = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**clean, "PATH": path, "ANSIBLE_INVENTORY_UNPARSED_FAILED": "true"}
