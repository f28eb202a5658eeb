# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the log of a build, which Quay puts away in time (quay data/archivedlogs.py)."""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import urlsplit

from ..._client.auth import Anonymous, Session
from ..._client.client import Names, QuayClient
from ..._client.transport import Transport
from ..._client.views import listed
from ..._engine.resource import State
from ..._errors import FeatureOff, QuayError
from .read import BUILDS

TAIL = 10


class _Entry(t.TypedDict):
    message: t.Any


ArchiveView = listed("logs", _Entry)


class LogView(t.TypedDict, total=False):
    """GET …/logs (quay endpoints/api/build.py, get_logs_or_log_url): the entries, or the address of the archive."""

    logs: list[_Entry]
    logs_url: str


def read_log(client: QuayClient, names: Names, build_id: str, warn: t.Callable[[str], None]) -> list[State] | None:
    """The whole log of a build, also where Quay has put it away; None after a warning where it cannot be had."""
    try:
        place = BUILDS + "{build_id}/logs"
        answer = client.get(place, {**names, "build_id": build_id}, missing=(), view=LogView)
        log = _archived(client, answer["logs_url"]) if "logs_url" in answer else answer.get("logs", [])
        return t.cast("list[State]", log)
    except QuayError as error:
        warn(str(error))
        return None


def read_any_log(client: QuayClient, build_id: str, warn: t.Callable[[str], None]) -> list[State] | None:
    """The same as a superuser, in any repository; releases after 3.18 show archived logs to a token, too."""
    names = {"build_id": build_id}
    try:
        answer = client.get("/superuser/{build_id}/logs", names, missing=(), view=LogView)
        if "logs_url" not in answer:
            return t.cast("list[State]", answer.get("logs", []))
        try:
            archived = client.get("/superuser/{build_id}/logs/archive", names, missing=(), view=ArchiveView)
            return t.cast("list[State]", archived["logs"])
        except FeatureOff:
            return _archived(client, answer["logs_url"])
    except QuayError as error:
        warn(str(error))
        return None


def _archived(client: QuayClient, url: str) -> list[State]:
    """From Quay itself, which takes no token there, or from its object storage, which must not see the credentials."""
    parts, purpose = urlsplit(url), "read an archived log"
    _before, own, build_id = parts.path.rpartition("/logarchive/")
    if own and not isinstance(client.auth, Session):
        raise QuayError(
            "Quay has archived the log and does not show it to a token. "
            "Use quay_session, or quay_username and quay_password."
        )
    if not own:
        origin = f"{parts.scheme}://{parts.netloc}"
        storage = dataclasses.replace(client.transport.endpoint, url=origin, certificate=None)
        client = QuayClient(Transport(storage), Anonymous())
    path = own + build_id if own else f"{parts.path}?{parts.query}"
    return t.cast("list[State]", client.call("GET", path, purpose, view=ArchiveView)["logs"])


def end_of_log(client: QuayClient, names: Names, build_id: str) -> str:
    """Its last lines, for a sentence about a failure; that it cannot be read is no failure of its own."""
    reasons: list[str] = []
    log = read_log(client, names, build_id, reasons.append)
    if not log:
        return f" {reasons[0]}" if reasons else " Its log is empty."
    return " Its log ends with:\n" + "\n".join(str(entry["message"]).rstrip() for entry in log[-TAIL:])
