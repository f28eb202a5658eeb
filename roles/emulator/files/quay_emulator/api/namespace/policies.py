# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Auto-prune policies of organizations, repositories and users. None of them ever removes a tag here."""

from __future__ import annotations

import re

from ...data.models import Namespace, Policy, Repository
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, object_of, text
from ..repository.repositories import need

area = Area()
on = feature("AUTO_PRUNE")
POLICY = object_of(
    ["method", "value"],
    method=text(),
    value={"type": ["integer", "string"]},
    tagPattern=text(),
    tagPatternMatches={"type": "boolean"},
)
AGE = re.compile(r"\s*([+-]?\d+)\s*([smhdwy])")
DAYS = {"s": 1 / 86400, "m": 1 / 1440, "h": 1 / 24, "d": 1, "w": 7, "y": 365}
MOST_DAYS = 999999999


def view(policy: Policy) -> dict:
    return {
        "uuid": policy.uuid,
        "method": policy.method,
        "value": policy.value,
        "tagPattern": policy.tag_pattern,
        "tagPatternMatches": policy.tag_pattern_matches,
    }


def wanted(data: dict) -> Policy:
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
    return Policy(method, value, pattern, data.get("tagPatternMatches", True))


def is_age(value: int | str) -> bool:
    """Zero and less are fine, and so is a blank before the unit; what is too long for Python is a crash."""
    found = AGE.fullmatch(value) if isinstance(value, str) else None
    if found and abs(int(found[1]) * DAYS[found[2]]) > MOST_DAYS:
        raise CrashError()
    return bool(found)


def find(one: Namespace | Repository | None, uuid: str) -> Policy:
    found = next((policy for policy in one.policies if policy.uuid == uuid), None) if one else None
    if found is None:
        raise not_found()
    return found


def org(orgname: str, read: bool = False) -> Namespace | None:
    """Of users, too: the real server does not look what the name belongs to."""
    auth.need_org_admin(orgname, read)
    return auth.store().get(orgname, "user", "org")


def register(path: str, what: str, allow, find_place) -> None:
    """The same five calls for each place; ``allow`` comes before the body is checked, ``find_place`` after."""

    def log(verb: str, one: Namespace | Repository, **metadata) -> None:
        repo = one if isinstance(one, Repository) else None
        namespace = repo.namespace if repo else one
        more = {"repo": repo.name} if repo else {}
        log_action(
            f"{verb}_{what}_autoprune_policy", namespace, {**metadata, "namespace": namespace.name, **more}, repo
        )

    def details(policy: Policy) -> dict:
        names = ("method", "value", "tag_pattern", "tag_pattern_matches")
        return {name: getattr(policy, name) for name in names}

    @area.route("GET", path, when=on)
    def list_policies(**names):
        allow(**names, read=True)
        one = find_place(**names, read=True)
        return {"policies": [view(policy) for policy in (one.policies if one else ())]}

    @area.route("POST", path, when=on)
    def create(**names):
        allow(**names)
        data = body(POLICY)
        one = find_place(**names)
        if one is None:
            raise not_found()
        policy = wanted(data)
        if any(details(other) == details(policy) for other in one.policies):
            raise invalid(f"Existing policy with same values for this {what}, duplicate policies are not permitted")
        one.policies.append(policy)
        log("create", one, **details(policy))
        return {"uuid": policy.uuid}, 201

    @area.route("GET", f"{path}<policy_uuid>", when=on)
    def get(policy_uuid: str, **names):
        allow(**names, read=True)
        return view(find(find_place(**names, read=True), policy_uuid))

    @area.route("PUT", f"{path}<policy_uuid>", when=on)
    def update(policy_uuid: str, **names):
        """Nobody looks whether there is such a policy already."""
        allow(**names)
        data = body(POLICY)
        one = find_place(**names)
        policy = find(one, policy_uuid)
        new = wanted(data)
        for name, value in details(new).items():
            setattr(policy, name, value)
        log("update", one, **details(policy))
        return "", 204

    @area.route("DELETE", f"{path}<policy_uuid>", when=on)
    def delete(policy_uuid: str, **names):
        allow(**names)
        one = find_place(**names)
        one.policies.remove(find(one, policy_uuid))
        log("delete", one, policy_uuid=policy_uuid)
        return {"uuid": policy_uuid}


def anybody(**_names) -> None:
    """Where the body is checked before the rights."""


def repository_admin(namespace: str, name: str, read: bool = False) -> None:
    auth.need_repo(namespace, name, "admin", read)


def repository(namespace: str, name: str, **_how) -> Repository:
    return need(namespace, name)


def account_admin(**_how) -> None:
    auth.need_user_admin()


def account(**_how) -> Namespace:
    return auth.need_user()


register("/organization/<orgname>/autoprunepolicy/", "namespace", anybody, org)
register("/repository/<repository:repository>/autoprunepolicy/", "repository", repository_admin, repository)
register("/user/autoprunepolicy/", "namespace", account_admin, account)
