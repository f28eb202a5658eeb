# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads all tags of a repository, and when they were last pulled, several pages at a time."""

from __future__ import annotations

import typing as t

from ..._client.client import Names
from ..._client.workers import Workers
from ..._engine.resource import State
from ..._text.times import parsed
from ..tag.info import TagPulls
from ..tag.read import page_of_tags
from ..tag.resource import TAG_PATH
from .choose import Tag


def read_all(workers: Workers, number: int, names: Names) -> list[Tag]:
    """Every tag that is there, once; ``number`` pages at a time after the first. Raises ParentMissing.

    If somebody pushes meanwhile, tags move to later pages and come twice; if somebody deletes, some are not seen, and
    not deleted this time.
    """

    def read(page: int) -> State:
        return page_of_tags(workers.client, names, page, onlyActiveTags="true")

    found: dict[str, Tag] = {}
    pages, following = [read(1)], 2
    while pages:
        for tag in (tag for page in pages for tag in page["tags"]):
            found.setdefault(tag["name"], _tag(tag))
        more = pages[-1]["has_additional"]
        pages = workers.each(read, range(following, following + number)) if more else []
        following += number
    return list(found.values())


def _tag(view: State) -> Tag:
    return Tag(
        view["name"],
        view["manifest_digest"],
        view["size"] or 0,
        view.get("start_ts", 0),
        view.get("immutable", False),
    )


def in_use(workers: Workers, names: Names, tags: t.Sequence[Tag], since: float) -> set[str]:
    """Names of those that were pulled since then, by tag or digest; one that never was counts by its last change.

    ``since``: seconds since 1970. Raises QuayError.
    """

    def used(tag: Tag) -> bool:
        path = TAG_PATH + "/pull_statistics"
        pulls = workers.client.get(path, {**names, "tag": tag.name}, view=TagPulls) or {}
        dates = (pulls.get(key) for key in ("last_tag_pull_date", "last_manifest_pull_date"))
        return max((parsed(date).timestamp() for date in dates if date), default=tag.start) >= since

    return {tag.name for tag, is_used in zip(tags, workers.each(used, tags)) if is_used}
