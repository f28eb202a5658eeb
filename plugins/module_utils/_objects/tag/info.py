# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: lists of tags, and how often images were pulled (quay endpoints/api/tag.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._client.capabilities import require
from ..._client.client import Names
from ..._client.views import MaybeNumber, MaybeText
from ..._engine.operation import Context, Params, inform
from ..._errors import BadInput, FeatureOff, Forbidden, ParentMissing
from ..._text.image_reference import DEFAULT_TAG, digest_rule, tag_rule
from ..._text.name_rules import repository_rule
from ..repository.read import full_name
from .read import MANIFEST, read_tags
from .resource import TAG_PATH

KEYS = ("name", "manifest_digest", "is_manifest_list", "size", "start_ts", "last_modified", "reversion")
# Of what the tag does not have, or the server does not know.
MORE = ("end_ts", "expiration", "immutable")
RULES = {"repository": repository_rule, "tag": tag_rule, "digest": digest_rule}


class _ManifestPulls(t.TypedDict):
    manifest_pull_count: MaybeNumber
    last_manifest_pull_date: MaybeText


class TagPulls(_ManifestPulls):
    """GET /repository/<name>/tag/<tag>/pull_statistics."""

    tag_name: str
    tag_pull_count: MaybeNumber
    last_tag_pull_date: MaybeText
    current_manifest_digest: str


def locate(context: Context) -> Names:
    """The repository, after all options were held against the rules. Raises BadInput."""
    for option, rule in RULES.items():
        value = context.params[option]
        broken = rule(value) if value is not None else ""
        if broken:
            raise BadInput(option, value, broken)
    return {"repository": full_name(context.client, context.params["repository"])}


def list_tags(context: Context) -> Params:
    """The newest first; of a repository that does not exist none. Raises BadInput and QuayError."""
    tag, digest = context.params["tag"], context.params["digest"]
    query = {"specificTag": tag} if tag else {}
    tags = []
    try:
        for one in read_tags(context.client, locate(context), context.params["only_active_tags"], **query):
            if digest in (None, one["manifest_digest"]):
                known = [key for key in MORE if key in one]
                tags.append({key: one.get(key) for key in (*KEYS, *known)})
    except ParentMissing:
        pass
    return {"tags": tags}


def show_pulls(context: Context) -> Params:
    """The counts of the tag or of the manifest; nothing if it does not exist.

    Raises BadInput, FeatureOff and QuayError.
    """
    client, digest = context.client, context.params["digest"]
    names = {**locate(context), "digest": digest, "tag": context.params["tag"] or DEFAULT_TAG}
    place, view = (MANIFEST, _ManifestPulls) if digest else (TAG_PATH, TagPulls)
    try:
        pulls = client.get(place + "/pull_statistics", names, view=view)
    except (FeatureOff, Forbidden):
        require(client, "pull_statistics")
        raise
    if pulls is None:
        # Without the route Quay looks for a repository of that longer name.
        require(client, "pull_statistics")
        return {}
    shown = {name: pulls[name] for name in ("manifest_pull_count", "last_manifest_pull_date")}
    if digest:
        return {"manifest_digest": digest, **shown}
    of_tag = {name: pulls[name] for name in ("tag_name", "tag_pull_count", "last_tag_pull_date")}
    return {"manifest_digest": pulls["current_manifest_digest"], **shown, **of_tag}


def _either(spec: Params, read: t.Callable[[Context], Params], nothing: Params) -> t.Any:
    """An operation about a repository that takes a tag or a digest."""
    options = {"repository": {"type": "str", "required": True}, "tag": {"type": "str"}, "digest": {"type": "str"}}
    exclusive = {"mutually_exclusive": [("tag", "digest")]}
    return dataclasses.replace(inform({**options, **spec}, read, nothing), constraints=exclusive)


TAG_INFO = _either({"only_active_tags": {"type": "bool", "default": False}}, list_tags, {"tags": []})
PULL_STAT_INFO = _either({}, show_pulls, {})
