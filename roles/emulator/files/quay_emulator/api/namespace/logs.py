# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage logs of the registry, an organization, the caller and a repository: lists, counts, exports."""

from __future__ import annotations

import calendar
import ipaddress
import time
from urllib.parse import urlsplit

from flask import request

from ...data.action_log import DAY, Entry
from ...data.models import Namespace, Repository, new_uuid
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import CrashError, MessageError, generic_bad_request, invalid, not_found
from ...endpoints.routing import Area, feature
from ...endpoints.schema import body, object_of, text
from ...endpoints.views import avatar_of, date, new_page_token, page_token

area = Area()
counted, exported = feature("AGGREGATED_LOG_COUNT_RETRIEVAL"), feature("LOG_EXPORT")
ORG, USER, REPOSITORY = "/organization/<orgname>", "/user", "/repository/<repository:repository>"
EXPORT = object_of(callback_url=text(), callback_email=text())
MOST_DAYS = 31


def day(name: str) -> int | None:
    """What is no date is silently ignored."""
    try:
        return calendar.timegm(time.strptime(request.args.get(name, ""), "%m/%d/%Y"))
    except ValueError:
        return None


def window() -> tuple[float, float]:
    """The last day if nothing is given; the day of the end belongs to it."""
    now, start, end = time.time(), day("starttime"), day("endtime")
    return now - DAY if start is None else start, (now if end is None else end) + DAY


def checked_window() -> tuple[float, float]:
    start, end = window()
    if end < start:
        raise generic_bad_request()
    return start, end


def view(entry: Entry, with_namespace: bool, names: dict[str, Namespace]) -> dict:
    """Without those who are deleted."""
    found = {"kind": entry.kind, "metadata": entry.metadata, "ip": entry.ip, "datetime": date(entry.time)}
    one = entry.performer
    if one is not None and names.get(one.name) is one:
        found["performer"] = {"kind": "user", "name": one.name, "is_robot": one.is_robot, "avatar": avatar_of(one)}
    one = entry.namespace
    if with_namespace and one is not None and names.get(one.name) is one:
        found["namespace"] = {"kind": one.kind, "name": one.name, "avatar": avatar_of(one)}
    return found


def listing(scope, start: float, end: float, with_namespace: bool = False) -> dict:
    store = auth.store()
    entries, token = store.log.page(scope, start, end, page_token(), store.settings["lose_equal_times"])
    return {
        "start_time": date(start),
        "end_time": date(end),
        "logs": [view(entry, with_namespace, store.names) for entry in entries],
        **({"next_page": new_page_token(**token)} if token else {}),
    }


def aggregate(scope, start: float, end: float) -> dict:
    if end - start > MOST_DAYS * DAY:
        raise MessageError("Invalid date range for logs")
    found = auth.store().log.counts(scope, start, end)
    return {"aggregated": [{"kind": kind, "count": count, "datetime": date(n * DAY)} for n, kind, count in found]}


def need_namespace(name: str) -> Namespace:
    found = auth.store().get(name, "user", "org")
    if found is None:
        raise MessageError(f"Invalid namespace requested: {name}")
    return found


def by_performer(namespace: Namespace):
    """The counts ignore an unknown performer; the list stumbles over him."""
    name = request.args.get("performer")
    one = auth.store().member(name) if name else None
    if name and one is None and not request.path.endswith("/aggregatelogs"):
        raise CrashError()
    return namespace if one is None else (namespace, one)


def need_repository(namespace: str, name: str) -> Repository:
    auth.need_repo(namespace, name, "admin", read=True)
    found = auth.store().repository(namespace, name)
    if found is None:
        raise not_found()
    return found


@area.route("GET", "/superuser/logs", when=feature("SUPER_USERS"))
def list_all():
    """Neither the order of the two dates nor a performer is looked at."""
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    return listing(None, *window(), with_namespace=True)


@area.route("GET", "/superuser/aggregatelogs", when=feature("SUPER_USERS"), internal=True)
def count_all():
    auth.need_superuser(read=True)
    try:
        return aggregate(None, *window())
    except MessageError:
        raise CrashError() from None


@area.route("GET", f"{ORG}/logs")
def list_org(orgname: str):
    """Also of a user, for those who may."""
    auth.need_org_admin(orgname, read=True)
    start, end = checked_window()
    return listing(by_performer(need_namespace(orgname)), start, end)


@area.route("GET", f"{ORG}/aggregatelogs", when=counted)
def count_org(orgname: str):
    auth.need_org_admin(orgname, read=True)
    start, end = checked_window()
    return aggregate(by_performer(need_namespace(orgname)), start, end)


@area.route("GET", f"{USER}/logs")
def list_own():
    return listing(by_performer(auth.need_user_admin()), *checked_window())


@area.route("GET", f"{USER}/aggregatelogs", when=counted)
def count_own():
    return aggregate(by_performer(auth.need_user_admin()), *checked_window())


@area.route("GET", f"{REPOSITORY}/logs")
def list_repository(namespace: str, name: str):
    return listing(need_repository(namespace, name), *checked_window())


@area.route("GET", f"{REPOSITORY}/aggregatelogs", when=counted)
def count_repository(namespace: str, name: str):
    return aggregate(need_repository(namespace, name), *checked_window())


def check_callback(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise invalid("Invalid callback URL") from None
    if parts.scheme not in ("http", "https"):
        raise invalid(f"Invalid URL scheme '{parts.scheme}': only HTTP and HTTPS are allowed")
    try:
        private = ipaddress.ip_address(host).is_private
    except ValueError:
        private = host in ("", "localhost")
    if private:
        raise invalid("Invalid callback URL")


def export(data: dict, namespace: Namespace, repository: Repository | None = None) -> dict:
    """Nothing is ever sent to the callback."""
    start, end = window()
    if end < start:
        raise invalid("Invalid time span selected")
    url, email = data.get("callback_url"), data.get("callback_email")
    if url:
        check_callback(url)
    if email and "@" not in email:
        raise invalid("Invalid callback e-mail")
    export_id = new_uuid()
    metadata = {"date/time": int(time.time()), "export_id": export_id, "message": "queued for export"}
    metadata.update(url=url, email=email, **({"repo": repository.name} if repository else {}))
    log_action("export_logs_success", namespace, metadata, repository)
    return {"export_id": export_id}


@area.route("POST", f"{ORG}/exportlogs", when=exported)
def export_org(orgname: str):
    data = body(EXPORT)
    auth.need_org_admin(orgname, read=True)
    one = auth.store().get(orgname, "user", "org")
    if one is None:
        raise CrashError()
    return export(data, one)


@area.route("POST", f"{USER}/exportlogs", when=exported)
def export_own():
    one = auth.need_user_admin()
    return export(body(EXPORT), one)


@area.route("POST", f"{REPOSITORY}/exportlogs", when=exported)
def export_repository(namespace: str, name: str):
    auth.need_repo(namespace, name, "admin")
    data = body(EXPORT)
    repository = need_repository(namespace, name)
    return export(data, repository.namespace, repository)
