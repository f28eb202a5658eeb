# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations (quay endpoints/api/organization.py, superuser.py)."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._client.views import OrganizationView
from ..._engine.field import Field, State
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._engine.writes import Create, carry
from ..._errors import Forbidden, QuayError
from ..._text.codec import duration, rule, seconds
from ..._text.name_rules import email_rule, namespace_rule, new_namespace_rule
from ..prune import option as prune_option
from .limits import EXPIRATION, NEW_TIME_MACHINE, adapt

PATH = "/organization/{current}"
SUPERUSER_PATH = "/superuser/organizations/{current}"


def locate(_client: QuayClient, params: State) -> Names:
    prune_option.check(params)
    name, new_name = params["name"], params["new_name"]
    return {"name": name, "new_name": new_name, "title": f"{name} (new name {new_name})" if new_name else name}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The organization under whichever of its two names it is there."""
    name, new_name = names["name"], names["new_name"]
    view = client.get(PATH, {"current": name}, view=OrganizationView)
    if new_name and new_name != name:
        renamed = client.get(PATH, {"current": new_name}, view=OrganizationView)
        if view and renamed:
            raise QuayError(f"Organizations {name} and {new_name} both exist, so none can be renamed to the other.")
        if view is None:
            name, view = new_name, renamed
    found = {"current": name, "place": f"organization/{name}"}
    if view is None:
        # A server may give new organizations another time machine, which nobody sees before.
        unknown = {EXPIRATION: None} if EXPIRATION in wish.fields else {}
        return Observed(None, initial={"new_name": name, **unknown}, names=found)
    fields = {"new_name": name} if "new_name" in wish.fields else {}
    facts: State = {"is_admin": view["is_admin"]}
    if view["is_admin"]:
        prune, policies = prune_option.read(client, found["place"], wish)
        fields.update({"email": view["email"], EXPIRATION: view["tag_expiration_s"], **prune})
        facts.update(policies)
    else:
        _explain_partial_view(client, name, wish)
    return Observed(fields, facts, names=found)


def _explain_partial_view(client: QuayClient, name: str, wish: Wish) -> None:
    """Quay shows anyone that an organization exists; a superuser without full access can rename and delete it."""
    if client.get("/superuser/organizations/", {}, {"limit": 1}, missing=(403, 404)) is None:
        cause = "the account does not administer it, or the token lacks the scope org:admin"
        raise Forbidden(f"No rights to manage organization {name}: {cause}.", 403, "")
    if wish.state == "present" and wish.fields.keys() - {"new_name"}:
        cause = "where FEATURE_SUPERUSERS_FULL_ACCESS is off, a superuser can only rename and delete it"
        raise Forbidden(f"No rights to read and change organization {name}: {cause}.", 403, "")


def remove(change: Change) -> Steps:
    yield change.step("delete", "DELETE", PATH if change.facts["is_admin"] else SUPERUSER_PATH)


ORGANIZATION = Resource(
    kind="organization",
    label="{title}",
    keys=(Field("name", required=True, rule=namespace_rule, new_rule=new_namespace_rule),),
    fields=(
        Field("new_name", rule=namespace_rule, new_rule=new_namespace_rule, shown_as="name"),
        Field("email", on_create="", rule=email_rule),
        Field(EXPIRATION, on_create=NEW_TIME_MACHINE, rule=rule(seconds), canonical=seconds, shown=duration),
        *prune_option.FIELDS,
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    create=Create("POST", "/organization/", {"email": "email"}, names={"current": "name"}),
    # Renamed last: until then every path has the present name.
    writes=(
        carry("change", "PUT", PATH, email="email", time_machine_expiration="tag_expiration_s"),
        prune_option.write,
        carry("rename", "PUT", SUPERUSER_PATH, new_name="name"),
    ),
    remove=remove,
)
