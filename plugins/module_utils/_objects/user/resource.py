# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: accounts as a superuser manages them (quay endpoints/api/superuser.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.field import Field, State
from ..._engine.resource import Change, Observed, Resource, Steps
from ..._engine.writes import Create
from ..._text.name_rules import email_rule, namespace_rule, new_namespace_rule, password_rule
from .limits import adapt
from .read import ACCOUNT, read, resume

VERBS = {
    "password": "set the password of",
    "email": "set the e-mail address of",
    "superuser": "add to the superusers in the server's configuration the",
}


class CreateOrLink(Create):
    """A directory has its accounts already: there Quay only links one."""

    def __call__(self, change: Change) -> Steps:
        """One request, after which the account is looked at again for a superuser. Raises as ``Change.step``."""
        for step in self._steps(change):
            # The configuration may name the new account already, which shows now, and Quay updates no superuser.
            yield dataclasses.replace(step, look=bool(change.wish.fields.get("superuser")))

    def _steps(self, change: Change) -> Steps:
        if change.facts["authentication"] == "Database":
            yield from super().__call__(change)
        else:
            step = change.step("link", "POST", "/entities/link/{username}")
            # Of a name that the directory lacks, Quay only says that name or password are wrong.
            yield dataclasses.replace(step, purpose=f"{step.purpose} with the directory, which must know it")


def put_facets(change: Change) -> Steps:
    """Quay's PUT is not atomic, so each facet has its own."""
    for name in ("password", "email", "enabled", "superuser"):
        if name in change.differs:
            verb = VERBS.get(name) or ("enable" if change.after["enabled"] else "disable")
            yield change.step(verb, "PUT", ACCOUNT, {name: change.after[name]})


def remove(change: Change) -> Steps:
    """Quay answers 204 to the deletion of a disabled account and leaves it there (data/model/user.py)."""
    if not (change.observed.before.fields or change.before)["enabled"]:
        undo = change.step("disable again", "PUT", ACCOUNT, {"enabled": False})
        yield change.step("enable", "PUT", ACCOUNT, {"enabled": True}, undo=undo)
    yield change.step("delete", "DELETE", ACCOUNT)


def returns(observed: Observed, answers: list[t.Any]) -> State:
    """``password`` is None if Quay generates one that no answer has shown: in check mode, or if it was lost."""
    seen = [answer for answer in answers if isinstance(answer, dict)]
    generated = [answer["password"] for answer in seen if "password" in answer]
    replaced = any("encrypted_password" in answer and "password" not in answer for answer in seen)
    facts, existed = observed.facts, observed.before.fields is not None
    result = {"super_user": facts["super_user"]}
    if generated and not replaced:
        result["password"] = generated[-1]
    elif not existed and not observed.before.facts["given"] and facts["authentication"] == "Database":
        result["password"] = None
    return result


USER = Resource(
    kind="user",
    label="{username}",
    keys=(Field("username", required=True, rule=namespace_rule, new_rule=new_namespace_rule),),
    fields=(
        Field("email", on_create="", rule=email_rule),
        Field("password", write_only="update_password", rule=password_rule),
        Field("enabled", "bool", on_create=True),
        # Quay writes it into SUPER_USERS of its configuration, which counts after a restart.
        Field("superuser", "bool", on_create=False, deferred=True, spec={"aliases": ["is_superuser"]}),
    ),
    read=read,
    resume=resume,
    adapt=adapt,
    create=CreateOrLink("POST", "/superuser/users/", {"email": "email"}, names={"username": "username"}),
    writes=(put_facets,),
    remove=remove,
    returns=returns,
    verify=True,
)
