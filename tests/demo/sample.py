# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sample document, and how a real Quay that holds other things can have it, too."""

from __future__ import annotations

import json
import urllib.error
from pathlib import Path

from stage import Registry, hold, say

SAMPLE = Path("playbooks/vars/platform.yml")
FEDERATION = "/api/v1/organization/{orgname}/robots/{robot_shortname}/federation"


def count(declared: dict) -> str:
    organizations = declared["organizations"]

    def below(section: str) -> int:
        return sum(len(one.get(section, [])) for one in organizations)

    grants = sum(len(one.get("perms", [])) for org in organizations for one in org["repositories"])
    return (
        f"{len(declared['users'])} users, {len(organizations)} organizations with quotas, {below('robots')} robots, "
        f"{below('teams')} teams, {below('default_perms')} default\n"
        f"permissions, and {below('repositories')} repositories with {grants} permissions"
    )


def look(registry: Registry, declared: dict) -> None:
    """What is there, asked of the registry itself."""
    seen = {"robots": 0, "teams": 0, "repositories": 0}
    for organization in declared["organizations"]:
        name = organization["name"]
        robots = registry.call("GET", f"/organization/{name}/robots")["robots"]
        repositories = registry.call("GET", f"/repository?namespace={name}")["repositories"]
        there = {
            "robots": {one["name"].split("+")[1] for one in robots},
            "teams": set(registry.call("GET", f"/organization/{name}")["teams"]),
            "repositories": {one["name"] for one in repositories},
        }
        for section, names in there.items():
            missing = {one["name"] for one in organization[section]} - names
            hold(not missing, f"{section} that {name} should have and has not: {sorted(missing)}")
            seen[section] += len(organization[section])
    told = ", ".join(f"{number} {section}" for section, number in seen.items())
    say(f"The API confirms it: the registry has {told}.")


def rename(declared: dict, prefix: str) -> dict:
    """The sample with names of its own, for a registry that may hold others of the same names."""
    text = json.dumps(declared)
    organizations = [one["name"] for one in declared["organizations"]]
    for name in [*organizations, *(user["username"] for user in declared["users"])]:
        for before, after in (('"', '"'), ('"', "+"), ('"', "@")):
            text = text.replace(f"{before}{name}{after}", f"{before}{prefix}{name}{after}")
    return json.loads(text)


def leave_users_out(declared: dict) -> None:
    """Robots have a + in their names."""
    declared["users"] = []
    for organization in declared["organizations"]:
        for team in organization["teams"]:
            team["members"] = [name for name in team["members"] if "+" in name]
        for repository in organization["repositories"]:
            grants = repository.get("perms", [])
            repository["perms"] = [one for one in grants if one.get("type") == "team" or "+" in one["name"]]


def leave_federations_out(declared: dict) -> None:
    for organization in declared["organizations"]:
        for robot in organization["robots"]:
            robot.pop("federations", None)


def has_federations(registry: Registry) -> bool:
    """Quay describes its API; federations of robots came with 3.13."""
    return FEDERATION in registry.call("GET", "/discovery")["paths"]


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
