# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import types

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.auth import Session, Token
from ansible_collections.dockhand.quay.plugins.module_utils._engine import action
from ansible_collections.dockhand.quay.plugins.module_utils._engine.settle import LOOKS
from ansible_collections.dockhand.quay.plugins.module_utils._errors import (
    AnswerLost,
    FeatureOff,
    Forbidden,
    ParentMissing,
    QuayError,
    Refused,
)
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build import build as build_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build import log as build_log
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build import module as build_run
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.rules import (
    archive_rule,
    commit_rule,
    puller_rule,
)

URL = "https://example.com/src.tar.gz"
SHA = "9fceb02d0ae598e95dc970b74767f19372d61af8"

OPTIONS = ("id", *build_run.OF_ARCHIVES, "trigger", "branch_name", "commit_sha")


def params(**given):
    blank = dict.fromkeys(OPTIONS)
    options = {"repository": "org/api", "state": "present", "wait_timeout": 60.0, "wait_interval": 1.0}
    source = {} if "trigger" in given else {"archive_url": URL}
    return {**blank, **options, **dict.fromkeys(("force", "wait", "logs"), False), **source, **given}


def build(number="1", phase="waiting", **stored):
    return {
        "id": number,
        "phase": phase,
        "started": "Tue, 24 Nov 2026 07:22:17 -0000",
        "display_name": "916b9d1",
        "dockerfile_path": "/Dockerfile",
        "context": "/",
        "tags": ["latest"],
        "manual_user": "quayadmin",
        "is_writer": True,
        "trigger": None,
        "trigger_metadata": {},
        "pull_robot": None,
        "error": None,
        "archive_url": URL,
        **stored,
    }


@pytest.mark.parametrize(
    ("given", "path", "context"),
    [
        ({}, "/Dockerfile", "/"),
        ({"subdirectory": "sub"}, "sub/Dockerfile", "sub"),
        ({"subdirectory": "/x/"}, "/x/Dockerfile", "/x"),
        ({"subdirectory": "/x/", "context": "/y"}, "/x/Dockerfile", "/y"),
        ({"context": "/c"}, "/c/Dockerfile", "/c"),
        ({"dockerfile_path": "docker/Dockerfile.prod"}, "docker/Dockerfile.prod", "docker"),
        ({"dockerfile_path": "Dockerfile"}, "Dockerfile", "/"),
        ({"dockerfile_path": "/d/Dockerfile", "context": "/"}, "/d/Dockerfile", "/"),
        ({"dockerfile_path": "", "subdirectory": "", "context": ""}, "/Dockerfile", "/"),
    ],
)
def test_request(given, path, context):
    assert build_of.request_of(params(**given)) == {
        "archive_url": URL,
        "dockerfile_path": path,
        "context": context,
        "docker_tags": ["latest"],
    }


# What Quay makes of tags (recordings, and quay util/names.py).
@pytest.mark.parametrize(
    ("tag", "clean"),
    [
        ("v1.0-rc_1", "v1.0-rc_1"),
        ("bad tag!", "bad_tag_"),
        (".x", "_x"),
        ("-x", "_x"),
        ("", "latest"),
        ("x" * 200, "x" * 127),
    ],
)
def test_tags(tag, clean):
    assert build_of.clean_tag(tag) == clean


def test_tags_that_become_one_are_sent_once():
    assert build_of.request_of(params(docker_tags=["a b", "a_b", " c"]))["docker_tags"] == ["a_b", "c"]


@pytest.mark.parametrize(
    ("stored", "given", "alike"),
    [
        ({}, {}, True),
        ({"dockerfile_path": "Dockerfile", "context": ""}, {}, True),
        ({"dockerfile_path": "/x/Dockerfile", "context": "/x/"}, {"subdirectory": "x"}, True),
        ({"dockerfile_path": "/x/Dockerfile", "context": "/"}, {"subdirectory": "x"}, False),
        ({"tags": ["b", "a_"]}, {"docker_tags": ["a!", "b"]}, True),
        ({"tags": ["a", "b"]}, {"docker_tags": ["a"]}, False),
        ({"archive_url": URL + "?2"}, {}, False),
        ({"archive_url": None}, {}, False),
        ({"pull_robot": {"name": "org+puller"}}, {"pull_robot": "org+puller"}, True),
        ({"pull_robot": {"name": "org+puller"}}, {}, False),
        ({}, {"pull_robot": "org+puller"}, False),
        ({}, {"pull_robot": ""}, True),
        ({"trigger": {"id": "t", "build_source": "s"}}, {}, False),
    ],
)
def test_same_archive(stored, given, alike):
    assert build_of.same(build(**stored), params(**given)) is alike


