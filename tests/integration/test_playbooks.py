# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks of the collection by their full names, as from a command line in an empty folder."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import requests
import yaml

from tests.integration.emulator import ADMIN, TOKEN, Emulator, running
from tests.integration.play import Server, environment

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "playbooks" / "vars" / "platform.yml"
OBJECTS = 67
# By type, a value and how -e, a survey or the environment has it.
FORMS: dict[str, tuple[t.Any, str]] = {
    "int": (1, "1"),
    "bool": (True, "yes"),
    "list": (["payments", "analytics"], "payments, analytics"),
}
SECTIONS = (["teams", "robots"], "teams,robots")
CHOICES = {"provision_exclusive": SECTIONS, "drift_report_exclusive": SECTIONS}


@dataclasses.dataclass
class Terminal:
    """Somebody in a folder, with the address and the token of a registry in the environment."""

    emulator: Emulator
    folder: Path

    def play(self, name: str, *words: str, fails: bool = False, **variables: t.Any) -> str:
        """What a run of the playbook says; ``words``: further arguments, else extra variables."""
        playbook = name if name.endswith(".yml") else f"dockhand.quay.{name}"
        settings = environment(Server(self.emulator.url, {}, ADMIN, (), {}), self.folder)
        given = [word for pair in variables.items() for word in ("-e", "{}={}".format(*pair))]
        ran = subprocess.run(
            [sys.executable, "-m", "ansible", "playbook", playbook, *words, *given],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**settings, "QUAY_HOST": self.emulator.url, "QUAY_TOKEN": TOKEN},
            check=False,
        )
        output = ran.stdout + ran.stderr
        assert bool(ran.returncode) is fails, output
        return output

    def call(self, method: str, path: str, **body: t.Any) -> None:
        url, headers = f"{self.emulator.url}/api/v1{path}", {"Authorization": f"Bearer {TOKEN}"}
        requests.request(method, url, json=body, headers=headers, timeout=10).raise_for_status()

    def written(self) -> int:
        return sum(one["method"] != "GET" for one in self.emulator.switch("GET", "requests"))


@pytest.fixture(scope="module")
def provisioned(tmp_path_factory) -> t.Iterator[Terminal]:
    """The sample on an emulator of its own; the playbook is tried in check mode before."""
    folder = tmp_path_factory.mktemp("playbooks")
    with running(folder) as emulator:
        terminal = Terminal(emulator, folder)
        checked = terminal.play("provision", "--check", "-e", f"@{SAMPLE}")
        assert not terminal.written()
        made = terminal.play("provision", "-e", f"@{SAMPLE}")
        for output in (checked, made):
            assert f'"create {OBJECTS}"' in output
        yield terminal


def test_export_writes_what_provision_takes(provisioned):
    assert '/registry.yml"' in provisioned.play("export", export_dest="registry.yml")
    document = yaml.safe_load((provisioned.folder / "registry.yml").read_text(encoding="utf-8"))
    assert sorted(one["name"] for one in document["organizations"]) == ["analytics", "payments", "platform"]
    assert "changed=0" in provisioned.play("provision", provision_src="registry.yml")


def test_export_of_some_organizations(provisioned):
    words = {"export_dest": "registry", "export_split": "true", "export_sections": "organizations,teams"}
    provisioned.play("export", export_organizations="p*,analytics", **words)
    files = sorted((provisioned.folder / "registry").iterdir())
    assert [file.name for file in files] == ["analytics.yml", "payments.yml", "platform.yml"]
    (payments,) = yaml.safe_load(files[1].read_text(encoding="utf-8"))["organizations"]
    assert [team["name"] for team in payments["teams"]] == ["auditors", "developers", "operations", "owners"]
    assert "changed=0" in provisioned.play("export", export_organizations="p*,analytics", **words)


