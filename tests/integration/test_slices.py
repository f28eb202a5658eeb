# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Slices of a registry, through the inventory plugin on the emulator, do what one run does."""

from __future__ import annotations

import typing as t

from tests.integration.emulator import Emulator, running
from tests.integration.place import Api, Place

SLICES = 4
PLAYBOOK = """\
- hosts: quay_organizations
  gather_facts: false
  module_defaults:
    group/dockhand.quay.quay: {quay_host: "{{ quay_host }}"}
  tasks:
    - dockhand.quay.quay_team: {organization: "{{ quay_organization }}", name: auditors, role: member}
    - dockhand.quay.quay_repository: {name: "{{ quay_organization }}/base", visibility: private}
"""


def state(emulator: Emulator) -> dict[str, t.Any]:
    """Teams and repositories of each organization."""
    api = Api(emulator)
    found = {}
    for one in api.call("GET", "/superuser/organizations/")["organizations"]:
        teams = api.call("GET", f"/organization/{one['name']}")["teams"]
        repositories = api.call("GET", f"/repository?namespace={one['name']}")["repositories"]
        shown = {team["name"]: team["role"] for team in teams.values()}
        found[one["name"]] = shown, [(one["name"], one["is_public"]) for one in repositories]
    return found


def test_slices_do_what_one_run_does(emulator, tmp_path, tmp_path_factory):
    """As automation controller slices a job: the hosts sorted, and every fourth of them."""
    names = [f"team-{number:02}" for number in range(40)]
    with running(tmp_path_factory.mktemp("whole-")) as other:
        whole, sliced = Place(other, tmp_path_factory.mktemp("one-run-")), Place(emulator, tmp_path)
        emulator.fresh({}, ())
        for place in (whole, sliced):
            Api(place.emulator).organizations(*names)
            place.write("quay.yml")
            (place.folder / "play.yml").write_text(PLAYBOOK, encoding="utf-8")
        hosts = sorted(sliced.told("-i", "quay.yml")["quay_organizations"]["hosts"])
        assert hosts == names
        for place in (whole, sliced):
            place.sent()
        play = ("playbook", "-i", "quay.yml", "play.yml", "--forks", "5")
        for number in range(SLICES):
            (tmp_path / f"slice-{number}").write_text("\n".join(hosts[number::SLICES]), encoding="utf-8")
        runs = [sliced.command(*play, "--limit", f"@slice-{number}") for number in range(SLICES)]
        outputs = [run.communicate()[0] for run in runs]
        assert [run.returncode for run in runs] == [0] * SLICES, "\n".join(outputs)
        assert all(output.count("changed=2") == len(names) // SLICES for output in outputs)
        one = whole.command(*play)
        assert one.communicate()[0].count("changed=2") == len(names)
        written = sliced.written()
        assert len(written) == 2 * len(names)
        assert written == whole.written()
        assert state(emulator) == state(other)
