# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of services that speak to the registry. They look like keys and open nothing."""

from __future__ import annotations

import re
import secrets
import time
from email.utils import formatdate

from flask import request

from ...data.store import Store
from ...endpoints import auth
from ...endpoints.actions import log_event
from ...endpoints.crud import Kind, Place, empty_page, fresh_login
from ...endpoints.errors import MessageError, invalid
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, named, object_of, text
from ...endpoints.views import superuser_view

area = Area()
on = feature("SUPER_USERS")
MOMENT = {"type": ["number", "null"]}
NAME = re.compile(r"[\s a-zA-Z0-9\-_:/]*")
SERVICE = re.compile(r"[a-z0-9_]+")
NEW = named(
    "CreateServiceKey",
    object_of(
        ["service", "expiration"],
        service=text(),
        name=text(),
        metadata={"type": "object"},
        notes=text(),
        expiration=MOMENT,
    ),
)
UPDATE = named("PutServiceKey", object_of(name=text(), metadata={"type": "object"}, expiration=MOMENT))
APPROVE = named("ApproveServiceKey", object_of(notes=text()))


def http_date(moment: float | None) -> str | None:
    return None if moment is None else formatdate(moment, usegmt=True)


def pem(kind: str) -> str:
    lines = "\n".join(secrets.token_urlsafe(48) for _dummy in range(6))
    return f"-----BEGIN {kind}-----\n{lines}\n-----END {kind}-----\n"


def new_key(service: str, expiration: float | None, name: str, metadata: dict) -> dict:
    """As the server has it, not approved by anybody yet."""
    kid = secrets.token_urlsafe(32)
    return {
        "kid": kid,
        "name": name,
        "service": service,
        "jwk": {"kty": "RSA", "e": "AQAB", "n": secrets.token_urlsafe(256), "kid": kid},
        "metadata": metadata,
        "created": time.time(),
        "expiration": expiration,
        "approval": None,
    }


def approval(kind: str, approver=None, notes: str = "") -> dict:
    return {"approver": approver, "type": f"ServiceKeyApprovalType.{kind}", "date": time.time(), "notes": notes}


def keys(read: bool) -> Store:
    """The server's own key is there from the start."""
    auth.need_superuser(read)
    store = auth.store()
    if not store.entries["keys"]:
        own = new_key("quay", time.time() + 7200, request.host_url.rstrip("/"), {"created_by": "CLI tool"})
        store.entries["keys"].append({**own, "approval": approval("AUTOMATIC")})
    return store


def check_end(end: float | None, text: str) -> None:
    if end is not None and end <= time.time():
        raise invalid(text)


class Keys(Kind):
    """The private part of a key is in the answer to its creation alone."""

    place, path, one, key, listed = Place("/superuser", keys, fresh_login), "/keys", "kid", "kid", "keys"
    new, changed, when = NEW, UPDATE, on

    def make(self, owner: Store, data: dict) -> dict:
        name = data.get("name", "")
        if not NAME.fullmatch(name):
            raise invalid(f"Invalid service key friendly name: {name}")
        check_end(data["expiration"], "Expiration date cannot be in the past")
        if not SERVICE.fullmatch(data["service"]):
            raise MessageError("")
        creator = {"created_by": "Quay Superuser Panel", "creator": auth.user().name, "ip": request.remote_addr}
        made = new_key(data["service"], data["expiration"], name, {**data.get("metadata", {}), **creator})
        return {**made, "approval": approval("SUPERUSER", auth.user(), data.get("notes", ""))}

    def change(self, owner: Store, entry: dict, data: dict) -> None:
        """Metadata are added to those that are there."""
        if "expiration" in data:
            check_end(data["expiration"], "Cannot have an expiration date in the past")
            entry["expiration"] = data["expiration"]
            self.log("extend", owner, entry)
        if "name" in data or "metadata" in data:
            name = data.get("name")
            if name is not None and not NAME.fullmatch(name):
                raise invalid(f"Invalid service key friendly name: {name}")
            entry["name"] = entry["name"] if name is None else name
            entry["metadata"].update(data.get("metadata", {}))
            self.log("modify", owner, entry)

    def view(self, entry: dict) -> dict:
        given = entry["approval"]
        shown = given and {
            "approver": given["approver"] and superuser_view(given["approver"]),
            "approval_type": given["type"],
            "approved_date": http_date(given["date"]),
            "notes": given["notes"],
        }
        view = {name: entry[name] for name in ("name", "kid", "service", "jwk", "metadata")}
        dates = {"created_date": http_date(entry["created"]), "expiration_date": http_date(entry["expiration"])}
        return {**view, **dates, "rotation_duration": None, "approval": shown}

    def created(self, entry: dict):
        view = {name: entry[name] for name in ("kid", "name", "service")}
        return {**view, "public_key": pem("PUBLIC KEY"), "private_key": pem("RSA PRIVATE KEY")}

    def deleted(self, entry: dict):
        return empty_page(204)

    def log(self, verb: str, owner: Store, entry: dict) -> None:
        """Of no namespace; the extension and the change of a key are logged where they happen."""
        if verb != "update":
            metadata = {"kid": entry["kid"], "service": entry["service"], "name": entry["name"]}
            metadata["expiration_date"] = http_date(entry["expiration"])
            log_event(f"service_key_{verb}", None, metadata, performer=auth.user())


service_keys = Keys(area)


@area.route("POST", "/superuser/approvedkeys/<kid>", when=on, takes=APPROVE)
def approve(kid: str):
    """Once is enough; the second time says the same."""
    auth.need_fresh_login()
    data = body(APPROVE)
    entry = service_keys.find(keys(read=False), kid)
    if entry["approval"] is None:
        entry["approval"] = approval("SUPERUSER", auth.user(), data.get("notes", ""))
        service_keys.log("approve", auth.store(), entry)
    return empty_page(201)