@pytest.mark.parametrize(
    ("given", "metadata", "alike"),
    [
        ({"trigger": "t", "commit_sha": SHA}, {"commit": SHA}, True),
        ({"trigger": "git", "commit_sha": SHA[:7].upper()}, {"commit": SHA}, True),
        ({"trigger": "t", "commit_sha": "1234567"}, {"commit": SHA}, False),
        ({"trigger": "other", "commit_sha": SHA}, {"commit": SHA}, False),
        ({"trigger": "t", "branch_name": "next"}, {"commit": SHA, "ref": "refs/heads/next"}, True),
        ({"trigger": "t", "branch_name": "next"}, {"commit": SHA, "ref": "refs/tags/next"}, False),
        ({"trigger": "t"}, {"commit": SHA, "ref": "refs/heads/main", "default_branch": "main"}, True),
        ({"trigger": "t"}, {"commit": SHA, "ref": "refs/heads/next", "default_branch": "main"}, False),
        ({"trigger": "t", "commit_sha": SHA}, None, False),
    ],
)
def test_same_commit(given, metadata, alike):
    stored = build(trigger={"id": "t", "build_source": "git"}, trigger_metadata=metadata, archive_url=None)
    assert build_of.same(stored, params(**given)) is alike


@pytest.mark.parametrize(
    ("phases", "attached"),
    [
        ([], None),
        (["waiting"], "0"),
        (["complete", "error"], "0"),
        (["error", "complete"], None),
        (["cancelled"], None),
        (["expired"], None),
        (["internalerror"], "0"),
        (["error", "building"], "1"),
    ],
)
def test_current(phases, attached):
    found = build_of.current([build(str(number), phase) for number, phase in enumerate(phases)])
    assert (found and found["id"]) == attached


def test_rules():
    assert not archive_rule(URL)
    assert all(archive_rule(bad) for bad in ("ftp://x/y", "x.tar.gz", "https:///x", "http://[bad", "https://x/é", ""))
    assert not puller_rule("org+puller")
    assert not puller_rule("")
    assert all(puller_rule(bad) for bad in ("puller", "+x", "a+b+c"))
    assert not commit_rule(SHA)
    assert all(commit_rule(bad) for bad in ("main", "12345", ""))


class Server:
    """One repository; ``phases`` is what each further look at a build shows."""

    def __init__(self, *builds, phases=(), lose=(), **view):
        self.builds, self.phases, self.lose = list(builds), list(phases), list(lose)
        self.view = {"state": "NORMAL", "can_write": True, "can_admin": True, **view}
        self.sent = []
        self.auth = Token("token")
        self.transport = types.SimpleNamespace(endpoint=types.SimpleNamespace(url="https://quay"))

    def config(self):
        return {"features": {"BUILD_SUPPORT": True}}

    def get(self, template, names, query=None, missing=(404,), view=None):
        if template.endswith("/build/"):
            return {"builds": self.builds}
        if template.endswith("/logs"):
            return {"logs": [{"message": f"line {number}\n"} for number in range(12)]}
        if template.endswith("{build_id}"):
            return {**self.builds[0], "phase": self.phases.pop(0)}
        return self.view

    def write(self, method, path, body, purpose):
        self.sent.append((method, path))
        outcome = self.lose.pop(0) if self.lose else ""
        if method == "DELETE":
            if outcome:
                raise AnswerLost("lost")
            raise Refused(f"Quay refused to {purpose}.", 400, "")
        if outcome == "full":
            raise Refused("429", 429, "Maximum queued build rate exceeded")
        if outcome != "before":
            self.builds.insert(0, build("new"))
        if outcome:
            raise AnswerLost("lost")
        return self.builds[0]


def run(server, check_mode=False, **given):
    context = types.SimpleNamespace(
        params=params(**given), client=server, check_mode=check_mode, diff=True, warn=pytest.fail
    )
    return build_run.converge(context)


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """The pauses between looks, which take no time."""
    now, taken = [0.0], []

    def sleep(seconds):
        taken.append(round(seconds, 2))
        now[0] += seconds

    monkeypatch.setattr(action, "time", types.SimpleNamespace(sleep=sleep, monotonic=lambda: now[0]))
    return taken


