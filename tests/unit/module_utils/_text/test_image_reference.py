# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._text.image_reference import (
    DIGEST_RULE,
    IMAGE_RULE,
    TAG_RULE,
    ImageReference,
    image_reference,
)
from hypothesis import given
from hypothesis import strategies as st

DIGEST = "sha256:" + "0d" * 32


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("payments/api", ("payments/api", "", "")),
        ("api:1.4", ("api", "1.4", "")),
        ("/payments/api:1.4/", ("payments/api", "1.4", "")),
        (f"payments/a/b@{DIGEST}", ("payments/a/b", "", DIGEST)),
        (f"payments/api:1.4@{DIGEST}", ("payments/api", "1.4", DIGEST)),
        ("quay.example.com:8443/payments/api", ("quay.example.com:8443/payments/api", "", "")),
        ("[::1]:8443/payments/api:_x", ("[::1]:8443/payments/api", "_x", "")),
    ],
)
def test_the_parts_of_a_reference(text, parts):
    found = image_reference(text)
    assert found == parts
    assert str(found) == text.strip("/")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", IMAGE_RULE),
        ("/", IMAGE_RULE),
        (":1.4", IMAGE_RULE),
        ("payments/:1.4", IMAGE_RULE),
        (f"@{DIGEST}", IMAGE_RULE),
        ("payments/api:", TAG_RULE),
        ("payments/api:-x", TAG_RULE),
        ("payments/api:x y", TAG_RULE),
        ("payments/api:é", TAG_RULE),
        ("payments/api:" + "x" * 129, TAG_RULE),
        ("payments/api:a:b", TAG_RULE),
        ("payments/api@", DIGEST_RULE),
        ("payments/api@1.4", DIGEST_RULE),
        (f"payments/api@{DIGEST}@{DIGEST}", DIGEST_RULE),
    ],
)
def test_what_is_no_reference(text, rule):
    with pytest.raises(ValueError, match="^.*$") as caught:
        image_reference(text)
    assert str(caught.value) == rule


@given(
    st.from_regex(r"[a-z0-9.:]{0,9}/[a-z]+(/[a-z]+)?", fullmatch=True).filter(lambda name: not name.startswith("/")),
    st.from_regex(r"([0-9a-z_][0-9A-Za-z_.-]{0,9})?", fullmatch=True),
    st.sampled_from(["", DIGEST]),
)
def test_a_reference_that_is_written_is_read_again(name, tag, digest):
    reference = ImageReference(name, tag, digest)
    assert image_reference(str(reference)) == reference


def test_without_tag_and_digest_latest_is_meant():
    assert image_reference("api").tag_or_latest == "latest"
    assert image_reference("api:1").tag_or_latest == "1"
    assert image_reference(f"api@{DIGEST}").tag_or_latest == ""
