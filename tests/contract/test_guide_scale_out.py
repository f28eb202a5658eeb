# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The guide on scaling out, as its reader follows it: every file is written, every command runs, in their order.

Its registries are two emulators, the first of them with 200 organizations.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest

from tests.contract.guide import GUIDES, blocks
from tests.integration.emulator import ADMIN, TOKEN, Emulator, running
from tests.integration.play import Server, environment
from tests.integration.server import API, Quay

GUIDE = GUIDES / "guide_scale_out.rst"
TEAMS = [f"team-{number:03}" for number in range(200)]
# Name, whether it has a description; all are public.
REPOSITORIES = {"team-000/web": False, "team-001/web": True, "team-002/sandbox": False, "team-100/web": False}
OF_STAGING = ["lab", "team-001"]


@dataclasses.dataclass(frozen=True)
class Step:
    """What came of a block of commands: ``written`` are the requests that changed each registry, sorted."""

    output: str
    written: tuple[list[str], list[str]]


def written(emulator: Emulator) -> list[str]:
    log = emulator.switch("GET", "requests")
    emulator.switch("DELETE", "requests")
    return sorted(f"{one['method']} {one['path'].removeprefix(API)}" for one in log if one["method"] != "GET")


def prepare(production: Emulator, staging: Emulator) -> None:
    for emulator, names in ((production, TEAMS), (staging, OF_STAGING)):
        quay = Quay(emulator.url, {"quay_token": TOKEN})
        for name in names:
            quay.ask("POST", f"{API}/organization/", {"name": name})
    quay = Quay(production.url, {"quay_token": TOKEN})
    for name, described in REPOSITORIES.items():
        namespace, repository = name.split("/")
        body = {"namespace": namespace, "repository": repository, "visibility": "public"}
        quay.ask("POST", f"{API}/repository", {**body, "description": "pages" if described else ""})
    written(production), written(staging)


def settings_for(production: Emulator, home: Path) -> dict[str, str]:
    return {
        **environment(Server(production.url, {}, ADMIN, (), {}), home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "QUAY_HOST": production.url,
        "QUAY_TOKEN": TOKEN,
        "PRODUCTION_TOKEN": TOKEN,
        "STAGING_TOKEN": TOKEN,
    }


@pytest.fixture(scope="module")
def steps(tmp_path_factory) -> dict[str, list[Step]]:
    """What came of the commands of each section."""
    folder: Path = tmp_path_factory.mktemp("scale-out-")
    done: dict[str, list[Step]] = {}
    with running(tmp_path_factory.mktemp("a-")) as production, running(tmp_path_factory.mktemp("b-")) as staging:
        prepare(production, staging)
        settings = settings_for(production, tmp_path_factory.mktemp("home-"))
        for section, file, block in blocks(GUIDE):
            if file:
                content = block.replace("https://quay.example.com", production.url)
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(
                    content.replace("https://staging.example.com", staging.url), encoding="utf-8"
                )
            elif "read -rs" not in block:
                command = ["bash", "-euo", "pipefail", "-c", block]
                told = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
                assert (told.returncode, told.stderr) == (0, ""), f"{section}: {block}{told.stdout}{told.stderr}"
                step = Step(told.stdout, (written(production), written(staging)))
                done.setdefault(section, []).append(step)
    return done


def auditors(names: t.Iterable[str]) -> list[str]:
    return [f"PUT /organization/{name}/team/auditors" for name in names]


def worked_on(output: str) -> list[str]:
    return re.findall(r"^(\S+) +: ok=1", output, re.MULTILINE)


def test_organizations_as_hosts(steps):
    look, work = steps["Organizations as hosts"]
    assert re.findall(r"team-\d{3}(?=\n)", look.output) == TEAMS
    assert '"quay_organization": "team-001"' in look.output
    assert look.written == ([], [])
    # The run in check mode comes first.
    assert len(worked_on(work.output)) == 10 + 2
    assert work.written == (auditors(["team-001", "team-002"]), [])


def test_four_slices_by_hand(steps):
    (step,) = steps["Four slices by hand"]
    assert step.output == ""
    assert step.written == (auditors(name for name in TEAMS if name not in ("team-001", "team-002")), [])


@pytest.mark.parametrize(
    ("token", "playbook", "failed"),
    [
        ("dead", "- hosts: all\n  tasks: []\n", ["aa", "ab", "ac", "ad"]),
        (TOKEN, "no playbook", ["aa", "ab", "ac", "ad"]),
        (TOKEN, "- hosts: team-002\n  tasks: [{ansible.builtin.fail: }]\n", ["ac"]),
    ],
)
def test_slices_that_fail_say_so(tmp_path, tmp_path_factory, token, playbook, failed):
    """Even where nothing ran; a reader's shell goes on after the command that could list nothing."""
    (commands,) = (block for section, _file, block in blocks(GUIDE) if section == "Four slices by hand")
    for _section, file, content in blocks(GUIDE):
        if file in ("quay.yml", "ansible.cfg"):
            (tmp_path / file).write_text(content, encoding="utf-8")
    (tmp_path / "auditors.yml").write_text(playbook, encoding="utf-8")
    with running(tmp_path_factory.mktemp("a-")) as emulator:
        for name in TEAMS[:4]:
            Quay(emulator.url, {"quay_token": TOKEN}).ask("POST", f"{API}/organization/", {"name": name})
        settings = {**settings_for(emulator, tmp_path_factory.mktemp("home-")), "QUAY_TOKEN": token}
        command = ["bash", "-c", commands]
        ran = subprocess.run(command, check=False, cwd=tmp_path, env=settings, stdout=subprocess.PIPE, text=True)
    assert sorted(ran.stdout.splitlines()) == [f"slice-{name} failed" for name in failed]


def test_slices_that_stay_the_same(steps):
    (step,) = steps["Slices that stay the same"]
    slices = [worked_on(output) for output in step.output.split("PLAY RECAP")[1:]]
    assert len(slices) == 4 and all(30 < len(one) < 70 for one in slices)
    assert sorted(name for one in slices for name in one) == TEAMS
    assert step.written == ([], [])


def test_repositories_as_hosts(steps):
    (step,) = steps["Repositories as hosts"]
    assert step.written == (["POST /repository/team-000/web/changevisibility"], [])


def test_several_registries(steps):
    (step,) = steps["Several registries as hosts"]
    assert step.written == (["POST /organization/"], ["POST /organization/"])


def test_organizations_of_several_registries(steps):
    (step,) = steps["Organizations of several registries"]
    ours, theirs = (
        [f"PUT /organization/{name}/team/readers" for name in names]
        for names in (TEAMS[:10], sorted([*OF_STAGING, "platform"]))
    )
    assert step.written == (ours, theirs)
