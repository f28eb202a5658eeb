# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make demo`: provision a registry, twice; change it by hand; have it repaired. Fails where that does not hold."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
SAMPLE = Path("playbooks/vars/platform.yml")
KINDS = {
    "quay_user": "users",
    "quay_organization": "organizations",
    "quay_quota": "quotas",
    "quay_robot": "robots",
    "quay_team": "teams",
    "quay_default_perm": "default permissions",
    "quay_repository": "repositories",
}


class Wrong(Exception):
    """Something that the demo promises does not hold."""


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def headline(text: str) -> None:
    say("", text, "-" * len(text))


def hold(truth: object, otherwise: str) -> None:
    if not truth:
        raise Wrong(otherwise)


def playbook(name: str, *arguments: str, environment: dict[str, str] | None = None) -> list[dict]:
    """Run a playbook with the callback of this folder; its results, in order."""
    with tempfile.TemporaryDirectory() as folder:
        tally = Path(folder) / "tally"
        command = ["ansible-playbook", "-i", "localhost,", "-c", "local", name, *arguments]
        ran = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
                "ANSIBLE_STDOUT_CALLBACK": "tally",
                "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
                "DEMO_TALLY": str(tally),
                **(environment or {}),
            },
        )
        notes = [json.loads(line) for line in tally.read_text().splitlines()] if tally.exists() else []
    if ran.returncode:
        reasons = [str(note["message"]) for note in notes if note["failed"]]
        raise Wrong("\n".join([f"{' '.join(command)} failed:", *(reasons or [ran.stdout, ran.stderr])]))
    return notes


