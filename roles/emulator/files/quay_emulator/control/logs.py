# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switch that fills the usage log."""

from __future__ import annotations

import random
import time
from datetime import datetime, timezone

from flask import request

from .. import SUPERUSER
from ..data.action_log import DAY, Entry

KINDS = ("push_repo", "pull_repo", "create_tag", "delete_tag")


def moment(value, default: float) -> float:
    """Seconds since the epoch, or a text as 2026-11-24T10:00:00Z; UTC where nothing else is said."""
    if value is None:
        return default
    if not isinstance(value, str):
        return float(value)
    found = datetime.fromisoformat(value.replace("Z", "+00:00"))
    return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).timestamp()


def times(body: dict, choice: random.Random) -> list[float]:
    """From the start on: evenly up to the end, by steps, or whole seconds by chance.

    As many entries as ``at_once`` says share each time.
    """
    count, at_once, now = body["count"], body.get("at_once", 1), time.time()
    end = moment(body.get("end"), now)
    start = moment(body.get("start"), end - DAY)
    if body.get("whole_seconds"):
        return sorted(float(choice.randrange(int(start), int(end))) for _dummy in range(count))
    step = body.get("seconds_apart", (end - start) / max(1, -(-count // at_once)))
    return [start + n // at_once * step for n in range(count)]


def logs(emulator):
    """Many entries at once; kinds and performers by chance, the same each time for the same seed."""
    body, store = request.get_json(), emulator.store
    choice = random.Random(body.get("seed", 0))
    name = body.get("namespace", SUPERUSER)
    namespace = store.get(name, "user", "org")
    # Pulls without an account have no performer.
    performers = {one: store.member(one) if one else None for one in body.get("performers", [SUPERUSER, None])}
    if namespace is None or any(one and found is None for one, found in performers.items()):
        raise ValueError(f"no namespace {name}, or not all of its performers")
    repository = body.get("repository") and store.repository(name, body["repository"])
    if body.get("repository") and repository is None:
        raise ValueError(f"no repository {name}/{body['repository']}")
    kinds, entries = body.get("kinds", KINDS), []
    for number, when in enumerate(times(body, choice)):
        performer = performers[choice.choice(list(performers))]
        metadata = {"namespace": name, "tag": f"v{number}"}
        metadata.update({"username": performer.name} if performer else {"public": True})
        if repository:
            metadata["repo"] = repository.name
        entries.append(Entry(choice.choice(kinds), when, namespace, performer, repository, "127.0.0.1", metadata))
    store.log.add_many(entries)
    return {"count": len(entries), "total": len(store.log.scopes[None].rows)}


SWITCHES = [("POST", "logs", logs)]
