# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Auto-prune policies of organizations, repositories and users: three places of one kind."""

from __future__ import annotations

import re

from ...data.models import Repository, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ACCOUNT, REPOSITORY, Place, PolicyKind, namespace_admin
from ...endpoints.errors import CrashError, invalid
from ...endpoints.routing import Area, feature
from ...endpoints.schema import named, object_of, text

area = Area()
POLICY = named(
    "AutoPrunePolicyConfig",
    object_of(
        ["method", "value"],
        method=text(),
        value={"type": ["integer", "string"]},
        tagPattern=text(),
        tagPatternMatches={"type": "boolean"},
    ),
)
AGE = re.compile(r"\s*([+-]?\d+)\s*([smhdwy])")
DAYS = {"s": 1 / 86400, "m": 1 / 1440, "h": 1 / 24, "d": 1, "w": 7, "y": 365}
MOST_DAYS = 999999999
# Releases before this one keep one policy for a place, without a pattern.
MANY = "3.13"


def is_age(value: int | str) -> bool:
    """Zero and less are fine, and so is a blank before the unit; what is too long for Python is a crash."""
    found = AGE.fullmatch(value) if isinstance(value, str) else None
    if found and abs(int(found[1]) * DAYS[found[2]]) > MOST_DAYS:
        raise CrashError()
    return bool(found)


def details(policy: dict) -> dict:
    return {name: value for name, value in policy.items() if name != "uuid"}


class Policies(PolicyKind):
    path, new, when = "/autoprunepolicy/", POLICY, feature("AUTO_PRUNE")
    what = "namespace"

    def make(self, owner, data: dict) -> dict:
        policies = self.entries(owner)
        if policies and not auth.store().settings.since(MANY):
            raise invalid(f"Policy for this {self.what} already exists, delete existing to create new policy")
        policy = self.wanted(data)
        if any(details(other) == details(policy) for other in policies):
            raise invalid(
                f"Existing policy with same values for this {self.what}, duplicate policies are not permitted"
            )
        return policy

    def wanted(self, data: dict) -> dict:
        """A pattern loses the blanks around it; whether it is a regular expression nobody checks."""
        pattern = data.get("tagPattern")
        pattern = None if pattern is None else pattern.strip()
        method, value = data["method"], data["value"]
        if method not in ("number_of_tags", "creation_date"):
            raise invalid("Invalid method provided")
        good = isinstance(value, int) and value > 0 if method == "number_of_tags" else is_age(value)
        if not good:
            raise invalid("Invalid value given for method type")
        if pattern == "":
            raise invalid("tag_pattern cannot be empty")
        found = {"uuid": new_uuid(), "method": method, "value": value}
        if auth.store().settings.since(MANY):
            found.update(tag_pattern=pattern, tag_pattern_matches=data.get("tagPatternMatches", True))
        return found

    def change(self, owner, entry: dict, data: dict) -> None:
        """Nobody looks whether there is such a policy already."""
        entry.update(self.wanted(data), uuid=entry["uuid"])

    def view(self, entry: dict) -> dict:
        view = {name: entry[name] for name in ("uuid", "method", "value")}
        if auth.store().settings.since(MANY):
            view.update(tagPattern=entry.get("tag_pattern"), tagPatternMatches=entry.get("tag_pattern_matches"))
        return view

    def log(self, verb: str, owner, entry: dict) -> None:
        repo = owner if isinstance(owner, Repository) else None
        namespace = repo.namespace if repo else owner
        metadata = {"policy_uuid": entry["uuid"]} if verb == "delete" else details(entry)
        metadata.update(namespace=namespace.name, **({"repo": repo.name} if repo else {}))
        log_action(f"{verb}_{self.what}_autoprune_policy", namespace, metadata, repo)


class OfOrganizations(Policies):
    place = Place("/organization/<orgname>", namespace_admin)


class OfRepositories(Policies):
    place, what = REPOSITORY, "repository"


class OfAccounts(Policies):
    place = ACCOUNT


for kind in (OfOrganizations, OfRepositories, OfAccounts):
    kind(area)
