# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the registry holds, as plain records."""

from __future__ import annotations

import itertools
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from .images import Images

counter = itertools.count(1)


def next_id() -> int:
    return next(counter)


def new_uuid() -> str:
    return str(uuid.uuid4())


@dataclass(eq=False)
class QuotaLimit:
    kind: str
    percent: int
    id: int = field(default_factory=next_id)


@dataclass(eq=False)
class Quota:
    limit_bytes: int
    limits: list[QuotaLimit] = field(default_factory=list)
    id: int = field(default_factory=next_id)


@dataclass(eq=False)
class ProxyCache:
    upstream_registry: str
    credentials: tuple[str | None, str | None]
    expiration_s: int
    insecure: bool


@dataclass(eq=False)
class Namespace:
    """A user, an organization or a robot: they share one table of names."""

    name: str
    kind: str
    email: str = field(default_factory=new_uuid)
    id: int = field(default_factory=next_id)
    uuid: str = field(default_factory=new_uuid)
    created: float = field(default_factory=time.time)
    enabled: bool = True
    verified: bool = True
    deleted: bool = False
    password: str | None = None
    failed_logins: int = 0
    last_failed: float = 0.0
    invoice_email: bool = False
    invoice_email_address: str | None = None
    tag_expiration_s: int = 1209600
    profile: dict = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    quota: Quota | None = None
    proxy_cache: ProxyCache | None = None
    mirror: dict | None = None
    # Entries of plain kinds by the name of their list, see endpoints/crud.py.
    entries: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    # Of a robot.
    owner: Namespace | None = None
    token: str = ""
    description: str = ""
    metadata: dict = field(default_factory=dict)
    federation: list[dict] = field(default_factory=list)

    @property
    def is_robot(self) -> bool:
        return self.kind == "robot"


@dataclass(eq=False)
class Invite:
    inviter: Namespace
    user: Namespace | None
    email: str | None
    code: str = field(default_factory=new_uuid)


@dataclass(eq=False)
class Sync:
    service: str
    config: dict
    last_updated: float | None = None


@dataclass(eq=False)
class Team:
    name: str
    org: Namespace
    role: str = "member"
    description: str = ""
    id: int = field(default_factory=next_id)
    members: list[Namespace] = field(default_factory=list)
    invites: list[Invite] = field(default_factory=list)
    sync: Sync | None = None


@dataclass(eq=False)
class Repository:
    namespace: Namespace
    name: str
    public: bool = False
    description: str | None = ""
    state: str = "NORMAL"
    deleted: bool = False
    id: int = field(default_factory=next_id)
    badge: str = field(default_factory=new_uuid)
    user_roles: dict[Namespace, str] = field(default_factory=dict)
    team_roles: dict[Team, str] = field(default_factory=dict)
    entries: dict[str, list] = field(default_factory=lambda: defaultdict(list))
    starred: list[Namespace] = field(default_factory=list)
    mirror: dict | None = None
    # Of all mirrors that were asked for, also in vain.
    rules: list[dict] = field(default_factory=list)
    # Addresses that were asked whether they want notifications, and whether they do.
    authorized_emails: dict[str, bool] = field(default_factory=dict)
    images: Images = field(default_factory=Images)


@dataclass(eq=False)
class Trigger:
    """What starts builds of a repository; active once its config has credentials."""

    repository: Repository
    connected_user: Namespace
    service: str = "custom-git"
    config: dict = field(default_factory=dict)
    enabled: bool = True
    disabled_reason: str | None = None
    pull_robot: Namespace | None = None
    id: str = field(default_factory=new_uuid)


@dataclass(eq=False)
class Build:
    repository: Repository
    display_name: str
    dockerfile_path: str
    context: str
    tags: list[str]
    manual_user: Namespace
    archive_url: str | None = None
    file_id: str | None = None
    pull_robot: Namespace | None = None
    trigger: Trigger | None = None
    trigger_metadata: dict = field(default_factory=dict)
    id: str = field(default_factory=new_uuid)
    started: float = field(default_factory=time.time)
    phase: str = "waiting"
    phase_since: float = field(default_factory=time.time)
    error: str | None = None
    log: list[dict] = field(default_factory=list)
    archived: bool = False


@dataclass(eq=False)
class Token:
    """An OAuth token; one without an application is of the server's own, called automation."""

    user: Namespace
    scopes: frozenset[str]
    expires: float | None = None
    application: dict | None = None
    name: str | None = None
    created: float = field(default_factory=time.time)
    uuid: str = field(default_factory=new_uuid)
    id: int = field(default_factory=next_id)
