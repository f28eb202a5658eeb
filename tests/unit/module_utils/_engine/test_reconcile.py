# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine import reconcile
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    BadInput,
    ParentMissing,
    QuayError,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.application.resource import APPLICATION

from tests.unit.module_utils._engine.boxes import run


def test_check_mode_predicts_and_sends_nothing(box, server):
    predicted, _dummy = run(box, server, check_mode=True, text="tea", weight=1, owners=["bob", "ann"])
    assert server.writes == []
    happened, _dummy = run(box, server, text="tea", weight=1, owners=["bob", "ann"])
    assert predicted == happened
    assert happened["box"] == {
        "name": "crate",
        "color": "white",
        "text": "tea",
        "weight": 1,
        "origin": "",
        "owners": ["ann", "bob"],
    }
    assert run(box, server, text="tea", weight=1, owners=["ann"])[0]["changed"] is False


def test_absent(box, server):
    run(box, server)
    assert run(box, server, state="absent")[0]["changed"] is True
    assert run(box, server, state="absent")[0] == {
        "changed": False,
        "diff": {"before": {}, "after": {}, "before_header": "box crate", "after_header": "box crate"},
    }


def test_a_cut_in_the_middle_is_repaired_by_the_next_run(box, make_server):
    server = make_server(refuse_from=1)
    with pytest.raises(Refused):
        run(box, server, text="tea")
    server._refuse_from = None
    assert run(box, server, text="tea")[0]["changed"] is True
    assert server.boxes["crate"]["text"] == "tea"


def test_what_the_server_gave_once_survives_a_later_failure(box, make_server):
    generous = dataclasses.replace(box, returns=lambda observed, answers: {"key": answers[0]["done"]})
    with pytest.raises(Refused) as caught:
        run(generous, make_server(refuse_from=1), text="tea")
    assert caught.value.result == {"key": "create box crate", "changed": True, "done": ["create box crate"]}


def test_what_the_server_gave_once_survives_a_failing_look(box, server):
    looks = []

    def read(client, names, wish):
        looks.append(names)
        if len(looks) > 1:
            raise QuayError("The server is down.")
        return box.read(client, names, wish)

    generous = dataclasses.replace(
        box, read=read, verify=True, returns=lambda observed, answers: {"key": answers[0]["done"]}
    )
    with pytest.raises(QuayError, match="down") as caught:
        run(generous, server)
    assert caught.value.result == {"key": "create box crate", "changed": True, "done": ["create box crate"]}


def test_a_server_that_accepts_and_does_nothing_is_found_out(box, server, monkeypatch):
    run(box, server)
    monkeypatch.setattr(server, "write", lambda *arguments: {})
    lying = dataclasses.replace(box, verify=True)
    with pytest.raises(
        QuayError, match="Quay accepted the requests but did not apply them; still missing: set box crate"
    ):
        run(lying, server, text="tea")


def test_a_missing_parent(box, server):
    def read(client, names, wish):
        raise ParentMissing("Shelf 1 does not exist.")

    orphan = dataclasses.replace(box, read=read)
    with pytest.raises(ParentMissing):
        run(orphan, server)
    predicted, warnings = run(orphan, server, check_mode=True)
    assert predicted["changed"] is True
    assert warnings == ["Shelf 1 does not exist. It must exist before a real run of this task."]
    assert run(orphan, server, state="absent")[0]["changed"] is False


def test_rules_are_held_before_any_request_and_hide_secrets(box):
    short = dataclasses.replace(
        box, fields=(dataclasses.replace(box.fields[4], rule=lambda value: "use 8 or more characters"),)
    )
    with pytest.raises(BadInput) as caught:
        reconcile.check_names(short, {"name": "crate", "password": "abc"})
    assert str(caught.value) == "password: invalid value '(hidden)': use 8 or more characters."


def test_adapt_may_change_the_wish_and_warn(box, server):
    def never_tea(_client, _names, _observed, wish):
        return dataclasses.replace(wish, fields={}, warnings=("No tea.",))

    run(box, server)
    result, warnings = run(dataclasses.replace(box, adapt=never_tea), server, text="tea")
    assert (result["changed"], warnings) == (False, ["No tea."])


class Applications:
    """Those of an organization; Quay gives each the next of these ids."""

    def __init__(self, *ids):
        self.ids, self.there = iter(ids), {}

    def get(self, *_call, **_options):
        return {"applications": list(self.there.values())}

    def write(self, method, path, body, _purpose):
        if method == "DELETE":
            return self.there.pop(path.rpartition("/")[2])
        entry = {"client_id": next(self.ids), "client_secret": "s", "avatar_email": None, **body}
        return self.there.setdefault(entry["client_id"], entry)


def test_what_others_create_while_this_task_gives_way_is_what_it_returns(monkeypatch):
    """Two tasks find nothing and create an application each; the one that is faster reports that which stays."""
    quay = Applications("five", "a-three")
    body = {"name": "portal", "description": "", "application_uri": "", "redirect_uri": ""}
    monkeypatch.setattr(reconcile, "give_way", lambda _looked: quay.write("POST", "", body, ""))
    params = {"organization": "payments", "name": "portal"}
    result = reconcile.reconcile(APPLICATION, quay, params, False, False, print)
    assert (result["client_id"], [*quay.there]) == ("a-three", ["a-three"])


def test_a_document_gives_no_way(monkeypatch):
    """Nothing that it creates so returns an id, and the pauses would add up."""
    quay = Applications("one")
    work = reconcile.Reconciliation(APPLICATION, {"organization": "payments", "name": "portal"})
    monkeypatch.setattr(reconcile, "give_way", None)
    work.observe(quay)
    work.plan(quay)
    work.apply(quay)
    assert [*quay.there] == ["one"]
