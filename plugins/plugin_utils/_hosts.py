# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the variables and groups of organizations and repositories as hosts. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._objects.user.accounts import email_of
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import iso

Variables = dict[str, t.Any]


def organization_variables(view: dict[str, t.Any]) -> Variables:
    """The variables of an organization as superusers list it (with an e-mail address), or its members."""
    report = view.get("quota_report") or {}
    return {
        "quay_organization": view["name"],
        "quay_email": email_of(view) if "email" in view else None,
        "quay_is_admin": view.get("is_org_admin"),
        "quay_used_bytes": report.get("quota_bytes"),
        "quay_quota_bytes": report.get("configured_quota"),
    }


def repository_variables(view: dict[str, t.Any]) -> Variables:
    """The variables of a repository as Quay lists it."""
    modified = view.get("last_modified")
    return {
        "quay_organization": view["namespace"],
        "quay_repository": f"{view['namespace']}/{view['name']}",
        "quay_visibility": "public" if view["is_public"] else "private",
        "quay_state": view["state"] or "NORMAL",
        "quay_description": view["description"] or "",
        "quay_last_modified": iso(dt.datetime.fromtimestamp(modified, dt.timezone.utc)) if modified else None,
        "quay_used_bytes": (view.get("quota_report") or {}).get("quota_bytes"),
    }


def groups_of(variables: Variables) -> list[str]:
    """The groups that a host is in, but for the one of its organization."""
    if "quay_repository" not in variables:
        return ["quay_organizations"]
    return [
        "quay_repositories",
        f"quay_{variables['quay_visibility']}",
        f"quay_state_{variables['quay_state'].lower()}",
    ]


def organization_groups(names: t.Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The group of each organization, and a sentence for each group that would mix several, which is no group then."""
    sharing: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        sharing.setdefault("quay_organization_" + re.sub("[^a-z0-9]", "_", name), []).append(name)
    own = {sharers[0]: group for group, sharers in sharing.items() if len(sharers) == 1}
    mixed = [
        f"Group {group} is not created: it would mix the organizations {', '.join(sharers)}."
        for group, sharers in sharing.items()
        if len(sharers) > 1
    ]
    return own, mixed
