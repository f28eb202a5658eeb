# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations (quay endpoints/api/organization.py, superuser.py)."""

from __future__ import annotations

import dataclasses

from ..._client.client import Names, QuayClient
from ..._client.views import OrganizationView
from ..._engine.field import Field, State, Trigger
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.writes import Create, carry
from ..._errors import QuayError
from ..._text.codec import duration, rule, seconds
from ..._text.name_rules import email_rule, is_uuid, namespace_rule, new_namespace_rule
from ..prune import option as prune_option
from .limits import EXPIRATION, NEW_TIME_MACHINE, adapt, explain_partial_view

PATH = "/organization/{current}"
SUPERUSER_PATH = "/superuser/organizations/{current}"


def locate(_client: QuayClient, params: State) -> Names:
    """Both names, and a title with both. Raises BadInput."""
    prune_option.check(params)
    name, new_name = params["name"], params["new_name"]
    return {"name": name, "new_name": new_name, "title": f"{name} (new name {new_name})" if new_name else name}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The organization under whichever of its two names it is there.

    Raises QuayError if both are there, and for what the account may not see.
    """
    name, new_name = names["name"], names["new_name"]
    view = client.get(PATH, {"current": name}, view=OrganizationView)
    if new_name and new_name != name:
        renamed = client.get(PATH, {"current": new_name}, view=OrganizationView)
        if view and renamed:
            raise QuayError(f"Organizations {name} and {new_name} both exist, so none can be renamed to the other.")
        if view is None:
            name, view = new_name, renamed
    found = {"current": name, "place": f"organization/{name}"}
    # A server may give new organizations another time machine, which nobody sees before.
    unknown: State = {EXPIRATION: None} if EXPIRATION in wish.fields else {}
    if view is None:
        return Observed(None, initial={"new_name": name, **unknown}, names=found)
    fields = {"new_name": name} if "new_name" in wish.fields else {}
    facts: State = {"is_admin": view["is_admin"]}
    if view["is_admin"]:
        prune, policies = prune_option.read(client, found["place"], wish)
        # Up to 3.17 Quay shows the UUID that it stores if there is no address.
        email = "" if is_uuid(view["email"] or "") else view["email"]
        fields.update({"email": email, EXPIRATION: view["tag_expiration_s"], **prune})
        facts.update(policies)
    elif not wish.fields.get("take_ownership"):
        explain_partial_view(client, name, wish)
    return Observed(fields, facts, initial=unknown, names=found)


def set_fields(change: Change) -> Steps:
    """Up to 3.17 Quay takes an empty address for one that only one organization can have."""
    for step in SET(change):
        cleared = change.wish.options.get("no_email")
        body = {**step.body, "email": cleared} if cleared and step.body.get("email") == "" else step.body
        yield dataclasses.replace(step, body=body)


def remove(change: Change) -> Steps:
    """One request, as an administrator of the organization or as a superuser. Raises as ``Change.step``."""
    yield change.step("delete", "DELETE", PATH if change.facts["is_admin"] else SUPERUSER_PATH)


OWNERSHIP = Trigger("take ownership of", "POST", "/superuser/takeownership/{current}", first=True)
SET = carry("change", "PUT", PATH, email="email", time_machine_expiration="tag_expiration_s")
ORGANIZATION = Resource(
    kind="organization",
    label="{title}",
    keys=(Field("name", required=True, rule=namespace_rule, new_rule=new_namespace_rule),),
    fields=(
        Field("new_name", rule=namespace_rule, new_rule=new_namespace_rule, shown_as="name"),
        Field("email", on_create="", rule=email_rule),
        Field(EXPIRATION, on_create=NEW_TIME_MACHINE, rule=rule(seconds), canonical=seconds, shown=duration),
        Field("take_ownership", "bool", trigger=OWNERSHIP, needs="superuser_organizations"),
        *prune_option.FIELDS,
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    create=Create("POST", "/organization/", {"email": "email"}, names={"current": "name"}),
    # Renamed last: until then every path has the present name.
    writes=(
        set_fields,
        prune_option.write,
        carry("rename", "PUT", SUPERUSER_PATH, needs="superuser_organizations", new_name="name"),
    ),
    remove=remove,
)
