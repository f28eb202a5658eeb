# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make demo`: plan, provision, repair, export and look at a registry. Fails if something is not as expected."""

from __future__ import annotations

import csv
import datetime as dt
import os
import secrets
import shutil
import sys
import tempfile
import time
import urllib.error
from pathlib import Path

import yaml
from sample import SAMPLE, clean_up, count, has_federations, leave_federations_out, leave_users_out, look, rename
from stage import HERE, Registry, Run, Wrong, headline, hold, playbook, say

# What the demo leaves behind to be looked at.
OUTPUT = Path("build/demo")
# Of a real Quay the accounts of others are nobody's business.
SECTIONS = "organizations,quota,robots,teams,default_perms,repositories"


def story(registry: Registry, declared: dict, path: Path) -> None:
    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    provision(registry, declared, path)
    objects = spoil(registry, declared)
    report(registry, path, objects)
    repair(registry, declared, path, objects)
    export(registry, declared)
    usage(registry, declared)


def provision(registry: Registry, declared: dict, path: Path) -> None:
    document = ["-e", f"@{path}"]
    shown = f"-e @{SAMPLE}"

    headline("2. Preview the changes: --check")
    say(f"{SAMPLE} declares {count(declared)}.")
    plan = Run(registry, "provision", *document, "--check", shown=f"{shown} --check")
    plan.table("would be created")
    hold(not plan.writes, "Check mode changed something.")

    headline("3. Apply the document")
    first = Run(registry, "provision", *document, shown=shown)
    hold(first.lines == plan.lines, "The run did something else than check mode predicted.")
    say(f"  created {first.counts['create']}, exactly as predicted    ({first.told})")
    look(registry, declared)

    headline("4. Apply it again")
    second = Run(registry, "provision", *document, shown=shown)
    hold(not second.lines, "The second run changed something.")
    hold(second.counts == {"unchanged": len(first.lines)}, "The second run did not compare all objects.")
    hold(not second.writes, "The second run sent changes.")
    say(f"  unchanged {second.counts['unchanged']}    ({second.told})")


def spoil(registry: Registry, declared: dict) -> list[str]:
    """Drift, and the objects that it is in."""
    platform, payments, analytics = (one["name"] for one in declared["organizations"])
    headline("5. Make some changes by hand, without the document")
    registry.by_hand("Change a description", "PUT", f"/repository/{payments}/api", {"description": "Ask Bob"})
    registry.by_hand(
        "Add a robot to the administrators (the document has append: false there, so it is drift)",
        "PUT",
        f"/organization/{platform}/team/admins/members/{platform}+scanner",
    )
    grant = f"/repository/{payments}/ledger/permissions/user/{payments}+deployer"
    registry.by_hand("Remove a permission", "DELETE", grant)
    robots = f"/organization/{analytics}/robots"
    registry.by_hand("Delete a robot, and with it its permission on a repository", "DELETE", f"{robots}/dashboards")
    registry.by_hand("Create a robot that the document does not declare", "PUT", f"{robots}/bobs-laptop", {})
    return sorted(
        [
            f"repository {payments}/api",
            f"team {platform}/admins",
            f"repository {payments}/ledger",
            f"robot {analytics}+dashboards",
            f"repository {analytics}/dashboard",
            f"robot {analytics}+bobs-laptop",
        ]
    )


def report(registry: Registry, path: Path, objects: list[str]) -> None:
    headline("6. Create a drift report")
    page = OUTPUT / "drift.html"
    # The role takes files that hold the document alone, as exports do.
    document = OUTPUT / "registry.yml"
    document.write_text(yaml.safe_dump(yaml.safe_load(path.read_text())["provision_registry"], sort_keys=False))
    arguments = ["-e", f"drift_report_src={document}", "-e", f"drift_report_dest={page}"]
    exclusive = ["-e", "drift_report_exclusive=robots"]
    say(f"{document} is the same document, without the variable name provision_registry.")
    found = Run(registry, "drift", *arguments, *exclusive)
    say(*(f"  {line}" for line in found.lines))
    hold(found.objects() == objects, f"Other drift than expected: {found.objects()}.")
    hold(not found.writes, "The report changed something.")
    say(f"Nothing is changed yet. The report is {page}; open it in a browser.    ({found.told})")


def repair(registry: Registry, declared: dict, path: Path, objects: list[str]) -> None:
    headline("7. Repair the drift")
    arguments = ["-e", "provision_exclusive=robots"]
    repaired = Run(registry, "provision", "-e", f"@{path}", *arguments, shown=f"-e @{SAMPLE} {' '.join(arguments)}")
    hold(repaired.objects() == objects, f"Other changes than expected: {repaired.objects()}.")
    say(f"  {', '.join(f'{action} {number}' for action, number in repaired.counts.items())}    ({repaired.told})")
    platform, payments, analytics = (one["name"] for one in declared["organizations"])
    members = registry.call("GET", f"/organization/{platform}/team/admins/members")["members"]
    robots = {one["name"] for one in registry.call("GET", f"/organization/{analytics}/robots")["robots"]}
    dashboards, deployer = f"{analytics}+dashboards", f"{payments}+deployer"
    for truth, otherwise in (
        (registry.call("GET", f"/repository/{payments}/api")["description"] != "Ask Bob", "The description is wrong."),
        (f"{platform}+scanner" not in [one["name"] for one in members], "The robot is still an administrator."),
        (registry.grants(f"{payments}/ledger", "user").get(deployer) == "read", f"{deployer} has no read permission."),
        (
            registry.grants(f"{analytics}/dashboard", "user").get(dashboards) == "read",
            f"{dashboards} has no read permission.",
        ),
        (dashboards in robots, f"{dashboards} does not exist."),
        (f"{analytics}+bobs-laptop" not in robots, "The undeclared robot still exists."),
    ):
        hold(truth, otherwise)
    say("The API confirms it: exactly these six objects were changed, and the registry is as declared again.")


