# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a server has, by its own API description and not by what it calls itself.

Source: ``GET /api/v1/discovery``, which lists a route only if the release has it and its feature is on; ``GET /config``
for features that are no route of their own, and for the reason why a route is missing.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._errors import FeatureOff, Forbidden
from .client import QuayClient


class Capability(t.NamedTuple):
    """``title`` begins a sentence ("Robot federations"). Probes, all of which must hold:

    ``route``: method and path below /api/v1, as the API description writes it (3.13 to 3.16 list the federation without
    its methods: there the path is proof enough),
    ``definition``: name of a definition there and a property that it must have,
    ``features``: those FEATUREs of the server's configuration that its release knows, ``setting``: another key of it.
    ``flag``: a FEATURE that came with the same release, on or off. ``since``: the first release of Quay that has it.
    """

    title: str
    route: tuple[str, str] | None = None
    definition: tuple[str, str] | None = None
    features: tuple[str, ...] = ()
    setting: str = ""
    flag: str = ""
    since: str = ""


CAPABILITIES = {
    "app_tokens": Capability(
        "Application-specific tokens", ("post", "/user/apptoken"), features=("APP_SPECIFIC_TOKENS",)
    ),
    "all_app_tokens": Capability(
        "Lists of the application-specific tokens of all users",
        ("get", "/superuser/apptokens"),
        features=("SUPER_USERS", "APP_SPECIFIC_TOKENS"),
        since="3.16",
    ),
    "application_tokens": Capability(
        "Named tokens of applications", ("post", "/organization/{orgname}/applications/{client_id}/tokens")
    ),
    "applications": Capability("OAuth applications", ("post", "/organization/{orgname}/applications")),
    "assigned_tokens": Capability("Tokens for other users", features=("ASSIGN_OAUTH_TOKEN",), since="3.12"),
    "builds": Capability("Builds", features=("BUILD_SUPPORT",)),
    "capabilities": Capability("Lists of capabilities", ("get", "/registry/capabilities"), since="3.17"),
    # Its method is in no description.
    "config_dump": Capability(
        "Reads of the configuration",
        ("", "/superuser/config"),
        features=("SUPER_USERS", "SUPERUSER_CONFIGDUMP"),
        since="3.15",
    ),
    "empty_email": Capability(
        "Organizations without an e-mail address", definition=("NewOrg", "contact_email"), since="3.18"
    ),
    "expiring_immutable_tags": Capability("Immutable tags that expire", features=("IMMUTABLE_TAGS_CAN_EXPIRE",)),
    "foreign_organizations": Capability(
        "Superusers who see organizations of others", ("get", "/superuser/apptokens"), since="3.16"
    ),
    "image_expiry": Capability("Notifications of images that expire", flag="ASSIGN_OAUTH_TOKEN", since="3.12"),
    "mail_notifications": Capability("Notifications by e-mail", features=("MAILING",)),
    "log_export": Capability(
        "Exports of usage logs", ("post", "/organization/{orgname}/exportlogs"), features=("LOG_EXPORT",)
    ),
    "mailing": Capability("Invitations by e-mail", features=("MAILING",)),
    "messages": Capability("Changes to messages", features=("SUPER_USERS",)),
    "mirror_architectures": Capability(
        "Architecture filters of repository mirrors",
        definition=("CreateMirrorConfig", "architecture_filter"),
        features=("SPARSE_INDEX",),
        since="3.17",
    ),
    "mirror_health": Capability(
        "Reports on the health of mirrors",
        ("get", "/repository/mirror/health"),
        features=("REPO_MIRROR",),
        since="3.18",
    ),
    "mirror_timeout": Capability(
        "Timeouts of repository mirrors", definition=("CreateMirrorConfig", "skopeo_timeout_interval"), since="3.15"
    ),
    "organization_immutability": Capability(
        "Immutability policies of organizations",
        ("post", "/organization/{orgname}/immutabilitypolicy/"),
        features=("IMMUTABLE_TAGS",),
        since="3.17",
    ),
    "organization_mirror": Capability(
        "Mirrors of organizations", ("post", "/organization/{orgname}/mirror"), features=("ORG_MIRROR",), since="3.17"
    ),
    "organization_prune": Capability(
        "Auto-prune policies of organizations",
        ("post", "/organization/{orgname}/autoprunepolicy/"),
        features=("AUTO_PRUNE",),
        since="3.10",
    ),
    "permanent_tag_deletion": Capability("Permanent deletions of tags", setting="PERMANENTLY_DELETE_TAGS"),
    "prune_patterns": Capability(
        "Tag patterns of auto-prune policies",
        definition=("AutoPrunePolicyConfig", "tagPattern"),
        features=("AUTO_PRUNE",),
        since="3.13",
    ),
    "pull_statistics": Capability(
        "Pull statistics",
        ("get", "/repository/{repository}/tag/{tag}/pull_statistics"),
        features=("IMAGE_PULL_STATS",),
        since="3.16",
    ),
    "quotas": Capability("Storage quotas", features=("SUPER_USERS", "QUOTA_MANAGEMENT", "EDIT_QUOTA")),
    "repository_immutability": Capability(
        "Immutability policies of repositories",
        ("post", "/repository/{repository}/immutabilitypolicy/"),
        features=("IMMUTABLE_TAGS",),
        since="3.17",
    ),
    "repository_mirror": Capability(
        "Mirrors of repositories", ("post", "/repository/{repository}/mirror"), features=("REPO_MIRROR",)
    ),
    "registry_size": Capability("Calculations of the registry size", features=("SUPER_USERS", "QUOTA_MANAGEMENT")),
    "repository_prune": Capability(
        "Auto-prune policies of repositories",
        ("post", "/repository/{repository}/autoprunepolicy/"),
        features=("AUTO_PRUNE",),
        since="3.11",
    ),
    "repository_state": Capability(
        "States of repositories", ("put", "/repository/{repository}/changestate"), features=("REPO_MIRROR",)
    ),
    "robot_federation": Capability(
        "Robot federations", ("", "/organization/{orgname}/robots/{robot_shortname}/federation"), since="3.13"
    ),
    "several_prune_policies": Capability(
        "Several auto-prune policies in one place (append: false replaces the one that is there)",
        definition=("AutoPrunePolicyConfig", "tagPattern"),
        features=("AUTO_PRUNE",),
        since="3.13",
    ),
    "superuser_organizations": Capability("Renames and takeovers of organizations", features=("SUPER_USERS",)),
    "tag_immutability": Capability(
        "Immutable tags", definition=("ChangeTag", "immutable"), features=("IMMUTABLE_TAGS",), since="3.17"
    ),
    "user_prune": Capability(
        "Auto-prune policies of personal namespaces",
        ("post", "/user/autoprunepolicy/"),
        features=("AUTO_PRUNE",),
        since="3.10",
    ),
    "user_robot_federation": Capability(
        "Federations of personal robots", ("post", "/user/robots/{robot_shortname}/federation"), since="3.17"
    ),
}


