# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several runs at once: equal ones all succeed, contradicting ones leave what the next run brings into order."""

from __future__ import annotations

import subprocess
import sys
import typing as t

from tests.faults.case import Case, Options, Place, task, together, unclean
from tests.faults.examples import Example, examples, operation_of
from tests.integration.emulator import ADMIN, TOKEN
from tests.integration.place import Api
from tests.integration.play import Server, environment, write_yaml
from tests.tools.generate import modules

RUNS, FORKS, ROUNDS = 10, 20, 20
SECONDS = 180
APPLY = "quay_apply"
PERMISSION: Options = {"organization": "payments", "name": "alice", "role": "read"}
PERMISSIONS = "/organization/payments/prototypes"


def cases(short: bool) -> t.Iterator[Case]:
    """Equal tasks of each module, created and deleted, then whole documents, then hosts of one play."""
    for example in objects():
        yield Case(f"{RUNS} equal {example.module}", lambda place, e=example: equal_examples(place, e))
        for by_owner in () if short else (False, True):
            name = f"{RUNS} equal {example.module}, absent{', by its owner' * by_owner}"
            yield Case(name, lambda place, e=example, o=by_owner: equal_deletions(place, e, o))
    # One that says no more than its name, and gets what Quay generates.
    named = Example("quay_application", {"organization": "payments", "name": "portal"}, [])
    yield Case(f"{RUNS} equal {named.module}, only named", lambda place: equal_examples(place, named))
    yield Case(f"{RUNS} equal {APPLY}", lambda place: equal(place, APPLY, {"document": document("write")}))
    yield Case("two contradicting quay_apply", contradicting)
    for number in range(1 if short else ROUNDS):
        yield Case(f"contradicting quay_default_perm, of twins, round {number + 1}", contradicting_twins)
    for in_worker in (True, False)[: 1 if short else 2]:
        name = f"{FORKS} forks on one organization, {'in the worker' if in_worker else 'as a module'}"
        yield Case(name, lambda place, w=in_worker: forks(place, w))


def objects() -> t.Iterator[Example]:
    """An object of each module that creates and deletes: the first of its examples."""
    for module in modules():
        state = operation_of(module).argument_spec().get("state", {})
        if state.get("choices") == ["present", "absent"]:
            yield from [one for one in examples(module) if one.runs and one.options.get("state") != "absent"][:1]


def document(role: str) -> Options:
    teams = [{"name": f"team{number}", "members": ["alice"]} for number in range(4)]
    perms = [{"name": "team0", "type": "team", "role": role}]
    repositories = [{"name": f"repository{number}", "perms": perms} for number in range(6)]
    defaults = [{"name": "team1", "type": "team", "role": role}]
    parts = {"teams": teams, "repositories": repositories, "default_perms": defaults, "robots": [{"name": "ci"}]}
    return {"organizations": [{"name": "new", "quota": {"quota": "1 GiB"}, **parts}]}


def run(place: Place, module: str, options: Options) -> tuple[Options | None, str]:
    return task(operation_of(module), {**place.connection, **options})


def equal_examples(place: Place, example: Example) -> str:
    """The example by all at once."""
    Api(place.emulator).organizations("payments")
    example.prepare(place)
    fault = equal(place, example.module, example.options)
    if fault or example.module != "quay_application":
        return fault
    there = Api(place.emulator).call("GET", "/organization/payments/applications")["applications"]
    return "" if len(there) == 1 else f"{len(there)} objects instead of one"


def equal_deletions(place: Place, example: Example, by_owner: bool) -> str:
    """What the example has created is deleted by all at once; by somebody to whom Quay forbids what is not there."""
    Api(place.emulator).organizations("payments")
    example.prepare(place)
    result, message = run(place, example.module, example.options)
    if result is None:
        return message
    if by_owner:
        place.emulator.switch("POST", "settings", {"SUPER_USERS": []})
    fault = equal(place, example.module, {**example.options, "state": "absent"})
    # Some is for superusers alone.
    return "" if by_owner and fault.startswith(f"{RUNS} of {RUNS} failed: No rights") else fault


