# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Random registry documents, and random drift from them; the same seed gives the same."""

from __future__ import annotations

import functools
import os
import random
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Section
from ansible_collections.dockhand.quay.plugins.module_utils._engine.field import Field
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

Document = dict[str, t.Any]
# Kinds that this file knows more of than their declaration says.
KNOWN = ("robots", "teams", "default_perms", "repositories", "quota", "proxy_cache", "prune", "immutability")
TEXTS = ("", "plain", " blanks ", "two\nlines\r\n", "{{ braces }} and {% more %}", "emoji 🐳 é", "x: [y] # z", "'\"\\")
ROLES = ("read", "write", "admin")
SIZES = ("1 GiB", "500 MB", "10GB", "3 TiB")
FEDERATIONS = tuple({"issuer": f"https://issuer{number}.example.com", "subject": "a:b"} for number in range(3))
# A real server must know the host; localhost:port with SSRF_ALLOWED_HOSTS in its configuration.
UPSTREAM = os.environ.get("UPSTREAM_REGISTRY", "quay.io")
POLICIES = (
    {"method": "tags", "value": 10},
    {"method": "date", "value": "7d"},
    {"method": "tags", "value": "5", "tag_pattern": "^v", "tag_pattern_matches": False},
)
IMMUTABLE = ({"tag_pattern": "^v"}, {"tag_pattern": "^release-", "behavior": "not_matching_immutable"})
# Before Quay 3.13 there are no patterns, and no second policy in one place.
ONE_POLICY = POLICIES[:1]


def plain_sections(kinds: t.Container[str]) -> list[Section]:
    """Kinds of an organization that are named by a name and have nothing but fields: their declaration says it all."""
    plain = [one for one in SECTIONS if one.parent == "organizations" and one.own_keys == ("name",)]
    return [one for one in plain if one.name not in KNOWN and (not one.resource.needs or one.resource.needs in kinds)]


def notifications(name: str) -> list[Document]:
    """Some for the account of this name: what holds no secret is exported whole."""
    receiver = {"method": "quay_notification", "config": {"name": name}}
    return [
        {"title": "Pushed", "event": "repo_push", **receiver},
        {"event": "build_failure", "ref_regex": "refs/heads/main", **receiver},
        {"title": "Holes", "event": "vulnerability_found", "vulnerability_level": "high", **receiver},
    ]


