# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads of tags, and which manifest an image means (quay endpoints/api/tag.py)."""

from __future__ import annotations

import typing as t

from ..._client.client import Names, QuayClient
from ..._client.views import MaybeNumber
from ..._engine.resource import State
from ..._errors import BadInput, ParentMissing
from ..._text.image_reference import ImageReference, image_reference
from ..._text.name_rules import repository_rule
from ..repository.read import full_name

TAGS = "/repository/{+repository}/tag/"
MANIFEST = "/repository/{+repository}/manifest/{digest}"
# Quay gives no more at once.
PAGE = 100


class _Tag(t.TypedDict):
    name: str
    manifest_digest: str
    size: MaybeNumber


class TagView(_Tag, total=False):
    """A stretch of the life of a tag (quay endpoints/api/tag.py, _tag_dict); times are seconds since 1970."""

    start_ts: int
    end_ts: int
    immutable: bool


class TagsView(t.TypedDict):
    """A page of tags, the newest first."""

    tags: list[TagView]
    has_additional: bool


def image_rule(text: str) -> str:
    """The broken rule for ``namespace/repository:tag`` or ``…@digest``, or ""."""
    try:
        return repository_rule(image_reference(text).name)
    except ValueError as error:
        return str(error)


def locate_image(client: QuayClient, text: str) -> tuple[ImageReference, Names]:
    """The reference with its full repository, and names for paths: image, repository, tag, digest.

    May cost a request for the name of the account. Raises ValueError and QuayError.
    """
    given = image_reference(text)
    full = given._replace(name=full_name(client, given.name), tag=given.tag_or_latest)
    return full, {"image": str(full), "repository": full.name, "tag": full.tag, "digest": full.digest}


def page_of_tags(client: QuayClient, names: Names, number: int, **query: t.Any) -> State:
    """One page (TagsView) of tags of a repository; raises ParentMissing without the repository."""
    page = client.get(TAGS, names, {"limit": PAGE, "page": number, **query}, view=TagsView)
    if page is None:
        raise ParentMissing(f"Repository {names['repository']} does not exist.")
    return t.cast("State", page)


def read_tags(client: QuayClient, names: Names, active: bool, **query: t.Any) -> t.Iterator[State]:
    """The tags, the newest first; without ``active`` also those that have ended. Raises ParentMissing."""
    number, more = 1, True
    while more:
        page = page_of_tags(client, names, number, onlyActiveTags=str(active).lower(), **query)
        yield from page["tags"]
        number, more = number + 1, page["has_additional"]


def live_tag(client: QuayClient, names: Names, tag: str) -> State | None:
    """The tag as it is now; None if there is none. Raises ParentMissing without the repository."""
    return next(read_tags(client, names, True, specificTag=tag), None)


def ended_tags(client: QuayClient, names: Names, tag: str, now: State | None) -> t.Iterator[State]:
    """What the time machine has of a tag, the newest first; ``now``: as it is now. Raises ParentMissing."""
    for entry in read_tags(client, names, False, specificTag=tag):
        if "end_ts" in entry and entry != now:
            yield entry


def digest_of_image(client: QuayClient, names: Names, ended: bool = False) -> str:
    """The digest that the image of ``names`` means; raises ParentMissing without the repository or the tag.

    ``ended``: also of a tag that is no more, as it was last.
    """
    if names["digest"]:
        return t.cast("str", names["digest"])
    found = next(read_tags(client, names, not ended, specificTag=names["tag"]), None)
    if found is None:
        raise ParentMissing(f"Image {names['image']} does not exist.")
    return t.cast("str", found["manifest_digest"])


def check_image(option: str, text: str) -> None:
    """Hold an image against the rules before any request; raises BadInput."""
    broken = image_rule(text)
    if broken:
        raise BadInput(option, text, broken)
