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
MaybeBoolean = t.Optional[bool]
NumberOrText = t.Union[int, str]
BooleanOrText = t.Union[bool, str]
MaybeObject = t.Optional[Object]


@functools.cache
def listed(key: str, entry: t.Any) -> t.Any:
    """The view of a list under ``key``, whose entries are each of type ``entry``."""
    return t.TypedDict(key, {key: list[entry]})  # type: ignore[operator]


class Named(t.TypedDict):
    """Whatever is given by name (quay endpoints/api)."""

    name: str


MaybeNamed = t.Optional[Named]


class _QuotaLimit(t.TypedDict):
    id: int
    type: str
    limit_percent: int


class QuotaView(t.TypedDict):
    """A storage quota (quay endpoints/api/namespacequota.py, quota_view); the registry's default has no id."""

    id: MaybeNumber
    limit_bytes: MaybeNumber
    limits: list[_QuotaLimit]


class TeamView(Named):
    """A team in its organization (quay endpoints/api/organization.py, team_view)."""

    role: str
    description: str
    repo_count: int
    member_count: int
    is_synced: bool


class _Organization(Named):
    email: MaybeText


class _Administered(_Organization):
    is_admin: t.Literal[True]
    teams: dict[str, TeamView]
    tag_expiration_s: MaybeNumber


class AdministeredView(_Administered, total=False):
    """GET /organization/<name> as administrators see it (quay endpoints/api/organization.py, org_view)."""

    quotas: list[QuotaView]


class _Shown(_Organization):
    is_admin: t.Literal[False]


class ShownView(_Shown, total=False):
    """The same as its members see it, and a part of that for anyone."""

    teams: dict[str, TeamView]


OrganizationView = t.Union[AdministeredView, ShownView]


class ListedOrganizationView(Named, total=False):
    """An organization as superusers list it, or as its members do (GET /superuser/organizations/, GET /user/)."""

    email: MaybeText
    is_org_admin: bool
    quotas: list[QuotaView]
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
    state: MaybeText


class RepositoryView(_Repository, total=False):
    """A repository, alone or in a list (quay endpoints/api/repository_models_interface.py)."""

    last_modified: MaybeNumber
    quota_report: MaybeObject


class OneRepositoryView(RepositoryView):
    """GET /repository/<namespace>/<name> (quay endpoints/api/repository.py)."""

    can_write: bool
    can_admin: bool


class _User(t.TypedDict):
    username: str


class UserView(_User, total=False):
    """GET /user/ and GET /users/<name> (quay endpoints/api/user.py, user_view)."""

    email: MaybeText
    is_me: bool
    super_user: bool


class OwnAccountView(UserView):
    """GET /user/, whose scope user:read shows the organizations, too."""

    organizations: list[ListedOrganizationView]


class _Account(_User):
    email: MaybeText
    enabled: bool
    super_user: bool


class AccountView(_Account, total=False):
    """A user as superusers see them (quay endpoints/api/superuser_models_interface.py)."""

    verified: bool
    global_readonly_super_user: bool
    quotas: list[QuotaView]
    quota_report: MaybeObject


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


class _Holder(Named):
    repositories: list[str]


class HolderView(_Holder, total=False):
    """Someone in an organization, and what they have rights to (quay endpoints/api/organization.py)."""

    teams: list[Named]


class _LogEntry(t.TypedDict):
    kind: str
    datetime: str
    metadata: Object


class LogEntryView(_LogEntry, total=False):
    """An entry of the usage logs (quay data/logs_model/datatypes.py); the performer may be unknown or deleted."""

    performer: MaybeObject
    namespace: MaybeObject


class LogsView(t.TypedDict):
    """A page of usage logs (quay endpoints/api/logs.py); a server that only writes them has no entries."""

    logs: list[LogEntryView]
    end_time: str


class DescriptionView(t.TypedDict):
    """GET /api/v1/discovery."""

    paths: Object
    definitions: Object


class ConfigView(t.TypedDict):
    """GET /config (quay endpoints/web.py)."""

    config: Object
    features: Object
