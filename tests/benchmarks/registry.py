# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A whole organization by quay_apply, against a bare requests program that sends the same requests by 4 threads.

As a program it applies a document in its own process and prints what that took: registry.py ADDRESS DOCUMENT
"""

from __future__ import annotations

import collections
import json
import pathlib
import resource
import subprocess
import sys
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

import requests

TOKEN = "quayadmin000000000000000000000000token00"
ROOT = pathlib.Path(__file__).resolve().parents[2]
REPOSITORIES, ROBOTS, TEAMS, WORKERS = 1_000, 100, 50, 4
FEW, FEWER = 100, 20
BUDGET = 4 + REPOSITORIES // 100 + TEAMS
# Half a second on a machine whose empty play takes 0.55 s.
SHORT = 0.9
USERS = ("alice", "bob", "carol")
Document = dict[str, t.Any]
Call = tuple[str, str, t.Any]
# (name, value, unit, "most" or "least", limit)
Figure = tuple[str, float, str, str, float]
# play(tasks, in_worker, may_change): seconds of a play
Play = t.Callable[[list[Document], bool, bool], float]
# timed(may_change): seconds of quay_apply above those of an empty play, and of that
Timed = t.Callable[[bool], tuple[float, float]]


def document(repositories: int, robots: int, teams: int) -> Document:
    """One organization; each team has members and a permission on its share of the repositories."""
    org = "big"
    return {
        "organizations": [
            {
                "name": org,
                "robots": [{"name": f"robot{number}", "description": "builds"} for number in range(robots)],
                "teams": [
                    {"name": f"team{number}", "role": "member", "members": [*USERS, f"{org}+robot{number % robots}"]}
                    for number in range(teams)
                ],
                "repositories": [
                    {
                        "name": f"repository{number}",
                        "visibility": "private",
                        "description": f"number {number}",
                        "perms": [{"name": f"team{number % teams}", "type": "team", "role": "write"}],
                    }
                    for number in range(repositories)
                ],
            }
        ]
    }


def measure(address: str, folder: pathlib.Path, play: Play) -> t.Iterator[Figure]:
    """Every figure with its limit."""
    switch(address, "settings", {"latency": {"token_ms": 12}})
    whole = document(REPOSITORIES, ROBOTS, TEAMS)
    (folder / "registry.json").write_text(json.dumps(whole))
    task = [{"dockhand.quay.quay_apply": {"src": str(folder / "registry.json"), "workers": WORKERS}}]
    nothing = [{"ansible.builtin.meta": "noop"}]

    def timed(may_change: bool) -> tuple[float, float]:
        """The empty play tells how fast this machine is at the moment."""
        empty = play(nothing, True, False)
        return play(task, True, may_change) - empty, empty

    yield from measure_first_apply(address, whole, timed)
    yield from measure_unchanged(address, timed)
    switch(address, "settings", {"latency": {"token_ms": 0}})
    yield from measure_against_modules(whole, play, nothing)
    yield from measure_growth(address, folder, whole)


def measure_first_apply(address: str, whole: Document, timed: Timed) -> t.Iterator[Figure]:
    """All of it, to an empty registry."""
    fresh(address)
    ours, _empty = timed(True)
    sent = log(address)
    fresh(address)
    bare = replay(address, writes(whole)) + reads(sent)
    yield "registry, first apply, 12 ms: share of the bare program's time", ours / bare, "ratio", "most", 1.2
    odd = collections.Counter(call[:2] for call in sent if call[0] != "GET")
    odd.subtract(call[:2] for stage in writes(whole) for chain in stage for call in chain)
    surplus = sum(map(abs, odd.values()))
    yield "registry, first apply: writes other than one for each facet", surplus, "requests", "most", 0


def measure_unchanged(address: str, timed: Timed) -> t.Iterator[Figure]:
    """The same again: the best of some rounds, as each compares what ran in the same seconds."""
    sent: list[Call] = []
    rounds: dict[int, list[tuple[float, float, float]]] = {}
    for milliseconds, times in ((12, 5), (230, 2)):
        switch(address, "settings", {"latency": {"token_ms": milliseconds}})
        clear(address)
        timed(False)
        sent = log(address)
        same = [[sent[:1]], [[call] for call in sent[1:]]]
        rounds[milliseconds] = [(*timed(False), replay(address, same)) for _dummy in range(times)]
    above = min((ours - bare) / empty for ours, empty, bare in rounds[12])
    yield "registry, unchanged, 12 ms: time above the bare program, in empty plays", above, "ratio", "most", SHORT
    share = min(ours / bare for ours, _empty, bare in rounds[230])
    yield "registry, unchanged, 230 ms: share of the bare program's time", share, "ratio", "most", 1.2
    yield "registry, unchanged: requests", len(sent), "requests", "most", BUDGET


def measure_against_modules(whole: Document, play: Play, nothing: list[Document]) -> t.Iterator[Figure]:
    """Some of it at once, and as one task for each object by the module door, of which fewer tell what one costs."""
    (organization,) = whole["organizations"]
    some = {key: organization[key][:FEW] for key in ("robots", "repositories")}
    tasks = [
        {
            "dockhand.quay.quay_robot": {"name": "big+{{ item }}", "description": "builds"},
            "loop": [robot["name"] for robot in some["robots"][:FEWER]],
        },
        {
            "dockhand.quay.quay_repository": {
                "name": "big/{{ item.name }}",
                **{key: f"{{{{ item.{key} }}}}" for key in ("visibility", "description", "perms")},
            },
            "loop": some["repositories"][:FEWER],
            "loop_control": {"label": "{{ item.name }}"},
        },
    ]
    at_once = [{"dockhand.quay.quay_apply": {"document": {"organizations": [{"name": "big", **some}]}}}]
    one_by_one = (play(tasks, False, False) - play(nothing, False, False)) * FEW / FEWER
    ours = play(at_once, True, False) - play(nothing, True, False)
    yield "registry, 200 objects unchanged: faster than one task each by", one_by_one / ours, "times", "least", 50


def measure_growth(address: str, folder: pathlib.Path, whole: Document) -> t.Iterator[Figure]:
    """Memory and processor time of a process of its own, with ten times as many objects, too."""
    yield "registry, 1,000 repositories: memory", apply_apart(address, folder, whole)["megabytes"], "MiB", "most", 200
    seconds = []
    for times in (2, 20):
        some = document(times * FEW, 2 * times, times)
        fresh(address)
        replay(address, writes(some))
        seconds.append(min(apply_apart(address, folder, some)["seconds"] for _dummy in range(3)))
    yield "registry, ten times the objects: processor time grows by", seconds[1] / seconds[0], "times", "most", 12


def apply_apart(address: str, folder: pathlib.Path, whole: Document) -> Document:
    file = folder / "apart.json"
    file.write_text(json.dumps(whole))
    command = [sys.executable, __file__, address, str(file)]
    paths = {"PYTHONPATH": str(ROOT / ".collections"), "PATH": ""}
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=paths)
    return t.cast("Document", json.loads(run.stdout))


def writes(whole: Document) -> list[list[list[Call]]]:
    """What a bare program sends to make it all: stages, in each of them chains that need no order among them."""
    (organization,) = whole["organizations"]
    name, api = organization["name"], "/api/v1"
    place = f"{api}/organization/{name}"
    robots = [
        [("PUT", f"{place}/robots/{robot['name']}", {"description": robot["description"], "unstructured_metadata": {}})]
        for robot in organization["robots"]
    ]
    teams = []
    for team in organization["teams"]:
        path = f"{place}/team/{team['name']}"
        members: list[Call] = [("PUT", f"{path}/members/{member}", None) for member in team["members"]]
        teams.append([("PUT", path, {"role": "member", "description": ""}), *members])
    repositories = []
    for repository in organization["repositories"]:
        body = {"namespace": name, "repository": repository["name"]}
        body.update({key: repository[key] for key in ("visibility", "description")})
        path = f"{api}/repository/{name}/{repository['name']}/permissions/team"
        perms: list[Call] = [("PUT", f"{path}/{perm['name']}", {"role": perm["role"]}) for perm in repository["perms"]]
        repositories.append([("POST", f"{api}/repository", body), *perms])
    return [[[("POST", f"{api}/organization/", {"name": name, "email": ""})]], robots, teams, repositories]


def replay(address: str, stages: list[list[list[Call]]]) -> float:
    """Seconds of the bare program."""
    sessions: list[requests.Session] = []

    def session() -> None:
        one = requests.Session()
        one.headers["Authorization"] = f"Bearer {TOKEN}"
        sessions.append(one)

    def send(chain: list[Call]) -> None:
        one = sessions.pop()
        for method, path, body in chain:
            one.request(method, address + path, json=body).raise_for_status()
        sessions.append(one)

    for _dummy in range(WORKERS):
        session()
    start = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        for stage in stages:
            list(pool.map(send, stage))
    return time.perf_counter() - start


def reads(sent: list[Call]) -> float:
    """Seconds that the reads of a first apply take at 12 ms; the bare program does not send them."""
    return 0.012 * sum(method == "GET" for method, _path, _body in sent)


def log(address: str) -> list[Call]:
    entries = requests.get(f"{address}/_emulator/requests", timeout=60).json()
    return [(entry["method"], f"{entry['path']}?{entry['query']}".rstrip("?"), None) for entry in entries]


def clear(address: str) -> None:
    requests.delete(f"{address}/_emulator/requests", timeout=60).raise_for_status()


def switch(address: str, path: str, body: t.Any = None) -> None:
    requests.post(f"{address}/_emulator/{path}", json=body, timeout=60).raise_for_status()


def fresh(address: str) -> None:
    """An empty registry with the members' accounts."""
    settings = requests.get(f"{address}/_emulator/settings", timeout=60).json()
    switch(address, "reset")
    switch(address, "settings", {"latency": settings["latency"]})
    for user in USERS:
        switch(address, "user", {"username": user})
    clear(address)


def main(address: str, file: str) -> None:
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
    from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
    from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import APPLY

    given = {"quay_host": address, "quay_token": TOKEN, "document": json.loads(pathlib.Path(file).read_text())}
    params = ArgumentSpecValidator(APPLY.argument_spec()).validate(given).validated_parameters
    start = time.process_time()
    result = APPLY.start(Context(params, check_mode=False, diff=False, warn=print, basedir="."))
    seconds = time.process_time() - start
    if result["changed"]:
        raise SystemExit("the benchmark's document was not in place yet")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
