# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    CredentialsRefused,
    ParentMissing,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.choose import Tag
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.delete import Deletion
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.read import in_use, read_all

NAMES = {"repository": "lab/app"}
SIGNATURE = f"sha256-{'0' * 64}.sig"


class Quay:
    """Its tags, newest first; ``refusals``: errors to the deletion of a tag, in turn, before or after it is done."""

    def __init__(self, *names, refusals=None):
        self.names, self.refusals = list(names), refusals or {}
        self.reads, self.deletions, self.pulls = [], [], {}

    def get(self, template, names, query=None, view=None):
        if template.endswith("pull_statistics"):
            return self.pulls.get(names["tag"])
        self.reads.append(query["page"])
        if "specificTag" in query:
            found = [name for name in self.names if name == query["specificTag"]]
            return {"tags": [view_of(name) for name in found], "has_additional": False}
        start = 100 * (query["page"] - 1)
        page = self.names[start : start + 100]
        return {"tags": [view_of(name) for name in page], "has_additional": len(self.names) > start + 100}

    def write(self, method, path, body, purpose):
        name = path.rpartition("/")[2]
        self.deletions.append(name)
        error = self.refusals.get(name, [None]).pop(0) if self.refusals.get(name) else None
        if name in self.names and (error is None or isinstance(error, AnswerLost)):
            self.names.remove(name)
        if error:
            raise error


class Workers:
    """One after the other."""

    def __init__(self, client):
        self.client = client

    def each(self, work, items):
        return [work(item) for item in items]


def view_of(name):
    return {"name": name, "manifest_digest": f"sha256:{name}", "size": None, "start_ts": 7}


def tag(name):
    return Tag(name, f"sha256:{name}", 0, 7, False)


@pytest.mark.parametrize(("count", "pages"), [(0, [1]), (100, [1]), (101, [1, 2, 3, 4]), (450, [1, 2, 3, 4, 5, 6, 7])])
def test_pages_are_read_in_rows_to_the_end(count, pages):
    quay = Quay(*map(str, range(count)))
    assert read_all(Workers(quay), 3, NAMES) == [tag(str(number)) for number in range(count)]
    assert quay.reads == pages


def test_a_tag_that_moves_to_a_later_page_is_there_once():
    quay = Quay(*map(str, range(150)), "99")
    assert len(read_all(Workers(quay), 1, NAMES)) == 150


def test_a_repository_that_is_missing_is_no_empty_one():
    quay = Quay()
    quay.get = lambda *_arguments, **_more: None
    with pytest.raises(ParentMissing):
        read_all(Workers(quay), 1, NAMES)


def test_a_pull_by_digest_keeps_a_tag_and_one_without_pulls_counts_by_its_change():
    quay = Quay()
    never = {"last_tag_pull_date": None, "last_manifest_pull_date": None}
    quay.pulls = {
        "old": never,
        "new": never,
        "pulled": {**never, "last_manifest_pull_date": "Sun, 01 Nov 2026 00:00:00 -0000"},
    }
    tags = [tag("old"), tag("pulled"), tag("new")._replace(start=1793500000)]
    assert in_use(Workers(quay), NAMES, tags, 1793491200) == {"pulled", "new"}


def run(quay, *names):
    deletion = Deletion(Workers(quay), NAMES, lambda _text: None)
    deletion.run([tag(name) for name in names])
    return [one.name for one in deletion.deleted], [one.name for one in deletion.immutable], deletion.failures


def test_images_are_deleted_before_what_is_attached_to_them():
    quay = Quay(SIGNATURE, "a", "b")
    assert run(quay, SIGNATURE, "a", "b") == (["a", "b", SIGNATURE], [], [])


def test_a_tag_that_is_gone_already_counts_as_deleted():
    assert run(Quay(refusals={"a": [Refused("gone", 404, "")]}), "a") == (["a"], [], [])


def test_a_tag_that_has_become_immutable_is_reported():
    refused = {"a": [Refused("immutable", 409, "")] * 9}
    assert run(Quay("a", "b", refusals=refused), "a", "b") == (["b"], ["a"], [])


def test_a_failure_does_not_stop_the_others():
    refused = {"a": [Refused("The repository is read-only.", 503, "")]}
    assert run(Quay("a", "b", refusals=refused), "a", "b") == (["b"], [], ["The repository is read-only."])


def test_a_lost_answer_is_settled_by_looking():
    quay = Quay("a", refusals={"a": [AnswerLost("lost")]})
    assert (run(quay, "a"), quay.deletions) == ((["a"], [], []), ["a"])


def test_credentials_that_end_stop_all():
    quay = Quay("a", "b", "c", refusals={"b": [CredentialsRefused("expired", 401, "")]})
    assert (run(quay, "a", "b", "c"), quay.names) == ((["a"], [], ["expired"]), ["b", "c"])
