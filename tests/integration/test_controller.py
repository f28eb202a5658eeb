# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each job template of docs/controller, launched as automation controller launches it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.integration.controller import (
    CONFIGURATION,
    PROJECT,
    TEMPLATES,
    Job,
    defaults,
    form,
    injected,
    job_environment,
    launch,
)
from tests.integration.emulator import ADMIN, TOKEN, Emulator
from tests.integration.server import API, Quay

PASSWORD, ALICES = "of-the-admin-of-a-test", "of-alice-of-a-test"
ARCHIVE = "https://example.com/api.tar.gz"
DOCUMENT = {
    "users": [{"username": "alice", "email": "alice@example.com", "password": ALICES}, {"username": "dora"}],
    "organizations": [
        {
            "name": "payments",
            "robots": [{"name": "deployer"}],
            "teams": [{"name": "developers", "role": "creator", "members": ["alice"]}],
            "repositories": [{"name": "api", "description": "Pays"}],
        }
    ],
}
# Passwords (32) and tokens of robots (64) that Quay makes up.
GENERATED = re.compile(r"\b[A-Z0-9]{32}(?:[A-Z0-9]{32})?\b")


class Controller:
    """A controller whose project has the registry document, and whose credential is of the emulator."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.folder = folder
        self.jobs = 0

    @property
    def quay(self) -> Quay:
        return Quay(self.emulator.url, {"quay_token": TOKEN})

    def launch(self, name: str, answers: dict[str, t.Any], *options: str, **inputs: str) -> Job:
        """A job, which shows no secret whatever comes of it."""
        self.jobs += 1
        folder = self.folder / f"job-{self.jobs}"
        registry = folder / "project" / "registry"
        registry.mkdir(parents=True)
        (registry / "all.yml").write_text(yaml.safe_dump(DOCUMENT), encoding="utf-8")
        job = launch(
            TEMPLATES[name], {"host": self.emulator.url, **(inputs or {"token": TOKEN})}, answers, folder, *options
        )
        assert [secret for secret in (TOKEN, PASSWORD, ALICES) if secret in job.text] == []
        assert GENERATED.findall(job.text) == []
        return job

    def well(self, name: str, answers: dict[str, t.Any], *options: str, **inputs: str) -> Job:
        job = self.launch(name, answers, *options, **inputs)
        assert (job.code, job.status, job.results("failed")) == (0, "successful", []), job.output
        return job

    def badly(self, name: str, answers: dict[str, t.Any]) -> str:
        """The sentence of the last task."""
        job = self.launch(name, answers)
        assert (job.code, job.status) == (2, "failed"), job.output
        return t.cast(str, job.results("failed")[-1]["msg"])

    def written(self) -> list[str]:
        """The requests that write, since the last look."""
        log = self.emulator.switch("GET", "requests")
        self.emulator.switch("DELETE", "requests")
        return [f"{one['method']} {one['path']}" for one in log if one["method"] != "GET"]

    def report(self, name: str) -> str:
        return str(self.folder / name)


@pytest.fixture
def controller(emulator, tmp_path) -> Controller:
    emulator.fresh({}, ())
    emulator.switch("POST", "user", {"username": ADMIN, "password": PASSWORD})
    return Controller(emulator, tmp_path)


@pytest.fixture
def provisioned(controller) -> Controller:
    """As the document says."""
    ask = controller.quay.ask
    for user in DOCUMENT["users"]:
        controller.emulator.switch("POST", "user", user)
    ask("POST", f"{API}/organization/", {"name": "payments"})
    ask("PUT", f"{API}/organization/payments/robots/deployer", {})
    ask("PUT", f"{API}/organization/payments/team/developers", {"role": "creator"})
    ask("PUT", f"{API}/organization/payments/team/developers/members/alice", {})
    repository = {"namespace": "payments", "repository": "api", "visibility": "private", "description": "Pays"}
    ask("POST", f"{API}/repository", repository)
    controller.written()
    return controller


def test_provision(controller):
    template = TEMPLATES["provision"]
    foretold = controller.well("provision", form(template), "--check")
    assert controller.written() == []
    job = controller.well("provision", form(template, provision_exclusive=["robots"]))
    assert controller.written()
    assert "create  robot payments+deployer" in foretold.output
    assert "create  robot payments+deployer" in job.output
    (robot,) = controller.quay.ask("GET", f"{API}/organization/payments/robots?token=true")["robots"]
    assert robot["name"] == "payments+deployer"
    assert GENERATED.fullmatch(robot["token"])
    again = controller.well("provision", defaults(template))
    assert controller.written() == []
    assert "unchanged" in again.output
    assert any(event["event"] == "playbook_on_stats" for event in again.events)


def test_provision_with_a_password(controller):
    controller.well("provision", defaults(TEMPLATES["provision"]), username=ADMIN, password=PASSWORD)
    assert controller.written().count(f"POST {API}/signin") == 1


def test_provision_refuses_many_removals(provisioned):
    for number in range(3):
        provisioned.quay.ask("PUT", f"{API}/organization/payments/robots/byhand{number}", {})
    provisioned.written()
    answers = form(TEMPLATES["provision"], provision_exclusive=["robots"], provision_max_deletions="2")
    assert "3" in provisioned.badly("provision", answers)
    assert provisioned.written() == []


def test_drift(provisioned):
    template, page = TEMPLATES["drift"], provisioned.report("drift.html")
    answers = {**defaults(template), "drift_report_dest": page}
    provisioned.well("drift", {**answers, "drift_report_fail_on_drift": "true"})
    provisioned.quay.ask("PUT", f"{API}/repository/payments/api", {"description": "by hand"})
    provisioned.written()
    told = provisioned.well("drift", form(template, **answers))
    assert "change  repository payments/api" in told.output
    said = provisioned.badly("drift", {**answers, "drift_report_fail_on_drift": "true"})
    assert said == f"The registry differs from its document, see {page}."
    assert provisioned.written() == []
    assert f"Drift of {provisioned.emulator.url}" in Path(page).read_text(encoding="utf-8")
    assert json.loads(Path(page).with_suffix(".json").read_text(encoding="utf-8"))["drift"]


def test_export(provisioned):
    template = TEMPLATES["export"]
    provisioned.well("export", form(template, export_dest=provisioned.report("all.yml")))
    only = {"export_dest": provisioned.report("all"), "export_split": "true", "export_organizations": "payments, pay*"}
    provisioned.well("export", {**defaults(template), **only, "export_sections": ["organizations", "robots"]})
    assert provisioned.written() == []
    assert "deployer" in Path(provisioned.report("all.yml")).read_text(encoding="utf-8")
    assert [file.name for file in Path(provisioned.report("all")).iterdir()] == ["payments.yml"]


def test_usage_report(provisioned):
    template, page = TEMPLATES["usage_report"], Path(provisioned.report("usage.html"))
    provisioned.well("usage_report", form(template, usage_report_dest=str(page)))
    assert f"Usage of {provisioned.emulator.url}" in page.read_text(encoding="utf-8")
    assert page.with_suffix(".csv").exists()
    wrong = {**defaults(template), "usage_report_dest": str(page), "usage_report_starttime": "{{ 1 + 1 }} days"}
    assert "invalid value '{{ 1 + 1 }} days'" in provisioned.badly("usage_report", wrong)


def test_build(provisioned):
    template = TEMPLATES["build"]
    provisioned.emulator.switch("POST", "settings", {"build_phases": {"waiting": 0.1}})
    answers = form(
        template, build_repository="payments/api", build_archive_url=ARCHIVE, build_docker_tags="1.4.0,latest"
    )
    job = provisioned.well("build", answers)
    assert provisioned.written() == [f"POST {API}/repository/payments/api/build/"]
    assert "payments/api:1.4.0" in job.output and "payments/api:latest" in job.output
    provisioned.well("build", answers)
    assert provisioned.written() == []
    provisioned.well("build", {**answers, "build_force": "true"})
    assert provisioned.written() == [f"POST {API}/repository/payments/api/build/"]


def test_build_by_a_trigger(provisioned):
    source = "https://git.example.com/api.git"
    trigger = {"build_source": source, "dockerfile_path": "/Dockerfile", "context": "/"}
    provisioned.emulator.switch("POST", "settings", {"build_phases": {"waiting": 0.1}})
    provisioned.emulator.switch("POST", "triggers", {"repository": "payments/api", "config": trigger})
    asked = {"build_repository": "payments/api", "build_trigger": source, "build_commit_sha": "9fceb02d0ae598e9"}
    provisioned.well("build", form(TEMPLATES["build"], **asked))


def test_build_fails(provisioned):
    log = ["Step 1", {"message": "no space left", "type": "error"}]
    provisioned.emulator.switch("POST", "settings", {"build_phases": {"waiting": 0.1, "error": {"log": log}}})
    said = provisioned.badly(
        "build", form(TEMPLATES["build"], build_repository="payments/api", build_archive_url=ARCHIVE)
    )
    assert said.endswith("ended in phase error. Its log ends with:\nStep 1\nno space left")


def test_a_token_that_ended(controller):
    ended = "ended" * 8
    answers = form(TEMPLATES["export"], export_dest=controller.report("all.yml"))
    job = controller.launch("export", answers, token=ended)
    assert (job.code, job.status) == (2, "failed")
    assert "token" in job.results("failed")[0]["msg"]
    assert ended not in job.text


def test_a_certificate_authority(provisioned):
    """A path that leads nowhere would be refused."""
    answers = form(TEMPLATES["export"], export_dest=provisioned.report("all.yml"))
    provisioned.well("export", answers, token=TOKEN, ca="-----BEGIN CERTIFICATE-----\n")


def test_inventory_source(provisioned, tmp_path):
    """Controller updates it with the environment of its credential, and without extra variables."""
    (source,) = CONFIGURATION["controller_inventory_sources"]
    command = [sys.executable, "-m", "ansible", "inventory", "--list", "--export", "-vvvv"]
    env, _extra_vars = injected({"host": provisioned.emulator.url, "token": TOKEN}, tmp_path)
    told = subprocess.run(
        [*command, "--inventory", str(PROJECT / source["source_path"])],
        env={**job_environment(provisioned.emulator.url, tmp_path), **env},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout[told.stdout.index("\n{") :])["quay_organizations"]["hosts"] == ["payments"]
    assert TOKEN not in told.stdout + told.stderr
