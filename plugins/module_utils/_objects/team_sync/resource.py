# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: teams whose members come from a group of a directory (quay endpoints/api/team.py)."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient, address
from ..._engine.resource import (
    Change,
    Field,
    Observed,
    Resource,
    State,
    Step,
    Steps,
    Wish,
)
from ..._text.ldap_dn import name_rule, same
from ..._text.name_rules import namespace_rule, text_rule
from .limits import check_group, refusal
from .read import GROUPS, TEAM, read


def locate(_client: QuayClient, params: State) -> Names:
    """``leaving``: what goes, the tie alone or the members too; ``tied``: the ties that this run has seen."""
    gone = "tie" if params.get("keep_users", True) else "members"
    leaving = "" if params["state"] == "present" else gone
    return {"organization": params["organization"], "name": params["name"], "leaving": leaving, "tied": []}


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Hold the group against the server's directory; without a team there is nothing to hold it against."""
    if not observed.facts or (wish.state == "absent" and observed.fields is None):
        return wish
    if names["directory"] is None:
        raise refusal(client, names)
    if wish.state == "absent":
        return wish
    option, group = next(iter(wish.fields.items()))
    present, warnings = (observed.fields or {}).get(option), wish.warnings
    if option == "group_dn" and present and same(present, group):
        group = present
    if names["directory"]:
        check_group(client, names["directory"], option, group if group != present else "")
    if option == "group_name" and group != present and names["humans"]:
        loss = f"Quay removes the members of team {TEAM_SYNC.label.format(**names)} ({', '.join(names['humans'])})"
        warnings += (f"{loss}: who is in the group comes back with the next sign-in.",)
    return dataclasses.replace(wish, fields={**dict.fromkeys(GROUPS), option: group}, warnings=warnings)


def tie(change: Change) -> Steps:
    """Quay cannot change a group: the team is untied first, and the old group comes back if the new one is refused."""
    if change.differs:
        if change.names.get("synced"):
            yield _untie(change)
        yield _tie(change, {option: change.after[option] for option in GROUPS if change.after[option]})


def remove(change: Change) -> Steps:
    """While the team is tied Quay lets no human go."""
    team = TEAM_SYNC.label.format(**change.names)
    if change.names["synced"]:
        yield _untie(change)
    for member in change.before.get("members", ()):
        path = address(TEAM + "/members/{member}", {**change.names, "member": member})
        yield Step("DELETE", path, None, f"remove member {member} from team {team}")


def _tie(change: Change, config: State) -> Step:
    group = " ".join(map(str, config.values()))
    purpose = f"synchronize team {TEAM_SYNC.label.format(**change.names)} with group {group}"
    return Step("POST", address(TEAM + "/syncing", change.names), config, purpose)


def _untie(change: Change) -> Step:
    purpose = f"end the synchronization of team {TEAM_SYNC.label.format(**change.names)}"
    again = _tie(change, change.names["config"])
    return Step("DELETE", address(TEAM + "/syncing", change.names), None, purpose, undo=again)


def _group(name: str) -> Field:
    return Field(name, rule=lambda group: text_rule(group) if group else "a group has a name")


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
        # No option: it shows who leaves with the tie.
        Field("members", "list"),
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    writes=(tie,),
    remove=remove,
    returns=lambda facts, _answers: {"last_updated": facts.get("last_updated")},
)
