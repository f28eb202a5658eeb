# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies that make tags immutable, of organizations and repositories."""

from __future__ import annotations

import re

from ...data.images import immutable_by
from ...data.models import Repository, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import REPOSITORY, Place, PolicyKind, namespace_admin
from ...endpoints.errors import ApiError, MessageError, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import named, object_of, text

area = Area()
POLICY = named(
    "ImmutabilityPolicyConfig",
    object_of(["tagPattern"], tagPattern=text(), tagPatternMatches={"type": "boolean"}),
)
LONGEST = 256


def mark(owner, policy: dict) -> None:
    """Tags that are there become immutable at once, and no longer end."""
    own = isinstance(owner, Repository)
    for repo in [owner] if own else [repo for repo in auth.store().repositories if repo.namespace is owner]:
        for tag in repo.images.alive():
            if immutable_by([policy], tag.name):
                tag.immutable, tag.end = True, None


class Policies(PolicyKind):
    path, new, when = "/immutabilitypolicy/", POLICY, feature("IMMUTABLE_TAGS")

    def entries(self, owner) -> list[dict]:
        """Apart from the auto-prune policies of the same place."""
        return owner.entries["immutability"]

    def make(self, owner, data: dict, own: dict | None = None) -> dict:
        """A pattern is there once, whether it matches or not."""
        if getattr(owner, "kind", None) == "org" and owner.mirror is not None and own is None:
            raise invalid("Cannot create immutability policy: organization is managed by organization-level mirroring")
        pattern = data["tagPattern"].strip()
        if not pattern:
            raise invalid("tag_pattern is required and must be a non-empty string")
        if len(pattern) > LONGEST:
            raise invalid(f"tag_pattern must be {LONGEST} characters or less")
        try:
            re.compile(pattern)
        except re.error as error:
            raise invalid(f"Invalid regex pattern: {error}") from None
        if any(other["tag_pattern"] == pattern for other in self.entries(owner) if other is not own):
            raise invalid("A policy with the same tag_pattern already exists")
        found = {"tag_pattern": pattern, "tag_pattern_matches": data.get("tagPatternMatches", True)}
        mark(owner, found)
        return {"uuid": new_uuid(), **found}

    def change(self, owner, entry: dict, data: dict) -> None:
        entry.update(self.make(owner, data, entry), uuid=entry["uuid"])

    def view(self, entry: dict) -> dict:
        matches = entry["tag_pattern_matches"]
        return {"uuid": entry["uuid"], "tagPattern": entry["tag_pattern"], "tagPatternMatches": matches}

    def missing(self, call: str) -> ApiError:
        return MessageError("Username does not exist") if call == "create" else not_found()

    def log(self, verb: str, owner, entry: dict) -> None:
        repo = owner if isinstance(owner, Repository) else None
        namespace = repo.namespace if repo else owner
        metadata = {"namespace": namespace.name, **({"repo": repo.name} if repo else {})}
        if verb == "delete":
            metadata["policy_uuid"] = entry["uuid"]
        else:
            metadata.update({name: value for name, value in entry.items() if name != "uuid"})
        log_action(f"{verb}_immutability_policy", namespace, metadata, repo)


class OfOrganizations(Policies):
    place = Place("/organization/<orgname>", namespace_admin)


class OfRepositories(Policies):
    place = REPOSITORY


for kind in (OfOrganizations, OfRepositories):
    kind(area)
