# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of a user for applications that only know passwords, and all of them for auditors."""

from __future__ import annotations

import math
import time

from ...data.models import Namespace, new_uuid
from ...data.store import random_text
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.crud import Kind, Place
from ...endpoints.errors import unauthorized
from ...endpoints.routing import Area, feature
from ...endpoints.schema import flag, named, object_of, text
from ...endpoints.views import date
from ...settings import seconds

area = Area()


def view(entry: dict) -> dict:
    """Without the token itself."""
    times = {name: date(entry[name]) for name in ("last_accessed", "created", "expiration")}
    return {"uuid": entry["uuid"], "title": entry["title"], **times}


def lifetime() -> int | None:
    text = auth.store().settings["APP_SPECIFIC_TOKEN_EXPIRATION"]
    return seconds(text) if text else None


def has_expired(entry: dict, ahead: float = 0) -> bool:
    return entry["expiration"] is not None and entry["expiration"] <= time.time() + ahead


def listing(entries: list[dict]) -> dict:
    """What has expired is listed, too, but does not expire soon: within a tenth of the time that new ones have."""
    expiring = True if flag("expiring") else None
    if expiring:
        soon = math.ceil((lifetime() or seconds("4w")) * 0.1)
        entries = [entry for entry in entries if has_expired(entry, soon) and not has_expired(entry)]
    return {"tokens": [view(entry) for entry in entries], "only_expiring": expiring}


class AppTokens(Kind):
    """Any number may have the same title; the code can be read again later."""

    place = Place("/user", lambda **_how: auth.need_user(), lambda **_how: auth.need_user_admin())
    path, one, listed = "/apptoken", "token_uuid", "app_tokens"
    calls, when = ("list", "create", "get", "delete"), feature("APP_SPECIFIC_TOKENS")
    new = named("NewToken", object_of(["title"], title=text()))

    def reach(self, names: dict, read: bool = False, takes: dict | None = None):
        if takes is not None or not read:
            auth.need_user_admin()
            auth.need_fresh_login()
        return super().reach(names, read, takes)

    def list(self, **names):
        owner, _dummy = self.reach(names, read=True)
        return listing(self.entries(owner))

    def get(self, **names):
        auth.need_user_admin()
        auth.need_fresh_login()
        owner, _dummy = self.reach(dict(names), read=True)
        if has_expired(self.find(owner, names[self.one])):
            raise self.missing("get")
        return super().get(**names)

    def make(self, owner: Namespace, data: dict) -> dict:
        now, lives = time.time(), lifetime()
        times = {"created": now, "expiration": None if lives is None else now + lives, "last_accessed": None}
        return {"uuid": new_uuid(), "title": data["title"], "token_code": random_text(120), **times}

    def view(self, entry: dict) -> dict:
        return {"token": {**view(entry), "token_code": entry["token_code"]}}

    def created(self, entry: dict):
        return self.view(entry)

    def log(self, verb: str, owner: Namespace, entry: dict) -> None:
        kind = "create" if verb == "create" else "revoke"
        metadata = {"app_specific_token_title": entry["title"], "app_specific_token": entry["uuid"]}
        log_action(f"{kind}_app_specific_token", owner, metadata)


tokens = AppTokens(area)


@area.route("GET", "/superuser/apptokens", when=feature("APP_SPECIFIC_TOKENS", "SUPER_USERS"))
def list_all():
    auth.need_fresh_login()
    if not (auth.readonly_superuser() or auth.full_access()):
        raise unauthorized()
    return listing([entry for one in auth.store().all("user") for entry in tokens.entries(one)])
