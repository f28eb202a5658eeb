# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings by Quay's own names; the defaults are those of the recorded "main" server."""

from __future__ import annotations

import copy

from . import releases

DEFAULTS = {
    "AUTHENTICATION_TYPE": "Database",
    "SUPER_USERS": ["quayadmin"],
    "GLOBAL_READONLY_SUPER_USERS": [],
    "RESTRICTED_USERS": [],
    "FRESH_LOGIN_TIMEOUT": 600,
    "TAG_EXPIRATION_OPTIONS": ["0s", "1d", "1w", "2w", "4w"],
    "DEFAULT_TAG_EXPIRATION": "2w",
    "DEFAULT_SYSTEM_REJECT_QUOTA_BYTES": 0,
    # None: they never expire.
    "APP_SPECIFIC_TOKEN_EXPIRATION": None,
    "BROWSER_API_CALLS_XHR_ONLY": True,
    "DEFAULT_NAMESPACE_MAXIMUM_BUILD_COUNT": None,
    "DISABLED_FOR_AUDIT_LOGS": [],
    "ROBOTS_DISALLOW": False,
    # Hosts of its own network that a proxy cache may be of.
    "SSRF_ALLOWED_HOSTS": [],
    "PERMANENTLY_DELETE_TAGS": False,
    "REGISTRY_STATE": "normal",
    "REGISTRY_TITLE": "Quay emulator",
    # In place of that of the release that is played.
    "VERSION": None,
    "FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL": True,
    "FEATURE_ANONYMOUS_ACCESS": True,
    "FEATURE_APP_SPECIFIC_TOKENS": True,
    "FEATURE_ASSIGN_OAUTH_TOKEN": True,
    "FEATURE_AUTO_PRUNE": True,
    "FEATURE_BUILD_SUPPORT": True,
    "FEATURE_CHANGE_TAG_EXPIRATION": True,
    "FEATURE_DIRECT_LOGIN": True,
    "FEATURE_EDIT_QUOTA": True,
    "FEATURE_EXTENDED_REPOSITORY_NAMES": True,
    "FEATURE_IMAGE_PULL_STATS": True,
    "FEATURE_IMMUTABLE_TAGS": True,
    "FEATURE_IMMUTABLE_TAGS_CAN_EXPIRE": False,
    "FEATURE_LOG_EXPORT": True,
    "FEATURE_MAILING": False,
    "FEATURE_NONSUPERUSER_TEAM_SYNCING_SETUP": False,
    "FEATURE_ORG_SHARED_EMAIL": False,
    "FEATURE_ORG_MIRROR": True,
    "FEATURE_PROXY_CACHE": True,
    "FEATURE_QUOTA_MANAGEMENT": True,
    "FEATURE_QUOTA_NOTIFICATIONS": False,
    "FEATURE_READER_BUILD_LOGS": False,
    "FEATURE_REPO_MIRROR": True,
    "FEATURE_REQUIRE_TEAM_INVITE": True,
    "FEATURE_RESTRICTED_USERS": False,
    "FEATURE_SECURITY_SCANNER": False,
    "FEATURE_SPARSE_INDEX": False,
    "FEATURE_SUPERUSERS_FULL_ACCESS": True,
    "FEATURE_SUPERUSERS_ORG_CREATION_ONLY": False,
    "FEATURE_SUPERUSER_CONFIGDUMP": False,
    "FEATURE_SUPER_USERS": True,
    "FEATURE_TEAM_SYNCING": False,
    "FEATURE_USER_CREATION": True,
    "FEATURE_USER_INITIALIZE": True,
    "FEATURE_USER_METADATA": True,
    "FEATURE_USER_RENAME": False,
    # Not Quay's: switches of the emulator itself.
    # Which release it answers as, see releases.py.
    "release": releases.NEWEST,
    "empty": False,
    "refuse_writes": False,
    # Quay's worker runs right after somebody has looked at the members of a synced team.
    "sync_when_read": False,
    "lose_equal_times": True,
    # Who may sign in to a registry that a proxy cache is of: {host: {username: password}}.
    "upstream_accounts": {},
    "page_token_lifetime": 2 * 86400,
    "build_phases": None,
    # How long the size of the registry is calculated.
    "registry_size_seconds": 0.2,
    "latency": {"token_ms": 0, "session_ms": 0},
    "directory": {"base_dn": "dc=example,dc=org", "issuer_domain": "sso.example.org", "users": {}, "groups": {}},
}

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}

FEDERATED = {"LDAP": "ldap", "Keystone": "keystone", "OIDC": "oidc"}


class Settings(dict):
    """A dictionary that knows its defaults and Quay's way to ask for a feature."""

    def __init__(self, changes: dict | None = None):
        super().__init__(copy.deepcopy(DEFAULTS))
        self.change(changes or {})

    def change(self, changes: dict) -> None:
        """Take over what differs; an unknown release is a ValueError."""
        release = changes.get("release", releases.NEWEST)
        if release not in releases.RELEASES:
            raise ValueError(f"release must be one of {', '.join(releases.RELEASES)}, not {release!r}")
        for key, value in changes.items():
            if isinstance(self.get(key), dict) and isinstance(value, dict):
                self[key] = {**self[key], **value}
            else:
                self[key] = value

    def since(self, release: str) -> bool:
        """Whether the release that is played is this one or a later one."""
        return releases.number(self["release"]) >= releases.number(release)

    def feature(self, name: str) -> bool:
        return bool(self.get(f"FEATURE_{name}"))

    def quota(self) -> bool:
        """Whether namespaces show their quotas; the routes of quotas take FEATURE_SUPER_USERS, too."""
        return self.feature("QUOTA_MANAGEMENT") and self.feature("EDIT_QUOTA")

    def database_auth(self) -> bool:
        return self["AUTHENTICATION_TYPE"] == "Database"

    def federated_service(self) -> str | None:
        return FEDERATED.get(self["AUTHENTICATION_TYPE"])

    def tag_expirations(self) -> set[int]:
        return {seconds(option) for option in self["TAG_EXPIRATION_OPTIONS"]}


def seconds(text: str) -> int:
    return int(text[:-1]) * UNITS[text[-1]]