def export(registry: Registry, declared: dict) -> None:
    headline("8. Export the registry, as you would if it had no document yet")
    folder = OUTPUT / "export"
    names = ",".join(one["name"] for one in declared["organizations"])
    arguments = {"organizations": names, "sections": SECTIONS, "dest": str(folder), "split": "true"}
    done = Run(
        registry, "export", *(word for name, value in arguments.items() for word in ("-e", f"export_{name}={value}"))
    )
    for file in (folder / f"{one['name']}.yml" for one in declared["organizations"]):
        say(f"  {file}: {len(file.read_text().splitlines())} lines")
    say(f"The files contain no secrets. In Git, they show what changes from day to day.    ({done.told})")
    again = Run(registry, "provision", "-e", f"provision_src={folder}", "--check")
    hold(not again.lines, f"The export differs from the registry: {again.lines}")
    say(f"  unchanged {again.counts['unchanged']}: the export is a document that can be applied.    ({again.told})")


def usage(registry: Registry, declared: dict) -> None:
    headline("9. Report who used the registry")
    payments = declared["organizations"][1]["name"]
    today = dt.datetime.now(tz=dt.timezone.utc).date()
    if registry.emulated:
        say("The emulator has no real users, so the demo first adds a week of sample pulls and pushes to its logs.")
        days = {"start": str(today - dt.timedelta(days=6)), "end": str(today)}
        for robot, kind, number in (
            ("deployer", "pull_repo", 90),
            ("staging", "pull_repo", 30),
            ("ci", "push_repo", 20),
        ):
            entries = {"kinds": [kind], "performers": [f"{payments}+{robot}"], "count": number, "seed": number, **days}
            made_up = {"namespace": payments, "repository": "api", **entries}
            registry.call("POST", "/logs", made_up, base="/_emulator")
    page = OUTPUT / "usage.html"
    arguments = {"organization": payments, "dest": str(page), "starttime": str(today - dt.timedelta(days=6))}
    done = Run(
        registry,
        "usage_report",
        *(word for name, value in arguments.items() for word in ("-e", f"usage_report_{name}={value}")),
    )
    with page.with_suffix(".csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for figure in ("performer", "kind"):
        for row in [row for row in rows if row["figure"] == figure][:4]:
            say(f"  {figure:10}{row['name']:30}{row['entries']:>6}")
    say(f"The report is {page}; the figures are next to it as CSV.    ({done.told})")


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
                "(If QUAY_HOST and QUAY_TOKEN are set, the demo uses that Quay instead, and cleans up at the end.)",
            )
            story(registry, yaml.safe_load(SAMPLE.read_text())["provision_registry"], SAMPLE)
        finally:
            headline("10. Stop the registry")
            playbook(str(HERE / "emulator.yml"), *settings, "-e", "emulator_state=stopped")
        try:
            registry.call("GET", "/config", base="")
        except urllib.error.URLError:
            say("The emulator is stopped. Nothing keeps running.")
        else:
            raise Wrong("The emulator still answers.")


def on_quay(url: str, token: str) -> None:
    registry = Registry(url if "://" in url else f"https://{url}", token, emulated=False)
    prefix = f"demo-{secrets.token_hex(3)}-"
    declared = rename(yaml.safe_load(SAMPLE.read_text())["provision_registry"], prefix)
    headline("1. Use the registry in QUAY_HOST")
    say(f"All names of the sample start with {prefix}, so your own objects are not changed.")
    with tempfile.TemporaryDirectory(prefix="quay-demo-") as folder:
        if registry.call("GET", "/config", base="")["config"]["AUTHENTICATION_TYPE"] != "Database":
            say("Its accounts come from a directory, so the users of the sample are left out.")
            leave_users_out(declared)
        if not has_federations(registry):
            say("Federations of robots require Quay 3.13 or later, so the one in the sample is left out.")
            leave_federations_out(declared)
        path = Path(folder) / "platform.yml"
        path.write_text(yaml.safe_dump({"provision_registry": declared}, sort_keys=False))
        try:
            story(registry, declared, path)
        finally:
            headline("10. Clean up")
            if os.environ.get("KEEP") == "1":
                say(f"KEEP=1: all objects whose names start with {prefix} are kept.")
            else:
                clean_up(registry, declared)
                say("The organizations, with everything in them, and the users are deleted.")


def main() -> int:
    url, token = os.environ.get("QUAY_HOST"), os.environ.get("QUAY_TOKEN")
    start = time.monotonic()
    say("dockhand.quay: manage a whole registry with one YAML document")
    try:
        if url and token:
            on_quay(url, token)
        else:
            on_emulator()
    except (Wrong, urllib.error.URLError) as error:
        say("", f"The demo failed: {error}")
        return 1
    say("", f"The demo took {time.monotonic() - start:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
