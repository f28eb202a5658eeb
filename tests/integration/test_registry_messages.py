# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Messages, a list at the top of a document: applied, exported, protected, and deleted if nobody declares them."""

from __future__ import annotations

import pytest
import yaml

from tests.integration.registries import apply, export, failure, written

DECLARED = [
    {"content": "Maintenance on Sunday", "severity": "warning"},
    {"content": "Use **robots**", "format": "markdown"},
]
EXPORTED = [
    {"content": "Maintenance on Sunday", "format": "plain", "severity": "warning"},
    {"content": "Use **robots**", "format": "markdown", "severity": "info"},
]


@pytest.fixture
def messages(emulator, quay):
    apply(quay, {"messages": DECLARED})
    written(emulator)


def exported(quay, **options):
    return export(quay, sections=["messages"], **options)["messages"]


def test_an_export_applied_back_changes_nothing(messages, emulator, quay):
    assert exported(quay) == EXPORTED
    assert apply(quay, {"messages": EXPORTED}, exclusive=["messages"])["plan"] == []
    assert written(emulator) == []


def test_what_nobody_declares_is_deleted_only_in_exclusive_mode(messages, emulator, quay):
    assert apply(quay, {"messages": EXPORTED[:1]})["plan"] == []
    # What the document does not have stays as it is.
    assert apply(quay, {"organizations": []}, exclusive=["messages"])["plan"] == []
    plan = apply(quay, {"messages": EXPORTED[:1]}, exclusive=["messages"])["plan"]
    assert [(line["action"], line["object"], line["declared"]) for line in plan] == [
        ("delete", "message Use **robots**", False)
    ]
    assert exported(quay) == EXPORTED[:1]
    apply(quay, {"messages": []}, exclusive=["messages"])
    assert exported(quay) == []


def test_what_is_protected_stays(messages, emulator, quay):
    options = {"exclusive": ["messages"], "protect": ["Maintenance *"]}
    plan = apply(quay, {"messages": []}, **options)["plan"]
    assert [(line["action"], line["protected"]) for line in plan] == [("keep", True), ("delete", False)]
    assert exported(quay) == EXPORTED[:1]


def test_too_many_deletions_are_refused(messages, emulator, quay):
    error = failure(quay, {"messages": []}, exclusive=["messages"], max_deletions=1)
    assert "max_deletions allows 1, but this would delete 2" in str(error)
    assert written(emulator) == []


def test_a_list_that_cannot_be_read_deletes_nothing(messages, emulator, quay):
    fault = {"kind": "status", "status": 403, "times": 999, "method": "GET", "path": "/messages$"}
    emulator.switch("POST", "misbehave", fault)
    assert "messages" in str(failure(quay, {"messages": []}, exclusive=["messages"]))
    assert written(emulator) == []


def test_they_have_a_file_of_their_own(messages, quay, tmp_path):
    from tests.registries.properties import EXPORT_DOCUMENT, run

    run(EXPORT_DOCUMENT, quay, sections=["messages"], dest=str(tmp_path), split=True, defaults=True)
    assert [file.name for file in tmp_path.iterdir()] == ["messages.yml"]
    assert yaml.safe_load((tmp_path / "messages.yml").read_text(encoding="utf-8")) == {"messages": EXPORTED}


def test_who_exports_some_organizations_does_not_mean_the_messages(messages, quay):
    assert export(quay, "payments", on_unreadable="skip").keys() == {"organizations"}
