# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: which tags of a repository rules delete. Pure."""

from __future__ import annotations

import fnmatch
import re
import typing as t
from dataclasses import dataclass

# Signatures, attestations and the like of an image, as cosign and OCI clients name their tags; up to 3.18 Quay knows
# nothing of them, later it lets three kinds end with their image (quay data/model/oci/tag.py, is_cosign_tag_schema).
_ATTACHED = re.compile(r"(sha256)-([a-f0-9]{64})(\..+)?")


class Tag(t.NamedTuple):
    """A tag that is there; ``start``: its last change, in seconds since 1970."""

    name: str
    digest: str
    size: int
    start: int
    immutable: bool


@dataclass(frozen=True)
class Rules:
    """A tag is deleted if all of them allow it.

    ``tags``: only names that match one of these patterns; ``protect``: never those that match one of these.
    ``keep_newest``: never the newest of those. ``changed_before``, ``pulled_before``: in seconds since 1970.
    ``keep_shared``: never one whose image a kept tag has, too.
    """

    tags: t.Sequence[str] = ("*",)
    protect: t.Sequence[str] = ()
    keep_newest: int = 0
    changed_before: float | None = None
    keep_shared: bool = False


@dataclass(frozen=True)
class Choice:
    """``deleted``, the newest first; ``immutable``: what the rules would delete; ``kept``: how many, by reason."""

    deleted: list[Tag]
    immutable: list[Tag]
    kept: dict[str, int]


def choose(tags: t.Sequence[Tag], rules: Rules, in_use: t.Collection[str]) -> Choice:
    """What to delete of all ``tags`` of a repository; ``in_use``: names of those that were pulled lately.

    What is attached to an image is not chosen itself, but goes with the last tag of the image.
    """
    kept: dict[str, str] = {}
    attached = {tag.name: subject for tag in tags if (subject := subject_of(tag.name))}
    matching = 0
    for tag in sorted(tags, key=lambda tag: (-tag.start, tag.name)):
        reason = _reason(tag, rules, matching, in_use)
        if tag.name in attached:
            reason = "attached"
        elif reason not in ("unmatched", "protected"):
            matching += 1
        if reason:
            kept[tag.name] = reason
    if rules.keep_shared:
        shared = {tag.digest for tag in tags if tag.name in kept}
        kept.update({tag.name: "shared" for tag in tags if tag.name not in kept and tag.digest in shared})
    remaining = {tag.digest for tag in tags if tag.name in kept and tag.name not in attached}
    freed = {tag.digest for tag in tags} - remaining
    for tag in tags:
        if attached.get(tag.name) in freed:
            kept[tag.name] = _attached_reason(tag, rules)
    return _choice(tags, kept)


def _reason(tag: Tag, rules: Rules, newer: int, in_use: t.Collection[str]) -> str:
    """Why the tag is kept; empty if it is not."""
    if not _matches(tag.name, rules.tags):
        return "unmatched"
    if _matches(tag.name, rules.protect):
        return "protected"
    if newer < rules.keep_newest:
        return "newest"
    if rules.changed_before is not None and tag.start >= rules.changed_before:
        return "young"
    if tag.name in in_use:
        return "pulled"
    return "immutable" if tag.immutable else ""


def _attached_reason(tag: Tag, rules: Rules) -> str:
    if _matches(tag.name, rules.protect):
        return "protected"
    return "immutable" if tag.immutable else ""


def _choice(tags: t.Sequence[Tag], kept: t.Mapping[str, str]) -> Choice:
    counts: dict[str, int] = {}
    for reason in filter(None, kept.values()):
        counts[reason] = counts.get(reason, 0) + 1
    ordered = sorted(tags, key=lambda tag: (-tag.start, tag.name))
    deleted = [tag for tag in ordered if not kept.get(tag.name)]
    immutable = [tag for tag in ordered if kept.get(tag.name) == "immutable"]
    return Choice(deleted, immutable, dict(sorted(counts.items())))


def subject_of(name: str) -> str:
    """The digest of the image that a tag of this name is attached to; empty for an ordinary tag."""
    found = _ATTACHED.fullmatch(name)
    return f"{found[1]}:{found[2]}" if found else ""


def _matches(name: str, patterns: t.Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