class Maker:
    """Makes documents whose names all begin with ``word``; ``users`` are accounts that exist.

    ``kinds``: capabilities of the server (tests/integration/server.py), and ``users`` or ``sync`` where it takes them.
    """

    def __init__(self, seed: int, word: str, users: t.Sequence[str], kinds: t.Container[str]) -> None:
        self._random = random.Random(seed)
        self._word, self._users, self._kinds = word, tuple(users), kinds

    def document(self) -> Document:
        """One or two organizations with something of everything, each thing given or left out by chance."""
        made: Document = {}
        if "users" in self._kinds and self._chance(0.7):
            made["users"] = [self._user(f"{self._word}-user{number}") for number in range(self._random.randint(1, 3))]
        accounts = [*self._users, *(user["username"] for user in made.get("users", ()) if user.get("enabled", True))]
        made["organizations"] = [
            self._organization(f"{self._word}-org{number}", accounts) for number in range(self._random.randint(1, 2))
        ]
        return made

    def changed(self, document: Document) -> Document:
        """Another document about the same objects: some gone from it, some new, some with other values."""
        accounts = [
            *self._users,
            *(user["username"] for user in document.get("users", ()) if user.get("enabled", True)),
        ]
        return {
            **document,
            "organizations": [
                self._organization(organization["name"], accounts) for organization in document["organizations"]
            ],
        }

    def _user(self, name: str) -> Document:
        return self._some({"username": name}, email=lambda: f"{name}@example.com", enabled=lambda: self._chance(0.7))

    def _organization(self, name: str, accounts: list[str]) -> Document:
        robots = self._names("robot", 3)
        teams = self._names("team", 3)
        made = self._some(
            {"name": name},
            email=lambda: f"{name}@example.com",
            time_machine_expiration=lambda: self._random.choice(("0s", "1d", "2w")),
        )
        if "quotas" in self._kinds and self._chance(0.5):
            quota = {"quota": self._random.choice(SIZES)}
            made["quota"] = self._some(quota, warning_pct=lambda: self._random.randint(0, 80), reject_pct=lambda: 90)
        made["robots"] = [
            self._some(
                {"name": robot},
                description=lambda: self._random.choice(("", "pulls", "emoji 🐳")),
                unstructured_metadata=lambda: self._random.choice(({}, {"owner": "ops", "level": 3})),
                federations=lambda: self._several(FEDERATIONS if "robot_federation" in self._kinds else ()),
            )
            for robot in robots
        ]
        members = [*accounts, *(f"{name}+{robot}" for robot in robots)]
        made["teams"] = [self._team(team, members) for team in teams]
        grantees = [(team, "team") for team in teams] + [(member, "user") for member in members]
        made["default_perms"] = [self._default_perm(*one) for one in self._several(grantees)]
        if "proxy_cache" in self._kinds and self._chance(0.5):
            made["proxy_cache"] = self._proxy_cache()
        if "organization_prune" in self._kinds and self._chance(0.5):
            made["prune"] = self._policies()
        if "immutability" in self._kinds and self._chance(0.5):
            made["immutability"] = self._several(IMMUTABLE)
        for section in plain_sections(self._kinds):
            made[section.name] = [self._plain(section, one) for one in self._names(section.resource.kind, 3)]
        made["repositories"] = [self._repository(repository, grantees) for repository in self._names("repo", 4)]
        return made

    def _team(self, name: str, members: list[str]) -> Document:
        team = self._some(
            {"name": name},
            role=lambda: self._random.choice(("member", "creator", "admin")),
            description=lambda: self._random.choice(TEXTS),
        )
        # Always the same teams: one that is synced takes no humans, whatever another document says.
        if "sync" in self._kinds and name in ("team1", "team4"):
            return {**team, "sync": {"group_dn": f"cn={self._random.choice(('devs', 'ops'))},ou=groups"}}
        return self._some(team, members=lambda: self._several(members))

    def _default_perm(self, name: str, kind: str) -> Document:
        perm = {"name": name, "type": kind, "role": self._random.choice(ROLES)}
        return self._some(perm, creator=lambda: self._random.choice(self._users))

    def _repository(self, name: str, grantees: list[tuple[str, str]]) -> Document:
        repository = self._some(
            {"name": name},
            visibility=lambda: self._random.choice(("public", "private")),
            description=lambda: self._random.choice(TEXTS),
            perms=lambda: [
                {"name": one, "type": kind, "role": self._random.choice(ROLES)} for one, kind in self._several(grantees)
            ],
        )
        if "repository_state" in self._kinds and self._chance(0.3):
            repository["repo_state"] = self._random.choice(("NORMAL", "READ_ONLY"))
        if "repository_prune" in self._kinds and self._chance(0.3):
            repository["prune"] = self._policies()
        if "immutability" in self._kinds and self._chance(0.3):
            repository["immutability"] = self._several(IMMUTABLE)
        if self._chance(0.3):
            repository["notifications"] = self._several(notifications(self._random.choice(self._users)))
        return repository

    def _plain(self, section: Section, name: str) -> Document:
        """An entry of any kind, with what its fields allow."""
        stored = [
            entry for entry in section.resource.fields if entry.stored and entry.name not in section.entry.left_out
        ]
        return self._some({"name": name}, **{entry.name: functools.partial(self._value, entry) for entry in stored})

    def _value(self, entry: Field) -> t.Any:
        if entry.type == "bool":
            return self._chance(0.5)
        values = entry.spec.get("choices") or [text for text in TEXTS if not (entry.rule and entry.rule(text))]
        return self._random.choice(values)

    def _policies(self) -> list[Document]:
        return self._several(POLICIES if "prune_patterns" in self._kinds else ONE_POLICY)

    def _proxy_cache(self) -> Document:
        return self._some({"registry": UPSTREAM}, expiration=lambda: self._random.choice(("1d", "2h")))

    def _names(self, noun: str, most: int) -> list[str]:
        return sorted(
            f"{noun}{number}" for number in self._random.sample(range(2 * most), self._random.randint(0, most))
        )

    def _several(self, things: t.Sequence[t.Any]) -> list[t.Any]:
        return self._random.sample(list(things), self._random.randint(0, min(4, len(things))))

    def _some(self, made: Document, **options: t.Callable[[], t.Any]) -> Document:
        return {**made, **{name: option() for name, option in options.items() if self._chance(0.6)}}

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability
