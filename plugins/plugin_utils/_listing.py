# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: all organizations or repositories that an account administers, or an error."""

from __future__ import annotations

import dataclasses
import fnmatch
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client.client import API, QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.views import (
    ListedOrganizationView,
    OrganizationView,
    OwnAccountView,
    RepositoryView,
)
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Workers, check_workers
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    CredentialsRefused,
    Forbidden,
    QuayError,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._text.name_rules import is_pattern, is_uuid

# As Quay gives them, by name; a repository's name has its organization in front.
Views = dict[str, dict[str, t.Any]]
SUPERUSER_PATH = "/superuser/organizations/"


@dataclasses.dataclass(frozen=True)
class Selection:
    """Which names are wanted: patterns of the shell, ``organization`` or ``organization/repository``."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every organization may be wanted."""
        return any(pattern.partition("/")[0] == "*" for pattern in self.include)

    def has_organization(self, name: str) -> bool:
        """Whether the organization, or something in it, is wanted."""
        return any(fnmatch.fnmatchcase(name, pattern.partition("/")[0]) for pattern in self.include) and not any(
            fnmatch.fnmatchcase(name, pattern) for pattern in self.exclude
        )

    def has_repository(self, name: str) -> bool:
        """Whether the repository of a wanted organization is wanted itself."""
        return any(_covers(pattern, name) for pattern in self.include) and not any(
            _covers(pattern, name) for pattern in self.exclude
        )

    def check_found(self, names: t.Collection[str], parts: int) -> None:
        """Raise QuayError for a name without wildcard of which nothing is there; ``parts`` of it are compared."""
        for entry in self.include:
            wanted = "/".join(entry.split("/", 1)[:parts])
            if not is_pattern(wanted) and wanted.count("/") == parts - 1 and wanted not in names:
                kind = "repository" if "/" in wanted else "organization"
                raise QuayError(f"include: there is no {kind} {wanted} among those that Quay lists for this account.")


def _covers(pattern: str, name: str) -> bool:
    """A pattern without repository stands for all repositories of the organization."""
    return fnmatch.fnmatchcase(name, pattern if "/" in pattern else f"{pattern}/*")


class Listing:
    """Reads with as few requests as prove that nothing is missing.

    Quay answers 200 with a part of the repositories, or with none, to an account with lesser rights and to dead
    credentials. So rights are proved before, and credentials by a read that refuses as the last request.
    """

    def __init__(self, client: QuayClient, scope: str, selection: Selection, workers: int) -> None:
        check_workers(workers)
        self._client, self._scope, self._selection, self._workers = client, scope, selection, workers

    def organizations(self) -> Views:
        """Those that are wanted, sorted."""
        listed = {view["name"]: view for view in self._listed() if not is_uuid(view["name"])}
        self._selection.check_found(listed, 1)
        return {name: listed[name] for name in sorted(listed) if self._selection.has_organization(name)}

    def repositories(self) -> Views:
        """Those that are wanted, sorted."""
        organizations = self.organizations()
        while True:
            renewed = self._client.auth.renewed
            views = self._read(organizations)
            self._prove()
            # With a session that ended on the way, Quay left things out until the sign-in that renewed it.
            if self._client.auth.renewed == renewed:
                break
        listed = {
            f"{view['namespace']}/{view['name']}": view
            for view in views
            if view["namespace"] in organizations and not is_uuid(view["name"])
        }
        self._selection.check_found(listed, 2)
        return {name: listed[name] for name in sorted(listed) if self._selection.has_repository(name)}

    def _listed(self) -> list[dict[str, t.Any]]:
        if self._scope == "user":
            return t.cast("list[dict[str, t.Any]]", self._account()["organizations"])
        try:
            return list(self._client.pages(SUPERUSER_PATH, {}, "organizations", {"limit": 100}, ListedOrganizationView))
        except Refused as error:
            if error.status not in (403, 404) or isinstance(error, CredentialsRefused):
                raise
            cause = "the account is not a superuser or the token lacks the scope super:user"
            cure = "set scope=user to list those of the account"
            raise Forbidden(
                f"No rights to list all organizations: {cause}; {cure}.", error.status, error.said
            ) from None

    def _account(self) -> t.Any:
        purpose = "list the organizations of the account, which needs the scope user:read"
        return self._client.call("GET", f"{API}/user/", purpose, view=OwnAccountView)

    def _prove(self) -> None:
        """A read that refuses dead credentials."""
        if self._scope == "user":
            self._account()
        else:
            self._client.get(SUPERUSER_PATH, {}, {"limit": 1}, missing=())

    def _read(self, organizations: t.Iterable[str]) -> list[dict[str, t.Any]]:
        full_access = self._scope == "superuser" and self._client.config()["features"].get("SUPERUSERS_FULL_ACCESS")
        if full_access and self._selection.is_whole:
            # The only list of everything, and of personal namespaces too.
            return list(_pages(self._client, {"public": "true"}))

        workers = Workers(self._client, self._workers)

        def read(organization: str) -> list[dict[str, t.Any]]:
            if not full_access:
                self._need_administrator(workers.client, organization)
            return list(_pages(workers.client, {"namespace": organization}))

        try:
            return [view for views in workers.each(read, list(organizations)) for view in views]
        finally:
            workers.close()

    def _need_administrator(self, client: QuayClient, organization: str) -> None:
        view = client.get("/organization/{organization}", {"organization": organization}, view=OrganizationView)
        if view and not view["is_admin"]:
            self._prove()
            cause = (
                "the account does not administer it or the token lacks the scope org:admin; use exclude to leave it out"
            )
            raise Forbidden(f"No rights to list all repositories of organization {organization}: {cause}.", 403, "")


def _pages(client: QuayClient, which: dict[str, str]) -> t.Iterator[dict[str, t.Any]]:
    return client.pages("/repository", {}, "repositories", {**which, "last_modified": "true"}, RepositoryView)
