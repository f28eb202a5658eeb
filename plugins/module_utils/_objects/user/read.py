# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the look at an account, and what of it a task must remember."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.resource import Observed, State, Wish
from .accounts import email_of, refuse_quay_io

ACCOUNT = "/superuser/users/{username}"


@dataclasses.dataclass
class Memory:
    """What a task saw at its first look, so that later ones do not take its own doings for what was there before."""

    params: State
    facts: State = dataclasses.field(default_factory=dict)

    def needs_configuration(self, fields: State | None) -> bool:
        """Whether something is to be done that not every server lets a superuser do."""
        given = self.params
        if given["state"] == "absent" or fields is None:
            return given["state"] == "present"
        new_email = given["email"] and given["email"] != fields["email"]
        return bool(new_email or (given["password"] and given["update_password"] == "always"))


def locate(_client: QuayClient, params: State) -> Names:
    return {"username": params["username"], "memory": Memory(params)}


def read(client: QuayClient, names: Names, __wish: Wish) -> Observed:
    memory: Memory = names["memory"]
    view = client.get(ACCOUNT, names)
    fields = None if view is None else {"email": email_of(view), "enabled": view["enabled"]}
    if not memory.facts:
        if fields is None:
            refuse_quay_io(client)
        memory.facts.update(existed=fields is not None, was_enabled=fields is None or fields["enabled"])
        memory.facts.update(authentication="Database", mailing=False, given=memory.params["password"] is not None)
    if memory.needs_configuration(fields):
        published = client.config()
        memory.facts["authentication"] = published["config"].get("AUTHENTICATION_TYPE", "Database")
        memory.facts["mailing"] = published["features"].get("MAILING", False)
    # The directory gives the address of an account that is linked.
    born = {} if memory.facts["authentication"] == "Database" else {"email": None}
    return Observed(fields, {**memory.facts, "super_user": view and view["super_user"]}, born)
