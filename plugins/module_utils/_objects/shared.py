# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads that several objects share."""

from __future__ import annotations

import contextlib
import typing as t

from .._client.capabilities import explaining, lack
from .._client.check import JSON
from .._client.client import Names, QuayClient
from .._client.views import OrganizationView, PrototypesView, RobotsView, UserView
from .._engine.operation import Context, Params
from .._errors import Forbidden, ParentMissing, QuayError


def prove_credentials(client: QuayClient, organization: str) -> None:
    """Raise CredentialsRefused for a dead token, to which a missing organization looks as to a good one."""
    # For a missing organization the robots are empty or refused, but only to someone whom Quay knows.
    with contextlib.suppress(Forbidden):
        client.get(
            "/organization/{organization}/robots", {"organization": organization}, {"token": "false"}, view=RobotsView
        )


def read_needing(
    client: QuayClient,
    needs: str,
    path: str,
    query: t.Mapping[str, t.Any] | None = None,
    view: t.Any = JSON,
) -> t.Any:
    """GET of something that not every server has. Raises FeatureOff with feature and release, and QuayError."""
    with explaining(client, needs):
        return client.get(path, {}, query, missing=(), view=view)


def find_namespace(client: QuayClient, names: Names) -> None:
    """Raises ParentMissing if there is neither an organization nor a user of this name."""
    if not client.is_namespace(names["namespace"]):
        raise ParentMissing(f"Organization {names['namespace']} does not exist.")


def find_organization(client: QuayClient, names: Names) -> dict[str, t.Any]:
    """GET /organization/<organization>, as much as Quay shows to anyone.

    Raises ParentMissing or CredentialsRefused.
    """
    view = client.get("/organization/{organization}", names, view=OrganizationView)
    if view is None:
        prove_credentials(client, names["organization"])
        raise ParentMissing(f"Organization {names['organization']} does not exist.")
    return t.cast("dict[str, t.Any]", view)


def organization_view(client: QuayClient, names: Names) -> dict[str, t.Any]:
    """GET /organization/<organization> as its members see it.

    Quay shows a part of it to anyone, also to a dead token, so what is missing is explained by a read that refuses.
    Raises ParentMissing, CredentialsRefused or Forbidden.
    """
    view = find_organization(client, names)
    if "teams" not in view:
        try:
            client.get("/organization/{organization}/prototypes", names, missing=(), view=PrototypesView)
        except Forbidden:
            # Up to Quay 3.9 also for superusers.
            if not is_superuser(client):
                raise
        raise foreign(client, names["organization"])
    return view


def refuse_lost(context: Context, result: Params, secret: str, title: str) -> None:
    """Raises QuayError with the result if the one response that shows a new secret was lost."""
    if not context.check_mode and result.get(secret, "") is None:
        cure = "Delete it (state: absent) and run the task again"
        raise QuayError(f"{title} was lost with a response of Quay. {cure}.", result)


def is_superuser(client: QuayClient) -> bool:
    """Whether the account is known to be a superuser (GET /user/; scope user:read). Raises QuayError."""
    with contextlib.suppress(Forbidden):
        return bool(client.get("/user/", {}, missing=(), view=UserView).get("super_user"))
    return False


def has_full_access(client: QuayClient) -> bool:
    """Whether the server gives superusers the rights of owners everywhere. Raises QuayError."""
    return bool(client.config().get("features", {}).get("SUPERUSERS_FULL_ACCESS"))


def foreign(client: QuayClient, name: str) -> Forbidden:
    """Why a superuser is shown only a part of an organization of others. Raises QuayError."""
    cause = "FEATURE_SUPERUSERS_FULL_ACCESS is off on the server, so a superuser can only rename and delete it"
    if has_full_access(client) and lack(client, "foreign_organizations"):
        cause = "up to Quay 3.15, a superuser sees nothing of organizations of others"
    cure = "Use the credentials of one of its owners, or take_ownership: true (quay_organization)"
    return Forbidden(f"No rights to read and change organization {name}: {cause}. {cure}.", 403, "")
