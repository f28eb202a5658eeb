# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a server can synchronize teams with, and the sentences where it cannot."""

from __future__ import annotations

import re

from ..._client.client import Names, QuayClient
from ..._engine.resource import State
from ..._errors import BadInput, FeatureOff, Forbidden, QuayError
from ..._text.ldap_dn import ends_with

# Quay's name of a directory, its own, and what names its groups.
DIRECTORIES = {"ldap": ("LDAP", "group_dn"), "oidc": ("OIDC", "group_name"), "keystone": ("Keystone", "group_id")}
# Quay looks for the name inside escaped JSON.
_UNFINDABLE = re.compile(r"""[^ -~]|[\\"]""")
WITHOUT_DIRECTORY = ("Database", "AppToken")


def published_directory(client: QuayClient) -> State | None:
    """What the server's configuration shows of its directory; None if it synchronizes no teams. Raises QuayError."""
    authentication = client.authentication()
    if authentication in WITHOUT_DIRECTORY or not client.config()["features"].get("TEAM_SYNCING"):
        return None
    return {"service": authentication.lower()}


def refusal(client: QuayClient, names: Names) -> QuayError:
    """Why Quay does not offer to synchronize the team: there is no directory, or the account may not.

    Raises QuayError if the server cannot be asked.
    """
    team, url, published = f"{names['organization']}/{names['name']}", client.transport.endpoint.url, client.config()
    authentication = client.authentication()
    feature = "on" if published["features"].get("TEAM_SYNCING") else "off"
    if feature == "on" and authentication not in WITHOUT_DIRECTORY:
        needs = "an administrator of the organization who is a superuser too (scopes org:admin and super:user)"
        other = "FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP on the server"
        return Forbidden(
            f"No rights to see or set the group of team {team}: this requires {needs}, or {other}.", 403, ""
        )
    needs = "a directory and FEATURE_TEAM_SYNCING"
    given = f"on {url} AUTHENTICATION_TYPE is {authentication} and FEATURE_TEAM_SYNCING is {feature}"
    return FeatureOff(f"Could not synchronize team {team}: this requires {needs}; {given}.", 404, "")


def check_group(client: QuayClient, directory: State, option: str, group: str) -> None:
    """Refuse a group that is not of this server's kind, or that Quay would look for in the wrong place.

    Raises BadInput and QuayError.
    """
    service, url = directory["service"], client.transport.endpoint.url
    name, named_by = DIRECTORIES.get(service, (service, ""))
    if named_by != option:
        cure = f"use {named_by} for its groups" if named_by else "Quay cannot synchronize teams with it"
        raise QuayError(f"{option} is not for the directory of {url}, which is {name}: {cure}.")
    if service == "oidc" and _UNFINDABLE.search(group):
        cause = "Quay never finds such a name among the groups of a sign-in, and would remove all members of the team"
        raise BadInput(option, group, f"use ASCII characters without a backslash or a quotation mark: {cause}")
    base = directory.get("base_dn", "")
    if option == "group_dn" and ends_with(group, base):
        raise QuayError(f"group_dn {group} must be relative to the base DN of the directory: leave off {base}.")
