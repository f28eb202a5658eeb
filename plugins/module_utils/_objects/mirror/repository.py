# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: repositories that mirror another one (quay endpoints/api/mirror.py).

Quay cannot delete a mirror: it is disabled, or the repository gets another state.
"""

from __future__ import annotations

import dataclasses

from ..._client.capabilities import lack
from ..._client.client import Names, QuayClient
from ..._client.views import GrantView, Object
from ..._engine.field import Field, State
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.singleton import Singleton
from ..._text.name_rules import repository_rule, text_rule
from ..repository.read import find_repository, full_name
from . import shared


class RepositoryMirrorView(shared.MirrorView):
    """GET /repository/…/mirror."""

    external_reference: str
    root_rule: Object


PATH = "/repository/{+repository}/mirror"
GRANT = "/repository/{+repository}/permissions/user/{robot}"
STATE_PATH = "/repository/{+repository}/changestate"
REFERENCE, TAGS, TIMEOUT = "external_reference", "image_tags", "skopeo_timeout"
NEW_TIMEOUT = 300
NEEDED = (REFERENCE, "robot_username", TAGS)
ARCHITECTURES = ("amd64", "arm64", "ppc64le", "s390x")


def reference_rule(name: str) -> str:
    """The broken rule for the repository in the other registry, or an empty string."""
    good = "://" not in name and all(name.partition("/")) and not any(map(str.isspace, name))
    return text_rule(name) if good else "use the form host/path, without http:// or https://"


def tags_rule(globs: list[str]) -> str:
    """The broken rule for the patterns of tags, or an empty string."""
    return "" if globs else "use at least one tag or pattern"


def locate(client: QuayClient, params: State) -> Names:
    """The full name. Raises BadInput for a robot of another namespace, and QuayError."""
    name = full_name(client, params["name"])
    shared.check_robot(params, name.partition("/")[0])
    return {"name": name, "repository": name}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """For a new mirror also whether its robot may write already. Raises ParentMissing and QuayError.

    Quay 3.15 and later need a timeout, and earlier ones fail if they get one.
    """
    observed = SHAPE.read(REPOSITORY_MIRROR, client, names, wish)
    is_new = observed.fields is None
    timeout = None if is_new and lack(client, "mirror_timeout") else NEW_TIMEOUT
    observed = dataclasses.replace(observed, initial={TIMEOUT: timeout})
    robot = wish.fields.get("robot_username")
    if not (is_new and robot):
        return observed
    grant = client.get(GRANT, {**names, "robot": robot}, missing=(400, 404), view=GrantView)
    return dataclasses.replace(observed, facts={"writes": bool(grant) and grant["role"] != "read"})


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Leave out what there is nothing to do for, and what would disturb a synchronization. Raises QuayError."""
    wish = shared.adapt(REPOSITORY_MIRROR, names, observed, wish, NEEDED)
    if observed.fields is None:
        return wish
    runs = observed.facts["entry"]["sync_status"] == "SYNCING" and shared.CANCEL not in wish.fields
    return _undisturbed(names, observed, wish) if runs else wish


def _undisturbed(names: Names, observed: Observed, wish: Wish) -> Wish:
    """A change would cut the worker off from its own mirror (quay data/model/repo_mirror.py, release_mirror)."""
    there = observed.fields or {}
    other = [name for name, value in wish.fields.items() if name not in there or there[name] != value]
    if not other:
        return wish
    why = f"{', '.join(other)} of {REPOSITORY_MIRROR.title(names)} stays as it is: a synchronization is running"
    warning = f"{why}. Run the task again after it, or with cancel_sync."
    same = {name: value for name, value in wish.fields.items() if name not in other}
    return dataclasses.replace(wish, fields=same, warnings=(*wish.warnings, warning))


def complete(change: Change, sent: State) -> State:
    """The kind of the tags' rule goes with them."""
    if "root_rule" in sent:
        sent["root_rule"]["rule_kind"] = "tag_glob_csv"
    return sent if change.observed.fields is None else _paired(change, sent)


def _paired(change: Change, sent: State) -> State:
    """Quay takes a password only with its user, and without a user there is none."""
    if shared.PASSWORD in sent:
        sent[shared.USERNAME] = change.after[shared.USERNAME]
    elif shared.USERNAME in sent and sent[shared.USERNAME] is None:
        sent[shared.PASSWORD] = None
    return sent


def loses_proxy(change: Change) -> bool:
    """Of the first proxies, Quay only prepares the place for one (quay data/model/repo_mirror.py)."""
    return bool(change.differs & {*shared.PROXIES}) and "proxy" not in change.facts["entry"][shared.CONFIG]


def write(change: Change) -> Steps:
    """A new mirror puts its repository in state MIRROR; a document may declare another one.

    Quay lets its robot write, but keeps the tags of a mirror that it then refuses for want of the robot, and changes
    those instead of the tags of the next mirror. So the grant, which it refuses without a trace, comes first.
    """
    if change.observed.fields is None and not change.facts.get("writes"):
        robot = change.after["robot_username"]
        yield change.step(f"let {robot} write for", "PUT", GRANT, {"role": "write"}, robot=robot)
    yield from SHAPE.write(change)
    state = change.wish.options.get("repo_state")
    if change.observed.fields is None and state not in (None, "MIRROR"):
        yield change.step("keep the state of", "PUT", STATE_PATH, {"state": state})


SHAPE = Singleton(
    PATH,
    update="PUT",
    complete=complete,
    apart=loses_proxy,
    needs="repository_mirror",
    parent=find_repository,
    view=RepositoryMirrorView,
)
REPOSITORY_MIRROR = Resource(
    kind="repository_mirror",
    label="{name}",
    keys=(Field("name", required=True, rule=repository_rule),),
    fields=(
        Field(REFERENCE, rule=reference_rule),
        shared.patterns(TAGS, rule=tags_rule, api="root_rule.rule_value"),
        shared.period("sync_interval", 1, 2**31 - 1, "use 1 to 2147483647 seconds", on_create=86400),
        shared.period(
            TIMEOUT,
            300,
            43200,
            "use 300 to 43200 seconds",
            api="skopeo_timeout_interval",
            needs="mirror_timeout",
            spec={"aliases": ["skopeo_timeout_interval"]},
        ),
        Field("unsigned_images", "bool", on_create=False, api=f"{shared.CONFIG}.unsigned_images"),
        Field(
            "architecture_filter",
            "list",
            canonical=lambda names: sorted({*names}) or None,
            needs="mirror_architectures",
            spec={"elements": "str", "choices": list(ARCHITECTURES)},
        ),
        *shared.fields(PATH, enabled=False),
    ),
    shape=SHAPE,
    read=read,
    locate=locate,
    adapt=adapt,
    writes=(write,),
    verify=True,
    needs="repository_mirror",
)