def equal(place: Place, module: str, options: Options) -> str:
    """All succeed, the next one changes nothing, and what Quay calls an application is the same to all."""
    # Answers that take their time make it likely that two look before either writes; and for so long they give way.
    latency = 500 if module == "quay_application" else 30
    place.emulator.switch("POST", "settings", {"latency": {"token_ms": latency}})
    told = together([lambda: run(place, module, options)] * RUNS, SECONDS)
    faults = [one[1] if one else "no end" for one in told if not one or one[0] is None]
    if faults:
        return f"{len(faults)} of {RUNS} failed: {faults[0][:300]}"
    result, message = run(place, module, options)
    if result is None or result["changed"]:
        return message or f"changed again: {result and result.get('diff')}"
    strays = [one[0] for one in told if one[0].get("client_id") != result.get("client_id")]
    return f"{len(strays)} of {RUNS} returned a client ID that did not stay" if strays else ""


def contradicting(place: Place) -> str:
    """Each succeeds or fails with a clean message; a run after them settles it."""
    place.emulator.switch("POST", "settings", {"latency": {"token_ms": 20}})
    works = [lambda role=role: run(place, APPLY, {"document": document(role)}) for role in ("read", "write")]
    for told in together(works, SECONDS):
        if told is None or (told[0] is None and unclean(told[1])):
            return "no end" if told is None else unclean(told[1])
    run(place, APPLY, {"document": document("read")})
    result, message = run(place, APPLY, {"document": document("read")})
    return message if result is None else "changed again" if result["changed"] else ""


def contradicting_twins(place: Place) -> str:
    """Whichever role it has, one of them stays."""
    api = Api(place.emulator)
    api.organizations("payments")
    for role in ("write", "read"):
        api.call("POST", PERMISSIONS, role=role, delegate={"kind": "user", "name": PERMISSION["name"]})
    place.emulator.switch("POST", "settings", {"latency": {"token_ms": 30}})
    roles = ("read", "write") * (RUNS // 2)
    works = [lambda role=role: run(place, "quay_default_perm", {**PERMISSION, "role": role}) for role in roles]
    faults = [one[1] if one else "no end" for one in together(works, SECONDS) if not one or one[0] is None]
    left = len(api.call("GET", PERMISSIONS)["prototypes"])
    return faults[0] if faults else "" if left == 1 else f"{left} objects instead of one"


def forks(place: Place, in_worker: bool) -> str:
    """Twenty hosts with the same tasks, as in a play that lacks run_once."""
    # All look before the first one writes.
    place.emulator.switch("POST", "settings", {"latency": {"token_ms": 300}})
    hosts = {f"host{number}": {"ansible_connection": "local"} for number in range(FORKS)}
    names = {"organization": "shared", "name": "devs", "role": "creator"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/dockhand.quay.quay": {"quay_host": place.emulator.url, "quay_token": TOKEN}},
        "vars": {"quay_in_worker": in_worker, "ansible_python_interpreter": sys.executable},
        "tasks": [
            {"dockhand.quay.quay_organization": {"name": "shared", "email": "shared@example.com"}},
            {"dockhand.quay.quay_team": names},
            {"dockhand.quay.quay_repository": {"name": "shared/{{ inventory_hostname }}"}},
        ],
    }
    write_yaml(place.folder / "play.yml", [play])
    write_yaml(place.folder / "hosts.yml", {"all": {"hosts": hosts}})
    server = Server(place.emulator.url, {}, ADMIN, (), {})
    settings = environment(server, place.folder)
    del settings["ANSIBLE_CALLBACKS_ENABLED"]
    command = [sys.executable, "-m", "ansible", "playbook", "-i", "hosts.yml", "play.yml", "--forks", str(FORKS)]
    ran = subprocess.run(command, cwd=place.folder, env=settings, capture_output=True, text=True, check=False)
    wrong = [line for line in ran.stdout.splitlines() if "fatal:" in line or "[ERROR]" in line]
    if ran.returncode:
        return f"{len(wrong)} tasks failed: {wrong[0][:300] if wrong else ran.stderr[-300:]}"
    there = Api(place.emulator).call("GET", "/repository?namespace=shared")["repositories"]
    return "" if len(there) == FORKS else f"{len(there)} of {FORKS} repositories"
