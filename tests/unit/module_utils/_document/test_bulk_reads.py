# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client that asks each thing once, and not at all where a list has told it."""

from __future__ import annotations

import threading

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Token
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._client.workers import Workers
from ansible_collections.dockhand.quay.plugins.module_utils._document.bulk_reads import (
    Missing,
    SharedReads,
    gather,
    reading,
    together,
)
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    CredentialsRefused,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)


class Scripted(QuayClient):
    """Answers from a dict, and counts; an error in it is raised."""

    def __init__(self, answers):
        super().__init__(Transport(Endpoint("http://127.0.0.1:9")), Token("t"))
        self.answers, self.asked, self._lock = answers, [], threading.Lock()

    def twin(self, _transport):
        return self

    def call(self, _method, path, _purpose, _body=None, query=None, missing=(), patience=1.0, view=None):
        with self._lock:
            self.asked.append(path)
        answer = self.answers.get(path.replace("/api/v1", ""))
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def world():
    lead = Scripted({"/a": {"a": 1}, "/b": {"b": 2}, "/refused": Forbidden("no", 403, "no")})
    workers = Workers(lead, 4)
    yield lead, workers, SharedReads(lead, workers)
    workers.close()


def test_each_thing_is_asked_once_by_all_threads(world):
    lead, workers, reads = world
    assert workers.each(lambda _number: reads.get("/a", {}), range(50)) == [{"a": 1}] * 50
    assert lead.asked == ["/api/v1/a"]


def test_known_answers_are_not_asked(world):
    lead, _workers, reads = world
    reads.learn({"/a": {"a": 0}, "/none": Missing(), "/robot": Missing("Could not find robot", 400)})
    assert reads.get("/a", {}) == {"a": 0}
    assert reads.get("/none", {}) is None
    with pytest.raises(Refused, match="Could not find robot"):
        reads.get("/robot", {}, missing=())
    assert lead.asked == []


def test_nothing_is_asked_below_what_is_still_to_be_made(world):
    lead, _workers, reads = world
    reads.is_new("/organization/new")
    assert reads.get("/organization/new/proxycache", {}) is None
    with pytest.raises(ParentMissing):
        reads.get("/organization/new/robots", {}, missing=())
    assert lead.asked == []
    reads.get("/organization/newer/proxycache", {})
    assert lead.asked == ["/api/v1/organization/newer/proxycache"]


class Entry:
    pass


def asks(*paths):
    answers = {}
    for path in paths:
        (answer,) = yield [reading(path, {})]
        answers[path] = answer
    return answers


def test_waves_of_all_run_side_by_side_and_a_failure_is_its_own(world):
    lead, workers, reads = world
    good, bad = Entry(), Entry()
    failed = gather(workers, reads, [([good], asks("/a", "/b")), ([bad], asks("/refused", "/b"))])
    assert [(item, str(error)) for item, error in failed] == [(bad, "no")]
    assert sorted(lead.asked[:2]) == ["/api/v1/a", "/api/v1/refused"] and lead.asked[2:] == ["/api/v1/b"]
    assert reads.get("/b", {}) == {"b": 2} and len(lead.asked) == 3


def test_dead_credentials_are_no_matter_of_one_entry(world):
    lead, workers, reads = world
    lead.answers["/a"] = CredentialsRefused("dead", 401, "")
    with pytest.raises(CredentialsRefused):
        gather(workers, reads, [([Entry()], asks("/a"))])


def test_a_session_that_ended_on_the_way_spoils_all(world):
    lead, workers, reads = world

    def ends():
        lead.auth.renewed = True
        yield [reading("/a", {})]
        return {}

    lead.auth.renewed = False
    with pytest.raises(QuayError, match="The session ended while lists were read"):
        gather(workers, reads, [([Entry()], ends())])


@pytest.mark.parametrize(("method", "body"), [("DELETE", None), ("PUT", {}), ("POST", {"a": 1}), ("GET", {"a": 1})])
def test_nothing_is_written_through_shared_reads(world, method, body):
    lead, _workers, reads = world
    with pytest.raises(RuntimeError, match=f"not {method} /api/v1/a"):
        reads.call(method, "/api/v1/a", "write", body)
    assert lead.asked == []


def test_a_name_that_goes_is_missing_in_what_is_known_and_what_is_read_later(world):
    lead, _workers, reads = world
    lead.answers.update({"/c": {"c": 1, "x": 2}, "/d": {"d": 1, "x": 2}, "/none": None})
    known = {"k": 1, "x": 2}
    reads.learn({"/k": known, "/gone": Missing()})
    assert reads.get("/c", {}) == {"c": 1, "x": 2}
    paths = []

    def without(path, answer):
        paths.append(path)
        return {key: value for key, value in answer.items() if key != "x"}

    reads.is_gone(without)
    assert [reads.get(path, {}) for path in ("/k", "/c", "/d", "/none")] == [{"k": 1}, {"c": 1}, {"d": 1}, None]
    assert paths == ["/k", "/c", "/d"] and known == {"k": 1, "x": 2}
    # What is predicted after it stands.
    reads.learn({"/k": {"x": 3}})
    assert reads.get("/k", {}) == {"x": 3}


def test_generators_run_together_in_common_waves():
    def asks_for(*waves):
        told = []
        for wave in waves:
            told += yield list(wave)
        return told

    both = together(asks_for("ab", "c"), asks_for("", "d", "e"), asks_for())
    waves, wave = [], next(both)
    with pytest.raises(StopIteration) as end:
        while True:
            waves.append("".join(wave))
            wave = both.send([one.upper() for one in wave])
    assert waves == ["ab", "cd", "e"]
    assert end.value.value == [["A", "B", "C"], ["D", "E"], []]
