# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    CredentialsRefused,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.delete import Deletion

from tests.unit.module_utils._objects.tag_prune.quay import NAMES, Quay, Workers, tag

SIGNATURE = f"sha256-{'0' * 64}.sig"


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