@pytest.mark.parametrize(("lose", "posts"), [(["before"], 2), (["after"], 1), (["before", "after"], 2)])
def test_a_lost_answer_starts_no_second_build(lose, posts):
    server = Server(build("old", "error"), lose=lose)
    assert run(server)["build"]["id"] == "new"
    assert len(server.sent) == posts
    assert [one["id"] for one in server.builds] == ["new", "old"]


def test_answers_that_stay_lost():
    server = Server(lose=["before"] * 9)
    with pytest.raises(AnswerLost):
        run(server)
    assert server.builds == []
    assert len(server.sent) == 2


def test_pauses_grow(pauses):
    server = Server(phases=["waiting"] * 4 + ["complete"])
    assert run(server, state="complete")["build"]["phase"] == "complete"
    assert pauses == [1, 1.5, 2.25, 3.38, 5.06]


def test_an_internal_error_may_pass():
    assert run(Server(phases=["internalerror", "waiting", "complete"]), wait=True)["build"]["phase"] == "complete"


def test_failure_tells_the_end_of_the_log():
    with pytest.raises(QuayError, match="ended in phase expired. Its log ends with:\nline 2\nline 3\n") as failure:
        run(Server(phases=["expired"]), state="complete")
    assert failure.value.result["changed"]
    assert failure.value.result["build"]["phase"] == "expired"


def test_patience_ends(pauses):
    with pytest.raises(QuayError, match=r"is in phase waiting after 4 seconds \(wait_timeout\) and continues"):
        run(Server(phases=["waiting"] * 9), wait=True, wait_timeout=4.0)
    assert pauses == [1, 1.5, 1.5]


@pytest.mark.parametrize("check_mode", [False, True])
@pytest.mark.parametrize(
    ("view", "told"),
    [
        ({"state": "MIRROR"}, "the repository is a mirror"),
        ({"state": "READ_ONLY"}, "the repository is read-only"),
        ({"can_write": False}, "this requires write access"),
    ],
)
def test_what_cannot_be_started(view, told, check_mode):
    server = Server(**view)
    with pytest.raises(QuayError, match=told):
        run(server, check_mode)
    assert not server.sent


def test_a_full_queue():
    with pytest.raises(Refused, match="namespace org has reached the server.s limit"):
        run(Server(lose=["full"]))


def test_no_write_without_the_list():
    server = Server()
    server.get = lambda *_arguments, **_options: {"name": "api/build"}
    with pytest.raises(FeatureOff, match="has no builds of repositories"):
        run(server)
    assert not server.sent


def test_a_reader_cannot_tell_what_to_cancel():
    with pytest.raises(Forbidden):
        run(Server(build(is_writer=False)), state="cancelled")


def test_a_build_that_ends_while_it_is_cancelled():
    assert run(Server(build(), phases=["complete"]), state="cancelled")["changed"]
    with pytest.raises(Refused):
        run(Server(build(), phases=["building"]), state="cancelled")


def test_a_lost_cancellation_is_sent_again():
    server = Server(build(), lose=["before", "after"], phases=["waiting", "cancelled"])
    assert run(server, state="cancelled")["changed"]
    assert len(server.sent) == 2
    server = Server(build(), lose=["before"] * 9, phases=["waiting"] * 9)
    with pytest.raises(AnswerLost):
        run(server, state="cancelled")
    assert len(server.sent) == LOOKS


def test_nowhere():
    server = Server()
    server.get = lambda *_arguments, **_options: None
    server.is_namespace = lambda name: name != "org"
    assert run(server, state="cancelled") == {"changed": False}
    with pytest.raises(ParentMissing, match=r"Organization org does not exist\."):
        run(server)


@pytest.mark.parametrize(("auth", "told"), [(Token("token"), ["does not show it to a token"]), (Session("me"), [])])
def test_archived_log(auth, told):
    server, heard, asked = Server(), [], []
    server.auth = auth
    server.get = lambda *_arguments, **_options: {"logs_url": "https://other.example.com/logarchive/7"}
    server.call = lambda method, path, purpose, view: asked.append(path) or {"logs": [{"message": "x"}]}
    log = build_log.read_log(server, {"repository": "org/api"}, "7", heard.append)
    assert len(heard) == len(told)
    assert all(part in sentence for part, sentence in zip(told, heard))
    assert log == (None if told else [{"message": "x"}])
    assert asked == ([] if told else ["/logarchive/7"])
