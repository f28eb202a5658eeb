# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What each release of Quay has: the setting ``release`` is ``newest`` or a number such as ``3.12``.

What stands in no table, every release has. The newest is quay/quay at ffba0c70e, which is past 3.18.
"""

from __future__ import annotations

import re

NEWEST, NEVER = "newest", "never"
RELEASES = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15", "3.16", "3.17", "3.18", NEWEST)

# The end of a route, below the repository or whatever comes before it, and the first release that has it.
ROUTES = [
    (r"/organization/<orgname>/applications/<client_id>/tokens", NEWEST),
    (r"/mirror/health$", NEWEST),
    (r"/superuser/<build_uuid>/logs/archive$", NEWEST),
    (r"/organization/<orgname>/notifications|/user/namespacenotifications", "3.18"),
    (r"/user/robots/<robot_shortname>/federation$", "3.17"),
    (r"/immutabilitypolicy/", "3.17"),
    (r"/organization/<orgname>/mirror", "3.17"),
    (r"/registry/capabilities$", "3.17"),
    (r"/pull_statistics$", "3.16"),
    (r"/superuser/apptokens$", "3.16"),
    (r"/organization/<orgname>/robots/<robot_shortname>/federation$", "3.13"),
    (r"/superuser/config$", "3.15"),
    (r"/<repository:repository>/autoprunepolicy/", "3.11"),
    (r"/user/assignedauthorization|/oauth/authorize/assignuser$", "3.12"),
    (r"/autoprunepolicy/", "3.10"),
]

# Features of the configuration, and the first release that knows them.
FLAGS = {"FEATURE_ASSIGN_OAUTH_TOKEN": "3.12", "FEATURE_EDIT_QUOTA": "3.12"}

# Routes whose methods the API description leaves out before this release.
DESCRIBED = [
    (r"/robots/<robot_shortname>/federation$", "3.17"),
    (r"/superuser/config$", NEVER),
    (r"/changetrust$", NEVER),
]

# Keys of a body that releases before the one named here ignore.
BODY_KEYS = {
    "AutoPrunePolicyConfig": {"tagPattern": "3.13", "tagPatternMatches": "3.13"},
    "NewOrgQuota": {"limit": "3.12"},
    "NewNamespaceQuota": {"limit": "3.12"},
    "ChangeTag": {"immutable": "3.17"},
    "CreateMirrorConfig": {"skopeo_timeout_interval": "3.15", "architecture_filter": "3.17"},
    "UpdateMirrorConfig": {"skopeo_timeout_interval": "3.15", "architecture_filter": "3.17"},
    "NewOrg": {"contact_email": "3.18"},
    "UpdateOrg": {"contact_email": "3.18"},
}

# Since this release a superuser with full access counts as administrator of everything.
FULL_ACCESS = "3.16"
# Before it each call had to allow it; these did since the release named here, and all others always.
FULL_ACCESS_SINCE = [
    (r"^GET /organization/<orgname>$", FULL_ACCESS),
    (r"^(PUT|DELETE) /organization/<orgname>$", "3.10"),
    (r" /organization/<orgname>/(aggregatelogs|logs|exportlogs|collaborators)$", "3.10"),
    (r" /organization/<orgname>/members/<membername>$", "3.10"),
    (r"^GET /organization/<orgname>/prototypes$", "3.10"),
    (r"^GET .*/team/<teamname>/(members|permissions)$", "3.10"),
    (r"^DELETE .*/team/<teamname>/(members|invite)/", "3.10"),
    (r" /organization/<orgname>/team/<teamname>/syncing$", FULL_ACCESS),
    (r"^GET /organization/<namespace>/quota/<quota_id>/limit", "3.10"),
    (r"^POST /repository$", "3.10"),
]


def number(release: str) -> int:
    """A release as a number that can be compared; the newest is past all others."""
    return {NEWEST: 1000, NEVER: 2000}.get(release) or int(release.split(".")[1])


def first_release(table: list[tuple[str, str]], what: str) -> str:
    """The release beside the first pattern of a table that is found in the text."""
    return next((first for pattern, first in table if re.search(pattern, what)), RELEASES[0])