class Registry:
    """A Quay, or the emulator, as seen through its API."""

    def __init__(self, url: str, token: str, emulated: bool) -> None:
        self.url, self.token, self.emulated = url.rstrip("/"), token, emulated

    def call(self, method: str, path: str, body: object = None, base: str = "/api/v1") -> object:
        request = urllib.request.Request(
            f"{self.url}{base}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def by_hand(self, what: str, method: str, path: str, body: object = None) -> None:
        """A change that somebody makes past the document."""
        say(f"  {what}:", f"    {method} /api/v1{path}" + (f" {json.dumps(body)}" if body else ""))
        self.call(method, path, body)

    def grants(self, repository: str, kind: str) -> dict[str, str]:
        found = self.call("GET", f"/repository/{repository}/permissions/{kind}/")["permissions"]
        return {name: entry["role"] for name, entry in found.items()}


class Run:
    """One run of dockhand.quay.provision, counted."""

    def __init__(self, registry: Registry, document: Path, *flags: str) -> None:
        if registry.emulated:
            registry.call("DELETE", "/requests", base="/_emulator")
        start = time.monotonic()
        access = {"QUAY_HOST": registry.url, "QUAY_TOKEN": registry.token}
        notes = playbook("dockhand.quay.provision", "-e", f"@{document}", *flags, environment=access)
        self.seconds = time.monotonic() - start
        sent = registry.call("GET", "/requests", base="/_emulator") if registry.emulated else []
        self.requests = len(sent)
        self.writes = sum(request["method"] != "GET" for request in sent)
        self.told = f"{self.seconds:.1f} s" + (f", {self.requests} requests" if registry.emulated else "")
        self.notes = [note for note in notes if note["action"] in KINDS]
        self.changed = [note for note in self.notes if note["changed"]]

    def table(self, word: str = "changed") -> None:
        say(f"  {'':22}{word:>12}{'unchanged':>12}")
        for action, kind in KINDS.items():
            of_kind = [note["changed"] for note in self.notes if note["action"] == action]
            if of_kind:
                say(f"  {kind:22}{sum(of_kind):>12}{len(of_kind) - sum(of_kind):>12}")
        say(f"  {'together':22}{len(self.changed):>12}{len(self.notes) - len(self.changed):>12}    ({self.told})")

    def labels(self, action: str) -> set[str]:
        return {note["label"] for note in self.changed if note["action"] == action}


def rename(document: dict, prefix: str) -> dict:
    """The sample with names of its own, for a registry that may hold others of the same names."""
    text = json.dumps(document)
    registry = document["provision_registry"]
    organizations = [one["name"] for one in registry["organizations"]]
    for name in [*organizations, *(user["username"] for user in registry["users"])]:
        for before, after in (('"', '"'), ('"', "+"), ('"', "@")):
            text = text.replace(f"{before}{name}{after}", f"{before}{prefix}{name}{after}")
    return json.loads(text)


def count(document: dict) -> str:
    registry = document["provision_registry"]
    organizations = registry["organizations"]

    def below(section: str) -> int:
        return sum(len(one.get(section, [])) for one in organizations)

    grants = sum(len(one.get("perms", [])) for org in organizations for one in org["repositories"])
    return (
        f"{len(registry['users'])} users, {len(organizations)} organizations with quotas, {below('robots')} robots, "
        f"{below('teams')} teams, {below('default_perms')} default\n"
        f"permissions, and {below('repositories')} repositories with {grants} permissions"
    )


def look(registry: Registry, document: dict) -> None:
    """What is there, asked of the registry itself."""
    seen = {"robots": 0, "teams": 0, "repositories": 0}
    for declared in document["provision_registry"]["organizations"]:
        name = declared["name"]
        robots = registry.call("GET", f"/organization/{name}/robots")["robots"]
        repositories = registry.call("GET", f"/repository?namespace={name}")["repositories"]
        there = {
            "robots": {one["name"].split("+")[1] for one in robots},
            "teams": set(registry.call("GET", f"/organization/{name}")["teams"]),
            "repositories": {one["name"] for one in repositories},
        }
        for section, names in there.items():
            missing = {one["name"] for one in declared[section]} - names
            hold(not missing, f"{section} that {name} should have and has not: {sorted(missing)}")
            seen[section] += len(declared[section])
    told = ", ".join(f"{number} {section}" for section, number in seen.items())
    say(f"Asked of its API, the registry has them: {told}.")


def differences(note: dict) -> list[str]:
    """The fields of one object that a run changes."""
    diffs = note["diff"] if isinstance(note["diff"], list) else [note["diff"] or {}]
    lines = []
    for diff in diffs:
        before, after = (diff.get(side) or {} for side in ("before", "after"))
        for field in sorted({*before, *after}):
            old, new = before.get(field), after.get(field)
            if isinstance(old, list) and isinstance(new, list):
                lines += [f"{field}: removes {brief(one)}" for one in old if one not in new]
                lines += [f"{field}: adds {brief(one)}" for one in new if one not in old]
            elif old != new:
                lines.append(f"{field}: {brief(old)} -> {brief(new)}")
    return lines


def brief(value: object) -> str:
    return " ".join(str(one) for one in value.values()) if isinstance(value, dict) else str(value)


def story(registry: Registry, document: dict, path: Path) -> None:
    headline("2. Provision it from one document")
    say(f"{SAMPLE} declares {count(document)}.", f"  ansible-playbook dockhand.quay.provision -e @{SAMPLE}")
    first = Run(registry, path)
    first.table("created")
    total = len(first.notes)
    hold(len(first.changed) == total, "The registry was empty, so the first run should have made everything.")
    look(registry, document)

    headline("3. Run the same once more")
    second = Run(registry, path)
    hold(not second.changed, "The second run should have changed nothing.")
    hold(len(second.notes) == total, "The second run should have looked at everything.")
    hold(not second.writes, "The second run should only have read.")
    say(f"  {total} objects compared with the registry, changed=0    ({second.told})")
    if registry.emulated:
        say("Only reads were sent.")

    drift(registry, document, path)


def drift(registry: Registry, document: dict, path: Path) -> None:
    platform, payments, analytics = (one["name"] for one in document["provision_registry"]["organizations"])
    headline("4. Change things by hand, past the document")
    api, ledger, dashboard = f"{payments}/api", f"{payments}/ledger", f"{analytics}/dashboard"
    robot, deployer, scanner = f"{analytics}+dashboards", f"{payments}+deployer", f"{platform}+scanner"
    admins = f"{platform}/admins"
    admins_path = f"/organization/{platform}/team/admins/members"
    registry.by_hand("Another description", "PUT", f"/repository/{api}", {"description": "Ask Bob"})
    registry.by_hand(
        "A robot among the administrators (the document has append: false for them, so nobody may be added)",
        "PUT",
        f"{admins_path}/{scanner}",
    )
    registry.by_hand("A permission removed", "DELETE", f"/repository/{ledger}/permissions/user/{deployer}")
    registry.by_hand(
        "A robot deleted, and with it its permission on a repository",
        "DELETE",
        f"/organization/{analytics}/robots/dashboards",
    )

    headline("5. Ask what a run would change: --check --diff")
    checked = Run(registry, path, "--check", "--diff")
    report(checked)
    hold(not checked.writes, "Check mode should only have read.")
    say(f"Nothing was changed yet.    ({checked.told})")

    headline("6. Run it, to have that repaired")
    repaired = Run(registry, path)
    repaired.table()
    for run in (checked, repaired):
        repositories, teams = run.labels("quay_repository"), run.labels("quay_team")
        hold(repositories == {api, ledger, dashboard}, f"Other repositories than expected: {repositories}.")
        hold(teams == {admins}, f"Other teams than expected: {teams}.")
        hold(len(run.changed) == 5, f"{len(run.changed)} changes, where 5 were expected.")
    members = [one["name"] for one in registry.call("GET", admins_path)["members"]]
    robots = [one["name"] for one in registry.call("GET", f"/organization/{analytics}/robots")["robots"]]
    hold(registry.call("GET", f"/repository/{api}")["description"] != "Ask Bob", f"{api} has the wrong description.")
    hold(scanner not in members, f"{scanner} still is in {admins}.")
    hold(registry.grants(ledger, "user").get(deployer) == "read", f"{deployer} may not read {ledger}.")
    hold(robot in robots, f"{robot} is not there.")
    hold(registry.grants(dashboard, "user").get(robot) == "read", f"{robot} may not read {dashboard}.")
    say("Asked of its API, the registry is as declared again: exactly these five were changed, and nothing else.")


def report(run: Run) -> None:
    for note in run.changed:
        if note["action"] == "quay_robot":
            say("  robots: one is missing (Ansible hides which one, as its token would be in the same result)")
        else:
            for line in differences(note):
                say(f"  {note['label']}: {line}")


def on_emulator() -> None:
    with tempfile.TemporaryDirectory(prefix="quay-demo-") as folder:
        settings = ["-e", f"emulator_directory={folder}", "-e", f"emulator_python={sys.executable}"]
        headline("1. Start a registry")
        started = playbook(str(HERE / "emulator.yml"), *settings, "-e", "emulator_state=started")
        try:
            facts = next(note["facts"] for note in reversed(started) if "emulator_host" in note["facts"])
            registry = Registry(facts["emulator_host"], facts["emulator_token"], emulated=True)
            say(
                f"The emulator, a small program that answers like Quay's API, runs at {registry.url}. It is empty.",
                "(With QUAY_HOST and QUAY_TOKEN set, the demo takes that Quay instead, and removes all it made.)",
            )
            story(registry, yaml.safe_load(SAMPLE.read_text()), SAMPLE)
        finally:
            headline("7. Stop the registry")
            playbook(str(HERE / "emulator.yml"), *settings, "-e", "emulator_state=stopped")
        try:
            registry.call("GET", "/config", base="")
        except urllib.error.URLError:
            say("The emulator is stopped. Nothing is left running.")
        else:
            raise Wrong("The emulator still answers.")


def on_quay(url: str, token: str) -> None:
    registry = Registry(url if "://" in url else f"https://{url}", token, emulated=False)
    prefix = f"demo-{secrets.token_hex(3)}-"
    document = rename(yaml.safe_load(SAMPLE.read_text()), prefix)
    headline("1. Take the registry that QUAY_HOST names")
    say(f"All names of the sample begin with {prefix} here, so that nothing of yours is touched.")
    with tempfile.TemporaryDirectory(prefix="quay-demo-") as folder:
        if registry.call("GET", "/config", base="")["config"]["AUTHENTICATION_TYPE"] != "Database":
            say("Its accounts come from a directory, so the users of the sample are left out.")
            leave_users_out(document["provision_registry"])
        path = Path(folder) / "platform.yml"
        path.write_text(yaml.safe_dump(document))
        try:
            story(registry, document, path)
        finally:
            headline("7. Clean up")
            if os.environ.get("KEEP") == "1":
                say(f"KEEP=1: all that begins with {prefix} stays.")
            else:
                clean_up(registry, document["provision_registry"])
                say("The organizations, with all in them, and the users are deleted.")


def leave_users_out(declared: dict) -> None:
    """Robots have a + in their names."""
    declared["users"] = []
    for organization in declared["organizations"]:
        for team in organization["teams"]:
            team["members"] = [name for name in team["members"] if "+" in name]
        for repository in organization["repositories"]:
            grants = repository.get("perms", [])
            repository["perms"] = [one for one in grants if one.get("type") == "team" or "+" in one["name"]]


def clean_up(registry: Registry, declared: dict) -> None:
    for organization in declared["organizations"]:
        remove(registry, f"/organization/{organization['name']}")
    for user in declared["users"]:
        remove(registry, f"/superuser/users/{user['username']}")


def remove(registry: Registry, path: str) -> None:
    try:
        registry.call("DELETE", path)
    except urllib.error.HTTPError as error:
        # A run that failed may not have come this far.
        if error.code != 404:
            say(f"DELETE {path} was answered with {error.code}.")


def main() -> int:
    url, token = os.environ.get("QUAY_HOST"), os.environ.get("QUAY_TOKEN")
    start = time.monotonic()
    say("dockhand.quay: a registry from one YAML document")
    try:
        if url and token:
            on_quay(url, token)
        else:
            on_emulator()
    except (Wrong, urllib.error.URLError) as error:
        say("", f"The demo failed: {error}")
        return 1
    say("", f"The demo is over, after {time.monotonic() - start:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
