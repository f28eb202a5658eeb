# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the views of Quay's answers, as far as they are read here.

Required is what every release from 3.9 on sends to whoever may read it. Python 3.9 evaluates the types: no ``|``.
"""

from __future__ import annotations

import functools
import typing as t

Object = dict[str, t.Any]
MaybeText = t.Optional[str]
MaybeNumber = t.Optional[int]
MaybeObject = t.Optional[Object]
MaybeNamed = t.Optional["Named"]


@functools.cache
def listed(key: str, entry: t.Any = dict) -> t.Any:
    """The view of a list under ``key``."""
    return t.TypedDict(key, {key: list[entry]})  # type: ignore[operator]


class Named(t.TypedDict):
    """Whatever is given by name (quay endpoints/api)."""

    name: str


class _Team(Named):
    role: str
    description: str


class TeamView(_Team, total=False):
    """A team in its organization (quay endpoints/api/organization.py, team_view)."""

    repo_count: int
    member_count: int
    is_synced: bool


class _Organization(Named):
    is_admin: bool


class OrganizationView(_Organization, total=False):
    """GET /organization/<name> (quay endpoints/api/organization.py, org_view): a part of it for anyone."""

    email: MaybeText
    teams: dict[str, TeamView]
    tag_expiration_s: MaybeNumber


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


RobotsView = listed("robots", RobotView)


class _Repository(Named):
    namespace: str
    is_public: bool
    description: MaybeText


class RepositoryView(_Repository, total=False):
    """A repository, alone or in a list (quay endpoints/api/repository_models_interface.py)."""

    state: MaybeText
    can_admin: bool
    last_modified: MaybeNumber
    quota_report: MaybeObject


class _User(t.TypedDict):
    username: str


class UserView(_User, total=False):
    """GET /user/ and GET /users/<name> (quay endpoints/api/user.py, user_view)."""

    email: MaybeText
    is_me: bool
    super_user: bool
    organizations: list[ListedOrganizationView]


class _Account(_User):
    email: MaybeText
    enabled: bool
    super_user: bool


class AccountView(_Account, total=False):
    """A user as superusers see them (quay endpoints/api/superuser_models_interface.py)."""

    verified: bool
    global_readonly_super_user: bool


class _Delegate(Named):
    kind: str


class PrototypeView(t.TypedDict):
    """A default permission (quay endpoints/api/prototype.py, prototype_view)."""

    id: str
    role: str
    delegate: _Delegate
    activating_user: MaybeNamed


PrototypesView = listed("prototypes", PrototypeView)


class GrantView(t.TypedDict):
    """GET /repository/…/permissions/<kind>/<name> (quay endpoints/api/permission.py)."""

    role: str


class GrantsView(t.TypedDict):
    """GET /repository/…/permissions/<kind>/ (quay endpoints/api/permission.py)."""

    permissions: dict[str, GrantView]


class _Held(GrantView):
    repository: Named


HeldGrantsView = listed("permissions", _Held)


class HolderView(Named):
    """Someone in an organization, and what they have rights to (quay endpoints/api/organization.py)."""

    repositories: list[str]


class FederationView(t.TypedDict):
    """Whose tokens may act for a robot (quay endpoints/api/robot.py)."""

    issuer: str
    subject: str


class _Member(t.TypedDict):
    kind: str


class Member(_Member, total=False):
    """Someone in a team or an organization (quay endpoints/api/team.py, member_view); an invitation has no name."""

    name: str
    email: str
    is_robot: bool


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

    performer: MaybeObject
    namespace: MaybeObject


class _Logs(t.TypedDict):
    logs: list[LogEntryView]


class LogsView(_Logs, total=False):
    """A page of usage logs; a server that only writes them has neither times nor entries."""

    end_time: str


class DescriptionView(t.TypedDict):
    """GET /api/v1/discovery."""

    paths: Object
    definitions: Object


class ConfigView(t.TypedDict):
    """GET /config (quay endpoints/web.py)."""

    config: Object
    features: Object
