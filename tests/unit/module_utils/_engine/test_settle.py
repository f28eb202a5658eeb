# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a lost, refused or doubtful answer means, by looking again."""

from __future__ import annotations

import dataclasses

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Step
from ansible_collections.dockhand.quay.plugins.module_utils._engine.settle import LOOKS, settle, undo
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    CredentialsRefused,
    FeatureOff,
    Forbidden,
    ParentMissing,
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


class Scripted:
    """Answers each write with the next of ``answers``; an error is raised."""

    def __init__(self, *answers):
        self.answers, self.sent = list(answers), []

    def write(self, method, path, body, purpose):
        self.sent.append((method, path))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


PUT, POST = Step("PUT", "/a", 1, "change a"), Step("POST", "/b", None, "create b")
GONE = Refused("There is none.", 404, "")


def test_steps_after_a_doubtful_one_are_sent_only_if_the_look_still_wants_them():
    client, done = Scripted(AnswerLost("lost"), "b"), []
    assert settle(client, [PUT, POST], lambda: [POST], answers := [], done) is False
    assert (client.sent, answers, done) == ([("PUT", "/a"), ("POST", "/b")], ["b"], [PUT, POST])


def test_what_is_refused_twice_stays_refused():
    client = Scripted(GONE, "b", GONE)
    with pytest.raises(Refused, match="There is none"):
        settle(client, [PUT], iter([[POST, PUT], [PUT]]).__next__, [], [])
    assert client.sent == [("PUT", "/a")]


def test_progress_of_others_is_no_reason_to_give_up():
    """Each look wants something else, as others are faster each time."""
    steps = [Step("PUT", f"/{number}", None, "change it") for number in range(3 * LOOKS)]
    client = Scripted(*[GONE] * (len(steps) - 1), "done")
    looks = iter([[step] for step in steps[1:]])
    assert settle(client, steps[:1], lambda: next(looks), [], []) is False
    assert len(client.sent) == len(steps)


@pytest.mark.parametrize(
    "error", [Refused("Wrong.", 422, ""), CredentialsRefused("Dead.", 403, ""), FeatureOff("Off.", 404, "")]
)
def test_a_clear_refusal_needs_no_look(error):
    with pytest.raises(type(error)):
        settle(Scripted(error), [PUT], lambda: pytest.fail("it looked"), [], [])


def test_what_quay_has_already_but_does_not_show_counts_as_done():
    hidden = dataclasses.replace(POST, there="already exists")
    client = Scripted(Refused("Could not create b.", 400, "It already exists"))
    assert settle(client, [hidden], lambda: [hidden], [], []) is True
    with pytest.raises(Refused):
        settle(Scripted(Refused("Could not create b.", 400, "Wrong name")), [hidden], lambda: [hidden], [], [])


def test_undos_are_sent_last_first_and_once_and_a_failure_is_told_with_its_cause():
    back, again = Step("PUT", "/back", 0, "put back"), Step("POST", "/again", None, "create again")
    done = [
        dataclasses.replace(PUT, undo=back),
        dataclasses.replace(POST, undo=again),
        dataclasses.replace(PUT, undo=back),
    ]
    client = Scripted("", "")
    undo(client, done, cause := QuayError("It failed.", {"changed": True}))
    assert client.sent == [("PUT", "/back"), ("POST", "/again")]
    with pytest.raises(QuayError, match=r"It failed\. And then: Also\.") as caught:
        undo(Scripted(QuayError("Also.")), done, cause)
    assert caught.value.result == {"changed": True}


def test_a_look_that_fails_after_a_refusal_says_less_than_the_refusal():
    def look():
        raise QuayError("Unreadable.")

    with pytest.raises(Refused, match="There is none"):
        settle(Scripted(GONE), [PUT], look, [], [])

    def orphaned():
        raise ParentMissing("The box is gone.")

    with pytest.raises(ParentMissing):
        settle(Scripted(GONE), [PUT], orphaned, [], [])
