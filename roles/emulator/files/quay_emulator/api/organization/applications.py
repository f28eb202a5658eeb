# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth applications of an organization."""

from __future__ import annotations

from ...data.models import Namespace
from ...data.store import random_text
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import ORGANIZATION, Kind
from ...endpoints.errors import invalid, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import named, object_of, text
from ...endpoints.views import avatar
from .organizations import organization_view

area = Area()
TEXTS = {name: text() for name in ("name", "redirect_uri", "application_uri", "description", "avatar_email")}
NEW = named("NewApp", object_of(["name"], **TEXTS))
UPDATE = named("UpdateApp", object_of(["name", "redirect_uri", "application_uri"], **TEXTS))
# Of the token that the newest servers make for themselves at their first start.
RESERVED = "__quay_bootstrap_app"


class Applications(Kind):
    """Any number may have the same name."""

    place, path, one, listed = ORGANIZATION, "/applications", "client_id", "applications"
    key, new, changed = "client_id", NEW, UPDATE

    def make(self, owner: Namespace, data: dict) -> dict:
        """An update without description or avatar empties them."""
        if data["name"] == RESERVED and auth.store().settings.since("3.18"):
            raise invalid("Application name is reserved for bootstrap token provisioning")
        found = {name: data.get(name, "") for name in TEXTS}
        found["avatar_email"] = data.get("avatar_email")
        return {**found, "client_id": random_text(20), "client_secret": random_text(40), "org": owner, "sent": data}

    def change(self, owner: Namespace, entry: dict, data: dict) -> None:
        kept = {name: entry[name] for name in ("client_id", "client_secret")}
        entry.update(self.make(owner, data), **kept)

    def view(self, entry: dict) -> dict:
        """Only for administrators, which superusers are not before 3.16, with what they alone see."""
        admin = auth.org_admin(entry["org"].name)
        public = {name: entry[name] for name in ("name", "description", "application_uri", "client_id")}
        hidden = ("client_secret", "redirect_uri", "avatar_email")
        return {**public, **{name: entry[name] if admin else None for name in hidden}}

    def created(self, entry: dict):
        return self.view(entry)

    def deleted(self, entry: dict):
        """Its tokens end with it."""
        store = auth.store()
        store.revoke([token for token in store.tokens.values() if token.application is entry])
        return super().deleted(entry)

    def log(self, verb: str, owner: Namespace, entry: dict) -> None:
        sent = {} if verb in ("delete", "reset") else entry["sent"]
        metadata = {**sent, "application_name": entry["name"], "client_id": entry["client_id"]}
        log_action("reset_application_client_secret" if verb == "reset" else f"{verb}_application", owner, metadata)

    def reset(self, orgname: str, client_id: str) -> dict:
        owner = self.place.find(orgname)
        entry = self.find(owner, client_id)
        entry["client_secret"] = random_text(40)
        self.log("reset", owner, entry)
        return self.view(entry)


applications = Applications(area)
area.route("POST", "/organization/<orgname>/applications/<client_id>/resetclientsecret", internal=True)(
    applications.reset
)


def by_client(client_id: str | None) -> dict | None:
    """The application of this id, whatever organization it is of."""
    entries = (entry for org in auth.store().all("org") for entry in applications.entries(org))
    return next((entry for entry in entries if entry["client_id"] == client_id), None)


def face(entry: dict) -> dict:
    return avatar(entry["name"], "app", entry["avatar_email"] or entry["org"].email)


@area.route("GET", "/app/<client_id>")
def information(client_id: str):
    """What anybody may see of an application."""
    entry = by_client(client_id)
    if entry is None:
        raise not_found()
    return {
        "name": entry["name"],
        "description": entry["description"],
        "uri": entry["application_uri"],
        "avatar": face(entry),
        "organization": organization_view(entry["org"], []),
    }
