# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: organizations (quay endpoints/api/organization.py, superuser.py)."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._client import Names, QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._codec import duration, rule, seconds
from ansible_collections.dockhand.quay.plugins.module_utils._errors import FeatureOff, Forbidden, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._names import email_rule, namespace_rule
from ansible_collections.dockhand.quay.plugins.module_utils._objects._shared import prove_credentials
from ansible_collections.dockhand.quay.plugins.module_utils._resource import (
    Change,
    Create,
    Field,
    Observed,
    Resource,
    State,
    Steps,
    Wish,
    carry,
)

PATH = "/organization/{current}"
EXPIRATION = "time_machine_expiration"
SUPERUSER_PATH = "/superuser/organizations/{current}"
# Quay gives it to every new account (data/database.py); its DEFAULT_TAG_EXPIRATION plays no part in this.
NEW_TIME_MACHINE = 14 * 86400


def locate(_client: QuayClient, params: State) -> Names:
    name, new_name = params["name"], params["new_name"]
    return {"name": name, "new_name": new_name, "title": f"{name} (new name {new_name})" if new_name else name}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The organization under whichever of its two names it is there."""
    name, new_name = names["name"], names["new_name"]
    view = client.get(PATH, {"current": name})
    if new_name and new_name != name:
        renamed = client.get(PATH, {"current": new_name})
        if view and renamed:
            raise QuayError(f"Organizations {name} and {new_name} both exist, so none can be renamed to the other.")
        if view is None:
            name, view = new_name, renamed
    facts = {"current": name}
    if view is None:
        return Observed(None, facts, born={"new_name": name})
    fields = {"new_name": name} if "new_name" in wish.fields else {}
    if view["is_admin"]:
        fields.update({"email": view["email"], EXPIRATION: view["tag_expiration_s"]})
    else:
        _explain_partial_view(client, name, wish)
    return Observed(fields, {**facts, "is_admin": view["is_admin"]})


def _explain_partial_view(client: QuayClient, name: str, wish: Wish) -> None:
    """Quay shows anyone that an organization exists; a superuser without full access can rename and delete it."""
    if client.get("/superuser/organizations/", {}, {"limit": 1}, missing=(403, 404)) is None:
        cause = "the account does not administer it, or the token lacks the scope org:admin"
        raise Forbidden(f"No rights to manage organization {name}: {cause}.", 403, "")
    if wish.state == "present" and wish.fields.keys() - {"new_name"}:
        cause = "where FEATURE_SUPERUSERS_FULL_ACCESS is off, a superuser can only rename and delete it"
        raise Forbidden(f"No rights to read and change organization {name}: {cause}.", 403, "")


def adapt(client: QuayClient, names: Names, observed: Observed, wish: Wish) -> Wish:
    """Look at what a change needs before it is promised: of a request that it refuses, Quay carries out a part."""
    if wish.state == "absent":
        return wish
    present, new_name = observed.fields, wish.fields.get("new_name")
    if present is None:
        prove_credentials(client, names["current"])
    elif new_name not in (None, names["current"]) and client.get("/users/{name}", {"name": new_name}):
        raise QuayError(f"Organization {names['current']} cannot be renamed to {new_name}: a user has this name.")
    expiration = wish.fields.get(EXPIRATION)
    before = NEW_TIME_MACHINE if present is None else present.get(EXPIRATION)
    if expiration not in (None, before):
        _check_expiration(client, names["current"], expiration)
    return wish


def _check_expiration(client: QuayClient, name: str, expiration: int) -> None:
    published = client.config()
    if not published.get("features", {}).get("CHANGE_TAG_EXPIRATION", True):
        cause = f"FEATURE_CHANGE_TAG_EXPIRATION is off on {client.transport.endpoint.url}"
        raise FeatureOff(f"Could not set {EXPIRATION} of organization {name}: {cause}.", 404, "")
    allowed = published.get("config", {}).get("TAG_EXPIRATION_OPTIONS")
    if allowed and expiration not in [seconds(option) for option in allowed if not rule(seconds)(option)]:
        cause = f"this server allows only {', '.join(allowed)}"
        raise QuayError(f"{EXPIRATION} of organization {name} cannot be {duration(expiration)}: {cause}.")


def remove(change: Change) -> Steps:
    yield change.step("delete", "DELETE", PATH if change.names["is_admin"] else SUPERUSER_PATH)


ORGANIZATION = Resource(
    kind="organization",
    label="{title}",
    keys=(Field("name", required=True, rule=namespace_rule),),
    fields=(
        Field("new_name", rule=namespace_rule, shown_as="name"),
        Field("email", on_create="", rule=email_rule),
        Field(EXPIRATION, on_create=NEW_TIME_MACHINE, rule=rule(seconds), canonical=seconds, shown=duration),
    ),
    locate=locate,
    read=read,
    adapt=adapt,
    create=Create("POST", "/organization/", {"email": "email"}, names={"current": "name"}),
    # Renamed last: until then every path has the present name.
    writes=(
        carry("change", "PUT", PATH, email="email", time_machine_expiration="tag_expiration_s"),
        carry("rename", "PUT", SUPERUSER_PATH, new_name="name"),
    ),
    remove=remove,
)
