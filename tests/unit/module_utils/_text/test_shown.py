# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may be shown of a server's words and of addresses, and what a door must mask."""

from __future__ import annotations

import json
import time
from urllib.parse import quote

import pytest
from ansible.module_utils.common.parameters import remove_values
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._text.shown import (
    Secrets,
    public_address,
    quotable,
    secrets_in,
    secrets_of_address,
    short,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Organization does not exist: x", "Organization does not exist: x"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://evil\x07link\x1b]8;;\x07", "link"),
        ("a\x9b2Jb\u202ec\x00d\ne", "a 2Jb c d e"),
        ("Größe 100 %s", "Größe 100 %s"),
    ],
)
def test_the_words_of_a_server_are_one_line_that_moves_no_terminal(text, shown):
    assert quotable(text) == shown


def test_the_words_of_a_server_end():
    assert quotable("x" * 10_000_000) == "x" * 2000 + "…"


def test_a_long_word_keeps_the_punctuation_after_it():
    assert (
        short(f"host: invalid value '{'x' * 100_000}': use another.")
        == f"host: invalid value '{'x' * 199}…': use another."
    )


@pytest.mark.parametrize(
    ("address", "shown", "secrets"),
    [
        ("https://example.com/src.tar.gz", "https://example.com/src.tar.gz", set()),
        ("https://host:8443/a@b", "https://host:8443/a@b", set()),
        ("https://me:geheim@example.com/x", "https://***@example.com/x", {"me:geheim", "geheim"}),
        ("https://TOKEN0123456789ab@example.com/x", "https://***@example.com/x", {"TOKEN0123456789ab"}),
        ("ssh://git@github.com/org/api.git", "ssh://git@github.com/org/api.git", set()),
        ("http://me:ge#he/im@proxy:3128", "http://***@proxy:3128", {"me:ge#he/im", "ge#he/im"}),
        (
            "https://s3.example.com/x?X-Signature=0123456789&v=1",
            "https://s3.example.com/x?***",
            {"X-Signature=0123456789&v=1", "0123456789"},
        ),
        ("https://example.com/x?ref=payments", "https://example.com/x?***", {"ref=payments"}),
        ("me:geheim@quay.example.com", "***@quay.example.com", {"me:geheim", "geheim"}),
        ("alice@example.com", "alice@example.com", set()),
        ("git@github.com:org/repo", "git@github.com:org/repo", set()),
        ("See https://me:x@example.com for more", "See https://me:x@example.com for more", set()),
        ("nobody?x=y", "nobody?x=y", set()),
    ],
)
def test_addresses(address, shown, secrets):
    assert public_address(address) == shown
    assert secrets_of_address(address) == secrets


def test_addresses_are_found_in_lists_and_mappings():
    value = {"a": ["https://u:p1@h", {"b": "https://u:p2@h"}], "c": 7}
    assert {"p1", "p2"} <= secrets_in(value)


def test_a_long_document_costs_no_time():
    text = json.dumps({"members": [f"user{number}@example.com:x" for number in range(50_000)]}, separators=(",", ":"))
    begin = time.perf_counter()
    secrets_in(text)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("secret", ["line\nend\n", "ge'h\"eim", "pass wörd&=%", "back\\slash", "\ttab "])
def test_every_form_of_a_secret_is_masked(secret):
    masks = Secrets()
    masks.add(secret)
    texts = [
        f"'Bearer {secret.strip()}'.",
        repr({"token": secret}),
        repr(secret.encode()),
        json.dumps([secret]),
        json.dumps([secret], ensure_ascii=False),
        f"/x?token={quote(secret)}",
        f"/x/{quote(secret, safe='')}",
    ]
    for text in texts:
        shown = remove_values(text, masks)
        assert "********" in shown
        assert not any(part in shown for part in ("eim", "wörd", "w\\u00f6rd", "slash", "tab", "line", "end")), shown


def test_blanks_alone_hide_nothing():
    assert Secrets([""]) == set()
    masks = Secrets(["x"])
    masks.update({"y z"})
    assert masks == {"x", "y z", "y%20z", "y+z"}


def test_a_message_moves_no_terminal_whatever_a_name_holds():
    assert str(QuayError("organization \x1b[2J\u202e: gone.\nGröße")) == "organization \\x1b[2J\\u202e: gone.\nGröße"