def lack(client: QuayClient, name: str) -> str:
    """Why the server does not have the capability, as one sentence; empty if it has it.

    One or two requests for each client, and none if they were asked before; raises as ``QuayClient.call``.
    """
    capability = CAPABILITIES[name]
    url = client.transport.endpoint.url
    release = f"Quay {capability.since} or later" if capability.since else "another release of Quay"
    published = client.config().get("features", {}) if capability.features or capability.flag else {}
    for feature in capability.features:
        if capability.since and feature not in published:
            return f"{capability.title} need {release} with FEATURE_{feature}; {url} does not have it."
        if not published.get(feature, True):
            return f"{capability.title} need FEATURE_{feature}, which is off on {url}."
    if capability.setting and not client.config().get("config", {}).get(capability.setting):
        return f"{capability.title} need {capability.setting}, which is off on {url}."
    if _has_flag(published, capability.flag) and _is_described(client, capability):
        return ""
    return f"{capability.title} need {release}; {url} does not have them."


def require(client: QuayClient, name: str) -> None:
    """Raises FeatureOff, with feature and release, if the server lacks the capability; otherwise as ``lack``."""
    sentence = lack(client, name)
    if sentence:
        raise FeatureOff(sentence, 404, "")


@contextlib.contextmanager
def explaining(
    client: QuayClient, needs: str, refusals: tuple[type[Exception], ...] = (FeatureOff, Forbidden)
) -> t.Iterator[None]:
    """Explains a refused read by the capability that the server lacks. Raises FeatureOff with feature and release.

    ``refusals``: what may mean that; where a feature is off, Quay may as well say that the account has no rights.
    ``needs``: a name of ``CAPABILITIES``, empty for what every server has.
    """
    try:
        yield
    except refusals:
        if needs:
            require(client, needs)
        raise


def _has_flag(features: t.Mapping[str, t.Any], flag: str) -> bool:
    return not flag or flag in features


def _is_described(client: QuayClient, capability: Capability) -> bool:
    if not (capability.route or capability.definition):
        return True
    description = client.description()
    return _has_route(description, capability.route) and _has_definition(description, capability.definition)


def _has_route(description: t.Mapping[str, t.Any], route: tuple[str, str] | None) -> bool:
    if route is None:
        return True
    method, path = route
    listed = description["paths"].get(f"/api/v1{path}")
    return listed is not None and (not method or method in listed)


def _has_definition(description: t.Mapping[str, t.Any], definition: tuple[str, str] | None) -> bool:
    if definition is None:
        return True
    name, key = definition
    return key in description["definitions"].get(name, {}).get("properties", {})
