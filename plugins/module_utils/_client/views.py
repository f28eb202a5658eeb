# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the views of Quay's answers, as far as they are read here.

Required is what every release from 3.9 on sends to everyone who may read it; other keys depend on release, rights
and features. Types are evaluated on Python 3.9, so there is no ``|`` in them.
"""

from __future__ import annotations

import typing as t

Object = dict[str, t.Any]
MaybeText = t.Optional[str]
MaybeNumber = t.Optional[int]
MaybeObject = t.Optional[Object]


class Named(t.TypedDict):
    """Whatever is given by name (quay endpoints/api)."""

    name: str


class TeamView(t.TypedDict):
    """A team in its organization (quay endpoints/api/organization.py, team_view)."""

    name: str
    role: str
    description: str


class OrganizationTeamView(TeamView, total=False):
    """What only the list of teams in an organization has."""

    repo_count: int
    member_count: int
    is_synced: bool


class _Organization(t.TypedDict):
    name: str
    is_admin: bool


class OrganizationView(_Organization, total=False):
    """GET /organization/<name> (quay endpoints/api/organization.py, org_view): a part of it for anyone."""

    email: MaybeText
    is_member: bool
    teams: dict[str, OrganizationTeamView]
    tag_expiration_s: MaybeNumber
    quotas: t.Any


class ListedOrganizationView(Named, total=False):
    """An organization as superusers list it, or as its members do (GET /superuser/organizations/, GET /user/)."""

    email: MaybeText
    is_org_admin: bool
    quota_report: MaybeObject


class RobotView(Named, total=False):
    """A robot (quay endpoints/api/robot_models_interface.py); its token only for administrators."""

    description: MaybeText
    created: MaybeText
    last_accessed: MaybeText
    token: MaybeText
    unstructured_metadata: MaybeObject
    teams: t.Any
    repositories: t.Any


class RobotsView(t.TypedDict):
    """GET …/robots."""

    robots: list[RobotView]


class _Repository(t.TypedDict):
    namespace: str
    name: str
    is_public: bool
    description: MaybeText


class RepositoryView(_Repository, total=False):
    """A repository, alone or in a list (quay endpoints/api/repository_models_interface.py)."""

    kind: MaybeText
    state: MaybeText
    can_write: bool
    can_admin: bool
    last_modified: MaybeNumber
    quota_report: MaybeObject


class _User(t.TypedDict):
    username: str


class UserView(_User, total=False):
    """GET /user/ and GET /users/<name> (quay endpoints/api/user.py, user_view)."""

    email: MaybeText
    is_me: bool
    organizations: list[ListedOrganizationView]


class _Account(t.TypedDict):
    username: str
    email: MaybeText
    enabled: bool
    super_user: bool


class AccountView(_Account, total=False):
    """A user as superusers see them (quay endpoints/api/superuser_models_interface.py)."""

    verified: bool
    global_readonly_super_user: bool


class Delegate(t.TypedDict):
    """Who receives a default permission."""

    name: str
    kind: str


MaybeNamed = t.Optional[Named]


class PrototypeView(t.TypedDict):
    """A default permission (quay endpoints/api/prototype.py, prototype_view)."""

    id: str
    role: str
    delegate: Delegate
    activating_user: MaybeNamed


class PrototypesView(t.TypedDict):
    """GET /organization/<name>/prototypes."""

    prototypes: list[PrototypeView]


class _Member(t.TypedDict):
    kind: str


class Member(_Member, total=False):
    """Someone in a team or an organization (quay endpoints/api/team.py, member_view); an invitation has no name."""

    name: str
    email: str
    is_robot: bool
    invited: bool


class _Members(t.TypedDict):
    members: list[Member]


class MembersView(_Members, total=False):
    """GET …/members of a team or an organization."""

    can_sync: MaybeObject
    synced: MaybeObject


class BuildView(t.TypedDict):
    """A build (quay endpoints/api/build.py, build_status_view)."""

    id: str
    phase: str
    started: MaybeText
    display_name: MaybeText
    tags: t.Any
    trigger: MaybeObject
    trigger_metadata: MaybeObject
    pull_robot: MaybeObject
    dockerfile_path: MaybeText
    context: MaybeText
    manual_user: MaybeText
    is_writer: bool
    error: MaybeText


class BuildsView(t.TypedDict, total=False):
    """GET …/build/; without it, Quay takes the address for that of a repository."""

    builds: list[BuildView]


class _LogEntry(t.TypedDict):
    kind: str
    datetime: str
    metadata: Object


class LogEntryView(_LogEntry, total=False):
    """An entry of the usage logs (quay data/logs_model/datatypes.py); the performer may be unknown or deleted."""

    ip: MaybeText
    performer: MaybeObject
    namespace: MaybeObject


class _Logs(t.TypedDict):
    logs: list[LogEntryView]


class LogsView(_Logs, total=False):
    """A page of usage logs; a server that only writes them has neither times nor entries."""

    start_time: str
    end_time: str
    next_page: MaybeText


class DescriptionView(t.TypedDict):
    """GET /api/v1/discovery (quay endpoints/api/discovery.py)."""

    paths: Object
    definitions: Object


class ConfigView(t.TypedDict):
    """GET /config (quay endpoints/web.py)."""

    config: Object
    features: Object
