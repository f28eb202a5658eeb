# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Around builds, outside of the API: uploaded archives, archived logs, and the page that makes a trigger."""

from __future__ import annotations

from flask import Response, g, redirect, request

from ...data.models import Trigger, new_uuid
from ...endpoints import auth
from ...endpoints.errors import CrashError, LabeledHtmlError, MessageError, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import body, object_of, text
from .builds import file_url

area = Area()


@area.route("POST", "/filedrop/", internal=True)
def file_drop():
    """Anybody who is signed in; the file comes later, to the address in the answer."""
    auth.need_user()
    body(object_of(["mimeType"], mimeType=text()))
    file_id = new_uuid()
    return {"url": file_url(file_id), "file_id": file_id}


@area.web("/userfiles/<file_id>", "PUT")
def upload(file_id: str):
    auth.store().files[file_id] = request.get_data()
    return Response("Okay")


@area.web("/userfiles/<file_id>")
def download(file_id: str):
    content = auth.store().files.get(file_id)
    if content is None:
        raise not_found()
    return Response(content, content_type="application/octet-stream")


@area.web("/logarchive/<build_uuid>")
def archived_log(build_uuid: str):
    """With a session (or a password), never with a token."""
    build = auth.store().builds.get(build_uuid)
    g.auth = auth.authenticate()
    repo = build and build.repository
    if repo is None or g.auth.kind != "session" or not auth.may_repo(repo.namespace.name, repo.name, "write"):
        raise MessageError("Forbidden", 403)
    return {"start": 0, "total": len(build.log), "logs": build.log}


@area.web("/customtrigger/setup/<repository:repository>")
def set_up_trigger(namespace: str, name: str):
    """The only way to a trigger, and only for browsers: with a session, never with a token."""
    found = auth.authenticate()
    if found.kind != "session":
        raise LabeledHtmlError("Method requires login and no valid login could be loaded.", 401)
    g.auth = found
    auth.need_repo(namespace, name, "admin")
    repo = auth.store().repository(namespace, name)
    if repo is None:
        raise CrashError()
    trigger = Trigger(repo, found.user)
    auth.store().triggers[trigger.id] = trigger
    return redirect(f"/repository/{namespace}/{name}/trigger/{trigger.id}", 302)
