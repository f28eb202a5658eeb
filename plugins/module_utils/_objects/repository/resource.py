# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: repositories with their grants (quay endpoints/api/repository.py, permission.py)."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.field import Field
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.writes import Create, carry
from ..._text.name_rules import new_repository_rule, repository_rule, text_rule
from ..prune import option as prune_option
from . import grants
from .read import REPOSITORY_PATH, locate, read


def adapt(_client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """The owner's row needs no grant, and append=false spares what must not go."""
    if "perms" not in wish.fields:
        return wish
    present = (observed.initial if observed.fields is None else observed.fields).get("perms", ())
    spared = {("user", observed.facts.get("kept")), ("user", observed.facts.get("mirror_robot"))}
    wanted = [grant for grant in wish.fields["perms"] if grants.identity(grant) != ("user", names["namespace"])]
    wanted += [grant for grant in grants.undeclared(present, wish) if grants.identity(grant) in spared]
    warnings = wish.warnings
    if observed.facts.get("kept"):
        why = f"it is not an administrator of {names['namespace']} and would be locked out"
        warnings += (
            f"The permission of the account {observed.facts['kept']} on repository {names['name']} is kept: {why}.",
        )
    return dataclasses.replace(wish, fields={**wish.fields, "perms": wanted}, warnings=warnings)


class _Creation(Create):
    """A repository that Quay does not show may be there: a refusal then says so, or means missing rights."""

    def __call__(self, change: Change) -> Steps:
        for step in super().__call__(change):
            hidden = f"{step.purpose}, which the account has no rights to see (or its token lacks scope repo:admin)"
            doubt = change.facts.get("doubt")
            yield dataclasses.replace(
                step, purpose=hidden if doubt else step.purpose, there="already exists" if doubt else ""
            )


def star(change: Change) -> Steps:
    """A star belongs to the caller's account, not to the repository."""
    if "star" in change.differs and change.after["star"]:
        body = {name: change.names[name] for name in ("namespace", "repository")}
        yield change.step("star", "POST", "/user/starred", body)
    elif "star" in change.differs:
        yield change.step("remove the star from", "DELETE", "/user/starred/{namespace}/{+repository}")


def remove(change: Change) -> Steps:
    """One request. Raises as ``Change.step``."""
    yield change.step("delete", "DELETE", REPOSITORY_PATH)


STATE_PATH = REPOSITORY_PATH + "/changestate"
GRANT = {
    "name": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["user", "team"], "default": "user"},
    "role": {"type": "str", "choices": ["read", "write", "admin"], "default": "read"},
}
REPOSITORY = Resource(
    kind="repository",
    label="{name}",
    keys=(Field("name", required=True, rule=repository_rule, new_rule=new_repository_rule),),
    fields=(
        Field("visibility", spec={"choices": ["public", "private"]}, on_create="private"),
        Field("description", on_create="", rule=text_rule),
        Field("repo_state", spec={"choices": ["NORMAL", "READ_ONLY", "MIRROR"]}, on_create="NORMAL"),
        Field("star", "bool", on_create=False),
        Field(
            "perms",
            "list",
            spec={"elements": "dict", "options": GRANT},
            rule=grants.rule,
            identity=grants.identity,
        ),
        *prune_option.FIELDS,
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    create=_Creation(
        "POST",
        "/repository",
        {name: name for name in ("visibility", "description")},
        {name: name for name in ("namespace", "repository")},
    ),
    writes=(
        carry("set the description of", "PUT", REPOSITORY_PATH, "description"),
        carry("set the visibility of", "POST", REPOSITORY_PATH + "/changevisibility", "visibility"),
        carry(
            "set the state of", "PUT", REPOSITORY_PATH + "/changestate", needs="repository_state", repo_state="state"
        ),
        star,
        prune_option.write,
        grants.grant,
    ),
    remove=remove,
)
