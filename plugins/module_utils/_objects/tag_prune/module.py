# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: deletes the tags of a repository that rules choose, and says what that frees."""

from __future__ import annotations

import datetime as dt
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names
from ..._client.workers import Workers, check_workers
from ..._engine.action import Action, act
from ..._engine.operation import Context, Operation, Params
from ..._engine.reconcile import expected
from ..._engine.resource import State
from ..._errors import BadInput, Forbidden, ParentMissing, QuayError
from ..._text.codec import duration
from ..._text.name_rules import repository_rule
from ..._text.times import iso, moment, this_second
from ..repository.read import find_repository, full_name, refuse_state
from ..shared import has_full_access
from .choose import Choice, Rules, Tag, choose
from .delete import Deletion
from .read import in_use, read_all

SHOWN_FAILURES = 5
SPEC: Params = {
    "repository": {"type": "str", "required": True},
    "tags": {"type": "list", "elements": "str"},
    "protect": {"type": "list", "elements": "str", "default": []},
    "keep_newest": {"type": "int"},
    "older_than": {"type": "str"},
    "not_pulled_since": {"type": "str"},
    "keep_shared": {"type": "bool", "default": False},
    "max_deletions": {"type": "int"},
    "workers": {"type": "int", "default": 4},
}
ONE_OF = ("tags", "keep_newest", "older_than", "not_pulled_since")


def prune(context: Context) -> Params:
    """Delete what the rules choose; in check mode a repository that does not exist is a warning. Raises QuayError."""
    params, client = context.params, context.client
    rules, pulled_since = rules_of(params)
    names = {"repository": full_name(client, params["repository"])}
    try:
        repository = find_repository(client, names)
    except ParentMissing as missing:
        if not context.check_mode:
            raise
        context.warn(expected(missing))
        return {"changed": False, **_fixed(0), **report((), (), (), {})}
    workers = Workers(client, params["workers"])
    try:
        tags = read_all(workers, params["workers"], names)
        choice = choose(tags, rules, ())
        if pulled_since is not None:
            require(client, "pull_statistics")
            candidates = [*choice.deleted, *choice.immutable]
            choice = choose(tags, rules, in_use(workers, names, candidates, pulled_since))
        if choice.deleted:
            _refuse(context, names, repository, len(choice.deleted))
        return _carry_out(context, workers, names, repository.get("tag_expiration_s") or 0, tags, choice)
    finally:
        workers.close()


def rules_of(params: Params) -> tuple[Rules, float | None]:
    """The rules, and since when a pull keeps a tag (seconds since 1970). Raises BadInput."""
    broken = repository_rule(params["repository"])
    if broken:
        raise BadInput("repository", params["repository"], broken)
    tags, protect = ([pattern.strip() for pattern in params[name] or ()] for name in ("tags", "protect"))
    for name, patterns in (("tags", tags), ("protect", protect)):
        if "" in patterns or (name == "tags" and params[name] == []):
            raise BadInput(name, params[name], "use names of tags, or patterns such as pr-*")
    # With 0 alone, such as from default(0), all tags would be deleted.
    for name, least in (("keep_newest", 1), ("max_deletions", 0)):
        if params[name] is not None and params[name] < least:
            raise BadInput(name, params[name], f"use {least} or more")
    check_workers(params["workers"])
    changed_before, pulled_since = _moment(params, "older_than"), _moment(params, "not_pulled_since")
    rules = Rules(tags or ["*"], protect, params["keep_newest"] or 0, changed_before, params["keep_shared"])
    return rules, pulled_since


def _moment(params: Params, option: str) -> float | None:
    if params[option] is None:
        return None
    try:
        return moment(params[option], this_second()).timestamp()
    except ValueError as error:
        raise BadInput(option, params[option], str(error)) from None


def _refuse(context: Context, names: Names, repository: State, chosen: int) -> None:
    """What options, server or rights rule out, before anything is deleted; raises QuayError."""
    limit = context.params["max_deletions"]
    if limit is not None and chosen > limit:
        cure = "Raise max_deletions or narrow the rules"
        raise QuayError(f"max_deletions: {chosen} tags would be deleted, more than {limit}. {cure}.")
    refuse_state(repository["state"], f"delete tags of {names['repository']}")
    # Up to 3.15 Quay does not count the rights of superusers here.
    if not repository["can_write"] and not has_full_access(context.client):
        needed = "this requires write access and a token with the scope repo:write"
        raise Forbidden(f"No rights to delete tags of {names['repository']}: {needed}.", 403, "")


def _carry_out(
    context: Context, workers: Workers, names: Names, window: int, tags: t.Sequence[Tag], choice: Choice
) -> Params:
    """``window``: the seconds that the time machine goes back."""
    predicted = {**_fixed(window), **report(tags, choice.deleted, choice.immutable, choice.kept)}
    if not choice.deleted:
        return {"changed": False, **predicted}

    def send() -> Params:
        start = this_second()
        deletion = Deletion(workers, names, context.tell)
        deletion.run(choice.deleted)
        done = set(deletion.deleted)
        immutable = [*choice.immutable, *deletion.immutable]
        result = report(tags, [tag for tag in choice.deleted if tag in done], immutable, choice.kept)
        until = iso(start + dt.timedelta(seconds=window)) if window and done else None
        result.update({**_fixed(window), "changed": bool(done), "restorable_until": until})
        if deletion.failures:
            left = len(choice.deleted) - len(done) - len(deletion.immutable)
            few = " ".join(sorted(deletion.failures)[:SHOWN_FAILURES])
            raise QuayError(f"{left} of {len(choice.deleted)} tags of {names['repository']} remain: {few}", result)
        return result

    before = {tag.name: tag.digest for tag in choice.deleted}
    return act(context, Action(f"tags of repository {names['repository']}", before, {}, send, predicted))


def _fixed(window: int) -> Params:
    return {"time_machine": duration(window), "restorable_until": None}


def report(
    tags: t.Sequence[Tag], deleted: t.Sequence[Tag], immutable: t.Sequence[Tag], kept: t.Mapping[str, int]
) -> Params:
    """Of the tags, those that are deleted, and what no tag leads to any more, by Quay's own sizes."""
    sizes = {tag.digest: tag.size for tag in tags}
    gone = {tag.name for tag in deleted}
    freed = sizes.keys() - {tag.digest for tag in tags if tag.name not in gone}
    return {
        "deleted": [
            {"name": tag.name, "manifest_digest": tag.digest, "size": tag.size, "last_modified": _iso(tag.start)}
            for tag in deleted
        ],
        "immutable": [tag.name for tag in immutable],
        "summary": {
            "tags": len(tags),
            "manifests": len(sizes),
            "bytes": sum(sizes.values()),
            "deleted_tags": len(deleted),
            "freed_manifests": len(freed),
            "freed_bytes": sum(sizes[digest] for digest in freed),
            "kept": dict(kept),
        },
    }


def _iso(moment_in_seconds: int) -> str:
    return iso(dt.datetime.fromtimestamp(moment_in_seconds, dt.timezone.utc))


TAG_PRUNE = Operation(SPEC, prune, {"required_one_of": [ONE_OF]})
