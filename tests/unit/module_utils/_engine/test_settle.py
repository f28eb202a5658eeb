# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a lost, refused or doubtful answer means, by looking again."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    Forbidden,
    QuayError,
    Refused,
)

from tests.unit.module_utils._engine.boxes import do_nothing, no_answer, paint_and_delete, refuse, run


@pytest.mark.parametrize("lost", [1, 2])
def test_a_lost_answer_is_settled_by_looking(box, make_server, lost):
    server = make_server(lose=lost)
    result, _dummy = run(box, server, text="tea", owners=["ann"])
    assert result["changed"] is True
    assert server.boxes["crate"]["text"] == "tea"
    assert [path for _dummy, path, _dummy in server.writes] == ["/boxes", "/boxes/crate", "/boxes/crate/owners/ann"]


def test_answers_that_stay_lost_fail(box, make_server):
    server = make_server()
    server.write = no_answer
    with pytest.raises(AnswerLost):
        run(box, server)


@pytest.mark.parametrize(
    ("delete", "sentence"),
    [(refuse, "In use"), (no_answer, "Nobody knows"), (do_nothing, "did not apply")],
)
def test_a_failure_undoes_what_can_be_undone(box, server, delete, sentence):
    run(box, server, color="red")
    original = server.write

    def write(method, path, body, purpose):
        return delete(method, path) if method == "DELETE" else original(method, path, body, purpose)

    server.write = write
    with pytest.raises(QuayError, match=sentence):
        run(dataclasses.replace(box, remove=paint_and_delete, verify=True), server, state="absent")
    assert server.boxes["crate"]["color"] == "red"


def test_a_plan_that_always_wants_another_look_fails(box, server):
    def create(change):
        yield change.step("create", "POST", "/boxes", {"name": "crate", "color": "red", "origin": ""})

    def never_there(client, names, wish):
        return Observed(None)

    def forever(change):
        (step,) = create(change)
        yield dataclasses.replace(step, look=True)

    lost = dataclasses.replace(box, read=never_there, create=None, writes=(forever,))
    with pytest.raises(QuayError, match="Could not create box crate: Quay accepted the requests, but after 4 attempts"):
        run(lost, server)


def test_somebody_was_faster(box, server):
    """The same object, made by another task between look and write: as declared is well, and not our change."""
    original = server.write

    def late(method, path, body, purpose):
        server.write = original
        original(method, path, body, purpose)
        raise Refused("It exists already.", 400, "exists")

    server.write = late
    result, _warnings = run(box, server, color="red")
    assert (result["changed"], server.boxes["crate"]["color"]) == (False, "red")


def test_somebody_was_faster_with_another_value(box, server):
    original = server.write

    def late(method, path, body, purpose):
        server.write = original
        original(method, path, {**body, "color": "blue"}, purpose)
        raise Refused("It exists already.", 400, "exists")

    server.write = late
    result, _warnings = run(box, server, color="red")
    assert (result["changed"], server.boxes["crate"]["color"]) == (True, "red")


@pytest.mark.parametrize("refusal", [Refused("Not found.", 404, ""), Forbidden("No rights.", 403, "Unauthorized")])
def test_somebody_else_deleted_it(box, server, refusal):
    """What is gone is forbidden to those who administer it, as nobody administers what is not there."""
    run(box, server)
    original = server.write

    def late(method, path, body, purpose):
        original(method, path, body, purpose)
        raise refusal

    server.write = late
    assert run(box, server, state="absent")[0]["changed"] is False


def test_what_is_forbidden_and_still_there_stays_a_refusal(box, server):
    run(box, server)
    written = []

    def never(method, path, body, purpose):
        written.append(method)
        raise Forbidden("No rights.", 403, "Unauthorized")

    server.write = never
    with pytest.raises(Forbidden, match="No rights"):
        run(box, server, state="absent")
    assert written == ["DELETE"]


def test_after_a_step_whose_answer_lacks_an_id_the_engine_looks_again(box, server):
    def create(change):
        return [dataclasses.replace(step, look=True) for step in box.create(change)]

    seen = []

    def read(client, names, wish):
        seen.append(len(client.writes))
        return box.read(client, names, wish)

    class Looking(type(box.create)):
        def __call__(self, change):
            return create(change)

    made = Looking("POST", "/boxes", {"color": "color", "origin": "origin"}, names={"name": "name"})
    result, _dummy = run(dataclasses.replace(box, create=made, read=read), server, text="tea")
    assert result["changed"] is True
    assert (seen, [path for _dummy, path, _dummy in server.writes]) == ([0, 1], ["/boxes", "/boxes/crate"])
