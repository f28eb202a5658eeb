# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""References of images, split and joined."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.quay_image_reference import quay_image_reference

DIGEST = "sha256:" + "0d" * 32
PARTS = ("registry", "namespace", "repository", "tag", "digest")


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("quay.example.com/payments/api:1.4", ("quay.example.com", "payments", "payments/api", "1.4", "")),
        ("localhost:8080/payments/api", ("localhost:8080", "payments", "payments/api", "", "")),
        ("localhost/payments/api", ("localhost", "payments", "payments/api", "", "")),
        (f"payments/group/api@{DIGEST}", ("", "payments", "payments/group/api", "", DIGEST)),
        (f"quay.io/payments/api:1.4@{DIGEST}", ("quay.io", "payments", "payments/api", "1.4", DIGEST)),
        ("api", ("", "", "api", "", "")),
        ("my.org:1", ("", "", "my.org", "1", "")),
    ],
)
def test_split_and_join(reference, parts):
    found = quay_image_reference(reference)
    assert found == dict(zip(PARTS, parts))
    assert quay_image_reference(found) == reference


def test_namespace_with_a_dot():
    assert quay_image_reference("my.org/api", registry=False)["namespace"] == "my.org"
    assert quay_image_reference("my.org/api")["registry"] == "my.org"


def test_join_what_is_there():
    assert quay_image_reference({"repository": "payments/api", "tag": 1.4}) == "payments/api:1.4"
    assert quay_image_reference({"repository": "payments/api", "tag": None}) == "payments/api"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("payments/api:", "invalid value 'payments/api:': use 1 to 128"),
        ("payments/api@latest", "use an algorithm"),
        ({"repository": "payments/api", "tag": "a b"}, "use 1 to 128"),
        ({"registry": "quay.io"}, "repository is missing"),
        (3, "neither a reference nor a dictionary"),
        ("", "use repository:tag"),
    ],
)
def test_mistakes_have_a_message(reference, said):
    with pytest.raises(AnsibleFilterError, match="quay_image_reference: ") as caught:
        quay_image_reference(reference)
    assert said in str(caught.value)
