# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of the registry to everybody."""

from __future__ import annotations

from ...data.models import new_uuid
from ...endpoints import auth
from ...endpoints.crud import Kind, Place, empty_page, fresh_login
from ...endpoints.errors import CrashError, MessageError, generic_not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import named, object_of, text

area = Area()
MESSAGE = object_of(
    ["content", "media_type", "severity"],
    content=text(),
    media_type=text(enum=["text/plain", "text/markdown"]),
    severity=text(enum=["info", "warning", "error"]),
)


def registry(read: bool):
    """Anybody may look; the refusal has another shape than elsewhere."""
    if not read and not auth.store().settings.feature("SUPER_USERS"):
        raise generic_not_found()
    if not read and not auth.superuser():
        text = "You don't have the permission to access the requested resource."
        raise MessageError(f"{text} It is either read-protected or not readable by the server.", 403)
    return auth.store()


class Messages(Kind):
    place, path, listed = Place("", registry, fresh_login), "/messages", "messages"
    calls, new = ("list", "create"), named("CreateMessage", object_of(message=MESSAGE))

    def make(self, owner, data: dict) -> dict:
        if "message" not in data:
            raise CrashError()
        names = ("content", "severity", "media_type")
        return {"uuid": new_uuid(), **{name: data["message"][name] for name in names}}

    def created(self, entry: dict):
        return empty_page(201)


messages = Messages(area)


@area.route("DELETE", "/message/<uuid>", when=feature("SUPER_USERS"))
def delete(uuid: str):
    """204 for what was never there, too."""
    auth.need_fresh_login()
    entries = messages.entries(registry(read=False))
    entries[:] = [entry for entry in entries if entry["uuid"] != uuid]
    return empty_page(204)
