# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import fnmatch

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.choose import (
    Rules,
    Tag,
    choose,
    subject_of,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.module import report
from hypothesis import given
from hypothesis import strategies as st

DIGESTS = [f"sha256:{number:064x}" for number in range(4)]
ATTACHED = [f"{digest.replace(':', '-')}.{kind}" for digest in DIGESTS for kind in ("sig", "att")]
NAMES = ["latest", "stable", *(f"{kind}-{number}" for kind in ("pr", "v") for number in range(8))]
PATTERN = st.sampled_from(["*", "pr-*", "v-[0-3]", "latest", "sha256-*"])


@st.composite
def repositories(draw):
    names = draw(st.lists(st.sampled_from([*NAMES, *ATTACHED]), unique=True))
    return [
        Tag(name, draw(st.sampled_from(DIGESTS)), 10, draw(st.integers(0, 9)), draw(st.booleans())) for name in names
    ]


RULES = st.builds(
    Rules,
    tags=st.lists(PATTERN, min_size=1, max_size=2),
    protect=st.lists(PATTERN, max_size=2),
    keep_newest=st.integers(0, 4),
    changed_before=st.none() | st.integers(0, 9),
    keep_shared=st.booleans(),
)
IN_USE = st.sets(st.sampled_from(NAMES), max_size=4)


def matches(tag, patterns):
    return any(fnmatch.fnmatchcase(tag.name, pattern) for pattern in patterns)


@given(repositories(), RULES, IN_USE)
def test_each_tag_is_deleted_or_kept_for_a_reason(tags, rules, in_use):
    choice = choose(tags, rules, in_use)
    assert len(choice.deleted) + sum(choice.kept.values()) == len(tags)
    assert len(choice.immutable) == choice.kept.get("immutable", 0)
    for tag in choice.deleted:
        assert not tag.immutable and not matches(tag, rules.protect)
        if not subject_of(tag.name):
            assert matches(tag, rules.tags) and tag.name not in in_use
            assert rules.changed_before is None or tag.start < rules.changed_before


@given(repositories(), RULES, IN_USE)
def test_the_newest_stay(tags, rules, in_use):
    deleted = {tag.name for tag in choose(tags, rules, in_use).deleted}
    matching = [
        tag
        for tag in sorted(tags, key=lambda tag: (-tag.start, tag.name))
        if matches(tag, rules.tags) and not matches(tag, rules.protect) and not subject_of(tag.name)
    ]
    assert deleted.isdisjoint(tag.name for tag in matching[: rules.keep_newest])


@given(repositories(), RULES, IN_USE)
def test_a_second_run_finds_nothing(tags, rules, in_use):
    deleted = choose(tags, rules, in_use).deleted
    assert choose([tag for tag in tags if tag not in deleted], rules, in_use).deleted == []


@given(repositories(), RULES, IN_USE)
def test_what_is_attached_lives_as_long_as_its_image(tags, rules, in_use):
    deleted = choose(tags, rules, in_use).deleted
    digests = {tag.digest for tag in tags if tag not in deleted and not subject_of(tag.name)}
    for tag in deleted:
        assert subject_of(tag.name) not in digests


@given(repositories(), RULES, IN_USE)
def test_with_keep_shared_every_deleted_tag_frees_its_image(tags, rules, in_use):
    rules = Rules(**{**vars(rules), "keep_shared": True})
    deleted = [tag for tag in choose(tags, rules, in_use).deleted if not subject_of(tag.name)]
    kept = {tag.digest for tag in tags if tag not in choose(tags, rules, in_use).deleted and not subject_of(tag.name)}
    assert kept.isdisjoint(tag.digest for tag in deleted)


@given(repositories(), RULES, IN_USE)
def test_the_figures_are_those_of_what_no_tag_leads_to(tags, rules, in_use):
    deleted = choose(tags, rules, in_use).deleted
    summary = report(tags, deleted, [], {})["summary"]
    left = {tag.digest for tag in tags if tag not in deleted}
    freed = {tag.digest for tag in deleted} - left
    assert (summary["freed_manifests"], summary["freed_bytes"]) == (len(freed), 10 * len(freed))
    assert (summary["tags"], summary["manifests"]) == (len(tags), len(left | freed))


@pytest.mark.parametrize(
    ("rules", "deleted", "kept"),
    [
        (Rules(), ["v-3", "v-2", "v-1"], {"immutable": 1}),
        (Rules(keep_newest=2), ["v-2", "v-1"], {"newest": 2}),
        (Rules(changed_before=3), ["v-2", "v-1"], {"young": 2}),
        (Rules(tags=["v-[12]"], protect=["v-1"]), ["v-2"], {"protected": 1, "unmatched": 2}),
        (Rules(keep_newest=1, keep_shared=True), ["v-3", "v-2"], {"newest": 1, "shared": 1}),
    ],
)
def test_rules(rules, deleted, kept):
    tags = [
        Tag("v-1", DIGESTS[0], 1, 1, False),
        Tag("v-2", DIGESTS[1], 1, 2, False),
        Tag("v-3", DIGESTS[2], 1, 3, False),
        Tag("fixed", DIGESTS[0], 1, 4, True),
    ]
    choice = choose(tags, rules, ())
    assert ([tag.name for tag in choice.deleted], choice.kept) == (deleted, kept)


def test_a_signature_goes_with_the_last_tag_of_its_image():
    image, signature = Tag("v-1", DIGESTS[1], 1, 1, False), Tag(ATTACHED[2], DIGESTS[3], 1, 2, False)
    other = Tag("stable", DIGESTS[1], 1, 3, False)
    assert choose([image, signature], Rules(tags=["v-*"]), ()).deleted == [signature, image]
    assert choose([image, signature, other], Rules(tags=["v-*"]), ()).deleted == [image]
    assert choose([image, signature], Rules(tags=["sha256-*"]), ()).deleted == []
