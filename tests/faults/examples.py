# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Good options of every module: those of its EXAMPLES, with what they find before them on the emulator."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import re
import typing as t

import requests

from tests.contract.test_examples import ELSEWHERE, SURROUNDINGS, examples_of, surroundings
from tests.faults.case import Options, Place, refused
from tests.integration.emulator import ADMIN, TOKEN
from tests.integration.story import BLOCKS, Task, module_of, options_of

TEMPLATE = re.compile(r"{{.*?}}")
VARIABLE = re.compile(r"{{ (\w+) }}")
# In place of the token.
PAIR = {"quay_username": ADMIN, "quay_password": "password"}
# Would take time, or need the files of a playbook.
IMPATIENT: Options = {"wait": False, "wait_timeout": 0.1}
AWAY = (*ELSEWHERE, *IMPATIENT, "src", "quay_username", "quay_password", "quay_session", "quay_token")


@dataclasses.dataclass(frozen=True)
class Example:
    """``options`` without those of the connection; ``before``: calls of the emulator, as in examples.yml.

    ``runs``: it takes nothing that a task before it has returned.
    """

    module: str
    options: Options
    before: list[Options]
    runs: bool = True

    def prepare(self, place: Place) -> None:
        """Make its surroundings on a fresh emulator."""
        for call in self.before:
            # Some of it is for what an example before this one has made.
            with contextlib.suppress(requests.HTTPError):
                send(place, call)


def send(place: Place, call: Options) -> None:
    """As the action "emulator" of the stories does."""
    body = dict(call)
    method = body.pop("method", "POST")
    path = f"/_emulator/{body.pop('switch')}" if "switch" in body else f"/api/v1/{body.pop('api')}"
    headers = {"Authorization": f"Bearer {TOKEN}"} if path.startswith("/api/") else {}
    answer = requests.request(method, place.emulator.url + path, json=body, headers=headers, timeout=10)
    answer.raise_for_status()


def examples(module: str) -> list[Example]:
    """Those that read no files of a playbook."""
    own, around = surroundings(module)
    found = []
    for task in _flat(examples_of(module)):
        # What comes before one example is there for the next ones, too.
        around = [*around, *own.get("before", {}).get(task.get("name"), ())]
        text = VARIABLE.sub(
            lambda found: SURROUNDINGS["variables"].get(found[1], found[0]), json.dumps(options_of(task))
        )
        if module_of(task) == module and "src" not in options_of(task):
            options = {
                name: value for name, value in json.loads(TEMPLATE.sub("unknown", text)).items() if name not in AWAY
            }
            found.append(Example(module, options, around, runs="{{" not in text))
    return found


def operation_of(module: str) -> t.Any:
    return importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{module}").OPERATION


def fitting(module: str, option: str, connection: Options) -> tuple[Example, Options]:
    """An example in which ``option`` can have a value, with all of its options and a good value of that one."""
    operation = operation_of(module)
    spec, pairs = operation.argument_spec(), operation.all_constraints().get("mutually_exclusive", ())
    rivals = {name for names in pairs if option in names for name in names} - {option}
    partners = operation.all_constraints().get("required_by", {}).get(option, ())
    account = connection if "quay_token" in spec else {**connection, **PAIR}
    base = {name: value for name, value in account.items() if name in spec}
    if option in PAIR:
        base.update(PAIR, quay_token=None)
    base.update({name: value for name, value in IMPATIENT.items() if name in spec})
    for example in sorted(examples(module), key=lambda one: (not one.runs, option not in one.options)):
        options = {name: value for name, value in {**base, **example.options}.items() if name not in rivals}
        for name in (option, *partners):
            options.setdefault(name, good(spec[name]))
        if not refused(operation, options):
            return example, options
    raise LookupError(f"{module}: no example takes {option}, too")


def good(entry: Options) -> t.Any:
    """A value that Ansible takes."""
    if entry.get("choices"):
        return entry["choices"][0]
    return {"int": 1, "float": 1.0, "bool": True, "list": [], "dict": {}}.get(entry.get("type", "str"), "devs")


def _flat(tasks: t.Iterable[Task]) -> t.Iterator[Task]:
    for task in tasks:
        yield task
        for name in BLOCKS:
            yield from _flat(task.get(name, ()))
