# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for users, robots and teams, and the link to a user of the directory."""

from __future__ import annotations

from flask import request

from ...data.directory import link
from ...data.models import Namespace
from ...endpoints import auth
from ...endpoints.errors import generic_not_found, invalid
from ...endpoints.routing import Area
from ...endpoints.schema import flag
from ...endpoints.views import avatar, avatar_of

area = Area()


@area.route("POST", "/entities/link/<username>", internal=True)
def link_user(username: str):
    """Makes the account of a directory user who never signed in."""
    if auth.store().settings.federated_service() is None:
        raise generic_not_found()
    auth.need_user()
    if auth.store().settings.federated_service() == "oidc":
        raise invalid("Currently user lookup is not supported with OIDC", username=username)
    linked = link(auth.store(), username)
    if linked is None:
        raise invalid("Invalid username or password.", username=username)
    view = {"name": linked.name, "kind": "user", "is_robot": False, "avatar": avatar_of(linked)}
    return {"entity": view}


def matching(prefix: str, namespace: str) -> list[Namespace]:
    store = auth.store()
    own = f"{namespace}+{prefix}" if auth.org_member(namespace) else None
    robots = [one for one in store.all("robot") if own and one.name.startswith(own)]
    users = [one for one in store.all("user") if one.name.startswith(prefix)]
    return (users + robots)[:10]


@area.route("GET", "/entities/<prefix>")
def search(prefix: str):
    prefix, namespace = prefix.replace(" ", "").lower(), request.args.get("namespace", "")
    store = auth.store()
    org = store.org(namespace)
    results = []
    if org and flag("includeTeams") and auth.org_member(namespace):
        teams = [team for name, team in org.teams.items() if name.startswith(prefix)]
        results += [{"name": t.name, "kind": "team", "is_org_member": True, "avatar": avatar_of(t)} for t in teams]
    for one in matching(prefix, namespace):
        view = {"name": one.name, "kind": "user", "is_robot": one.is_robot, "avatar": avatar_of(one)}
        if org is not None:
            # Also of users who are no members: a quirk of the real search.
            view["is_org_member"] = True
        results.append(view)
    if org and flag("includeOrgs") and org.name.startswith(prefix) and auth.org_member(namespace):
        results.append({"name": org.name, "kind": "org", "is_org_member": True, "avatar": avatar_of(org)})
    if store.settings.federated_service() not in (None, "oidc"):
        for name, known in store.settings["directory"]["users"].items():
            if name.startswith(prefix) and store.user(name) is None:
                title, face = known.get("email") or "", avatar(name, "user", known.get("email"))
                results.append({"name": name, "kind": "external", "title": title, "avatar": face})
    return {"results": results}