def test_drift_tells_and_fails_when_asked_to(provisioned):
    folder, variables = provisioned.folder, {"drift_report_dest": "drift.html"}
    document = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["provision_registry"]
    (folder / "sample.json").write_text(json.dumps(document), encoding="utf-8")
    variables |= {"drift_report_src": "sample.json", "drift_report_fail_on_drift": "true"}
    provisioned.play("drift", **variables)
    page = (folder / "drift.html").read_text(encoding="utf-8")
    assert "No drift" in page
    assert re.search(r'class="period">127\.0\.0\.1:\d+, <time>\d{4}-\d\d-\d\d</time>', page)
    provisioned.call("PUT", "/repository/payments/api", description="Ask Bob")
    told = provisioned.play("drift", fails=True, **variables)
    assert "change  repository payments/api: description 'Ask Bob' -> 'REST interface for the shops'" in told
    assert json.loads((folder / "drift.json").read_text(encoding="utf-8"))["summary"]["change"] == 1
    variables["drift_report_fail_on_drift"] = "false"
    provisioned.play("drift", **variables)
    # The tests that share the registry expect it as it was.
    provisioned.call("PUT", "/repository/payments/api", description="REST interface for the shops")


def test_usage_report_writes_a_page(provisioned):
    provisioned.play("usage_report", usage_report_dest="usage.html", usage_report_starttime="1d")
    assert "<title>Registry usage" in (provisioned.folder / "usage.html").read_text(encoding="utf-8")


def variables_of(role: str) -> dict[str, tuple[t.Any, str]]:
    """Those of a role that are no text, each in both forms; a mapping has none."""
    specs = yaml.safe_load((ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    options = specs["argument_specs"]["main"]["options"]
    types = {name: option["type"] for name, option in options.items() if option["type"] not in ("str", "path", "dict")}
    return {name: CHOICES.get(name) or FORMS[kind] for name, kind in types.items()}


@pytest.mark.parametrize(
    ("role", "playbook", "results"),
    [
        ("provision", "provision", ()),
        ("drift_report", "drift", ("page.html", "page.json")),
        ("usage_report", "usage_report", ("page.html", "page.csv")),
    ],
)
def test_every_variable_of_a_role_takes_its_string_form(provisioned, role, playbook, results):
    folder, forms = provisioned.folder, variables_of(role)
    document = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))["provision_registry"]
    (folder / "document.json").write_text(json.dumps(document), encoding="utf-8")
    given = {"provision": {"provision_src": "document.json"}, "usage_report": {"usage_report_starttime": "2026-01-01"}}
    given["drift_report"] = {"drift_report_src": "document.json"}
    texts = {**given[role], **({f"{role}_dest": "page.html"} if results else {})}
    seen = []
    for form in (0, 1):
        values = {**texts, **{name: both[form] for name, both in forms.items()}}
        (folder / "variables.json").write_text(json.dumps(values), encoding="utf-8")
        output = provisioned.play(playbook, "--check" if role == "provision" else "-v", "-e", "@variables.json")
        counts = [line for line in output.splitlines() if f'"unchanged {OBJECTS}' in line]
        seen.append([(folder / name).read_text(encoding="utf-8") for name in results] or counts)
    assert seen[0] and seen[0] == seen[1]


def test_the_policy_of_the_document_applies_unless_a_variable_is_set(provisioned):
    document = {"policy": {"exclusive": ["robots"], "max_deletions": 0}, "organizations": [{"name": "payments"}]}
    document["organizations"][0]["robots"] = []
    (provisioned.folder / "policy.json").write_text(json.dumps(document), encoding="utf-8")
    play = functools.partial(provisioned.play, "provision", "--check", provision_src="policy.json")
    for empty in ({}, {"provision_max_deletions": ""}):
        assert "max_deletions allows 0" in play(fails=True, **empty)
    assert "delete  robot payments+deployer" in play(provision_max_deletions=50)
    (provisioned.folder / "policy.json").write_text(json.dumps({**document, "policy": {"max_deletions": 50}}))
    told = play("-e", "{provision_exclusive: [robots], provision_max_deletions: 0}", fails=True)
    assert "max_deletions allows 0" in told


def test_every_role_is_looked_at():
    assert sorted(folder.name for folder in (ROOT / "roles").iterdir()) == [
        "drift_report",
        "emulator",
        "provision",
        # No playbook has it: test_quay_org.py.
        "quay_org",
        "usage_report",
    ]
    # Started from a shell, where each is a string anyway.
    assert variables_of("emulator") == {"emulator_port": (1, "1")}


def test_an_empty_answer_is_none(provisioned):
    names = ("starttime", "endtime", "organization", "organizations")
    empty = {f"usage_report_{name}": "" for name in names}
    provisioned.play("usage_report", usage_report_dest="empty.html", **empty)
    assert "Unused robots" not in (provisioned.folder / "empty.html").read_text(encoding="utf-8")
