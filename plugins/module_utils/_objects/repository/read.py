# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: observes a repository that is there, or foretells a new one."""

from __future__ import annotations

import contextlib
import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import GrantsView, OneRepositoryView, OrganizationView, UserView
from ..._engine.resource import Observed, State, Wish
from ..._errors import (
    BadInput,
    Forbidden,
    ParentMissing,
    QuayError,
)
from ..prune import option as prune_option
from .grants import identity, kinds_of
from .grants_read import (
    caller_of,
    read_future,
    read_present,
    spare,
)

REPOSITORY_PATH = "/repository/{namespace}/{+repository}"
#: The names of all repositories: not a read of Quay's, but SharedReads knows them so once they were listed.
REPOSITORIES = "/repository?namespace={organization}"


def full_name(client: QuayClient, name: str) -> str:
    """``namespace/repository``; without a namespace the account's own, which may cost a request. Raises QuayError."""
    trimmed = name.strip("/")
    return trimmed if "/" in trimmed else f"{client.username()}/{trimmed}"


def find_repository(client: QuayClient, names: Names) -> State:
    """GET /repository/{names[repository]} (the full name); raises ParentMissing if it does not exist."""
    view = client.get("/repository/{+repository}", names, {"includeTags": "false"}, view=OneRepositoryView)
    if view is None:
        raise ParentMissing(f"Repository {names['repository']} does not exist.")
    return t.cast("State", view)


def refuse_state(state: str | None, what: str, whose: str = "its state") -> None:
    """Raise QuayError for what Quay carries out only if the state is NORMAL, or if it gives none."""
    if state and state != "NORMAL":
        raise QuayError(f"Could not {what}: {whose} is {state}. Set it to NORMAL.")


def locate(client: QuayClient, params: State) -> Names:
    """The full name and its parts. Raises BadInput and QuayError."""
    prune_option.check(params)
    name = full_name(client, params["name"])
    namespace, _slash, repository = name.partition("/")
    for grant in params["perms"] or ():
        if identity(grant) == ("user", namespace) and grant["role"] != "admin":
            raise BadInput("perms", namespace, "the owner of the namespace is always admin; remove the entry")
    return {"name": name, "namespace": namespace, "repository": repository, "place": f"repository/{name}"}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The repository, and its grants where they are declared. Raises ParentMissing, Forbidden and QuayError."""
    refused = None
    try:
        view = client.get(REPOSITORY_PATH, names, {"includeTags": "false"}, view=OneRepositoryView)
    except Forbidden as error:
        # To all but administrators of the namespace a missing repository is a forbidden one.
        view, refused = None, error
    if view is None:
        return _read_missing(client, names, wish, refused)
    fields = {
        "visibility": "public" if view["is_public"] else "private",
        "description": view["description"] or "",
        "repo_state": view["state"],
        "star": view.get("is_starred", False),
    }
    prune, facts = prune_option.read(client, names["place"], wish)
    fields.update(prune)
    if wish.state == "present" and "perms" in wish.fields:
        fields["perms"] = read_present(client, names, wish)
        facts.update(spare(client, names, wish, fields["perms"], view["state"]))
    if not kinds_of(wish) and view["is_public"] and not view["can_admin"]:
        # Anyone may see a public repository, also with a dead token: a read that refuses tells.
        with contextlib.suppress(Forbidden):
            client.get(REPOSITORY_PATH + "/permissions/user/", names, missing=(), view=GrantsView)
    return Observed(fields, facts)


def _read_missing(client: QuayClient, names: Names, wish: Wish, refused: Forbidden | None) -> Observed:
    if wish.state == "absent" and not refused:
        return Observed(None)
    if wish.state == "present" and "perms" not in wish.fields and names["namespace"] in client.organizations:
        return Observed(None, {"doubt": bool(refused)})
    organization = _organization(client, names)
    if wish.state == "absent":
        unknown = f"Quay does not show this account whether repository {names['name']} exists"
        raise Forbidden(f"{unknown}: it has no rights to it.", 403, "")
    if organization is None and caller_of(client, wish) not in (None, names["namespace"]):
        own = "only its own account can create repositories there"
        raise QuayError(f"{names['namespace']} is a personal namespace: {own}.")
    if "perms" not in wish.fields:
        return Observed(None, {"doubt": bool(refused)})
    grants = read_future(client, names, wish, organization)
    facts = spare(client, names, wish, grants, "NORMAL", organization)
    return Observed(None, {**facts, "doubt": bool(refused)}, {"perms": grants})


def _organization(client: QuayClient, names: Names) -> State | None:
    """The organization that a missing repository belongs to; None in a personal namespace."""
    if names["namespace"] == client.auth.username:
        return None
    view: State | None = client.get("/organization/{namespace}", names, view=OrganizationView)
    if view is None and client.get("/users/{namespace}", names, view=UserView) is None:
        raise ParentMissing(f"Organization {names['namespace']} does not exist.")
    if view is not None:
        client.organizations.add(names["namespace"])
    return view
