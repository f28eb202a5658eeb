# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams whose members come from a group of a directory (quay endpoints/api/team.py).

Quay cannot change a group: the team is untied first, and the old group comes back if the new one is refused.
"""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.singleton import Singleton
from ..._text.ldap_dn import name_rule, same
from ..._text.name_rules import namespace_rule, text_rule
from ..team.members import MembersView
from .administrators import refuse_loss
from .limits import check_group, published_directory, refusal
from .read import GROUPS, TEAM, read


def locate(_client: QuayClient, params: State) -> Names:
    """``leaving``: what is deleted, the tie alone or the members too; empty with ``state: present``."""
    gone = "tie" if params.get("keep_users", True) else "members"
    return {"leaving": "" if params["state"] == "present" else gone}


def resume(first: Observed, now: Observed) -> Observed:
    """If this task has cut the tie and not come further, members that were to go with it still have to."""
    unfinished = first.fields is not None and now.fields is None and now.facts.get("leaving")
    return dataclasses.replace(now, fields={"members": now.facts["leaving"]}) if unfinished else now


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Check the group against the server's directory, of which Quay shows more where there is a team already.

    Raises BadInput, Forbidden, FeatureOff and QuayError.
    """
    if wish.state == "absent" and observed.fields is None:
        return wish
    directory = observed.facts["directory"] if observed.facts else published_directory(client)
    if directory is None:
        raise refusal(client, names)
    if wish.state == "absent":
        return wish
    option, group = next(iter(wish.fields.items()))
    present, warnings = (observed.fields or {}).get(option), wish.warnings
    if option == "group_dn" and present and same(present, group):
        group = present
    if directory:
        check_group(client, directory, option, group if group != present else "")
    humans = observed.facts.get("humans")
    if option == "group_name" and group != present and humans:
        # Of a document the guard of the last administrator sees all teams together.
        if wish.options.get("force") is False:
            refuse_loss(client, names, humans)
        loss = f"Quay removes the members of team {TEAM_SYNC.label.format(**names)} ({', '.join(humans)})"
        warnings += (f"{loss}: who is in the group comes back with the next sign-in.",)
    return dataclasses.replace(wish, fields={**dict.fromkeys(GROUPS), option: group}, warnings=warnings)


def purpose(change: Change, verb: str, sent: State | None) -> str:
    """What a write is for, with the group."""
    team = f"team {TEAM_SYNC.label.format(**change.names)}"
    if verb == "delete":
        return f"end the synchronization of {team}"
    return f"synchronize {team} with group {' '.join(map(str, (sent or {}).values()))}"


def remove(change: Change) -> Steps:
    """While the team is tied Quay lets no human go."""
    if change.facts["synced"]:
        yield from SHAPE.remove(change)
    for member in change.before.get("members") or ():
        step = change.step("", "DELETE", TEAM + "/members/{member}", member=member)
        title = TEAM_SYNC.label.format(**change.names)
        yield dataclasses.replace(step, purpose=f"remove member {member} from team {title}")


def _group(name: str) -> Field:
    return Field(name, rule=lambda group: text_rule(group) if group else "specify the name of a group")


SHAPE = Singleton(
    TEAM + "/syncing",
    # Quay shows it in the list of the team's members alone.
    view=MembersView,
    restore=lambda change: dict(change.facts["entry"]),
    purpose=purpose,
)
TEAM_SYNC = Resource(
    kind="team_sync",
    label="{organization}/{name}",
    keys=(
        Field("organization", required=True, rule=namespace_rule),
        Field("name", required=True, rule=namespace_rule),
    ),
    fields=(
        Field("group_dn", rule=lambda group: text_rule(group) or name_rule(group)),
        _group("group_name"),
        _group("group_id"),
        # It shows who leaves with the tie.
        Field("members", "list", computed=True),
    ),
    shape=SHAPE,
    locate=locate,
    read=read,
    resume=resume,
    adapt=adapt,
    remove=remove,
    returns=lambda observed, _answers: {"last_updated": observed.facts.get("last_updated")},
)
