# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository import grants
from ansible_collections.dockhand.quay.plugins.module_utils._objects.repository.resource import REPOSITORY
from hypothesis import given
from hypothesis import strategies as st

BLANK = {"visibility": "private", "description": "", "repo_state": "NORMAL", "star": False}
GONE = "b8810db6-c79f-43c1-8577-be566be2aee2"


def grant(name, role="read", kind="user"):
    return {"name": name, "type": kind, "role": role}


NAMES = {"name": "org/api", "namespace": "org", "repository": "api"}


def planned(present, perms, append=True, new=False, **facts):
    """The plan from the grants that there are (or that a new repository gets) to ``perms``."""
    wish = Wish({"perms": sorted(perms, key=grants.identity)}, append=append)
    managed = grants.managed(present, "org", wish)
    observed = Observed(None, facts, {"perms": managed}) if new else Observed({**BLANK, "perms": managed}, facts)
    return plan(REPOSITORY, NAMES, observed, REPOSITORY.adapt(None, {**NAMES, **facts}, observed, wish))


def sent(the_plan):
    return [(step.method, step.path.rsplit("/permissions", 1)[-1]) for step in the_plan.steps]


@pytest.mark.parametrize(
    ("prototypes", "expected"),
    [
        pytest.param([], {"ann": "admin"}, id="the caller alone"),
        pytest.param([("bob", "read", None)], {"ann": "admin", "bob": "read"}, id="one for all"),
        pytest.param([("bob", "read", "ann")], {"ann": "admin", "bob": "read"}, id="one for the caller"),
        pytest.param([("bob", "read", "cid")], {"ann": "admin"}, id="one for somebody else"),
        pytest.param([("ann", "read", None)], {"ann": "admin"}, id="the caller is skipped"),
        pytest.param(
            [("bob", "read", None), ("bob", "write", None)], {"ann": "admin", "bob": "read"}, id="the first for all"
        ),
        pytest.param(
            [("bob", "read", "ann"), ("bob", "write", "ann")], {"ann": "admin", "bob": "write"}, id="the last for one"
        ),
        pytest.param(
            [("bob", "read", None), ("bob", "write", "ann"), ("bob", "admin", None)],
            {"ann": "admin", "bob": "write"},
            id="one for all gives way",
        ),
    ],
)
def test_what_quay_grants_on_a_new_repository(prototypes, expected):
    listed = [
        {"delegate": {"name": name, "kind": "user"}, "role": role, "activating_user": user and {"name": user}}
        for name, role, user in prototypes
    ]
    assert {item["name"]: item["role"] for item in grants.born("ann", listed)} == expected


def test_an_unknown_caller_is_not_foreseen():
    listed = [{"delegate": {"name": "devs", "kind": "team"}, "role": "write", "activating_user": None}]
    assert grants.born(None, listed) == [grant("devs", "write", "team")]


@pytest.mark.parametrize(
    ("perms", "broken"),
    [
        ([], ""),
        ([grant("ann"), grant("org+ci"), grant("ann", kind="team")], ""),
        ([grant("ann"), grant("ann", "write")], "user 'ann' is listed twice"),
        ([grant("Ann"), grant("Old Team", kind="team")], ""),
        ([grant("a/b")], "user 'a/b': "),
        ([grant("..", kind="team")], "team '..': "),
    ],
)
def test_rule(perms, broken):
    assert grants.rule(perms).startswith(broken) and bool(grants.rule(perms)) is bool(broken)


@pytest.mark.parametrize(
    ("perms", "append", "kinds"),
    [
        (None, True, ()),
        (None, False, ()),
        ([], True, ()),
        ([], False, ("team", "user")),
        ([grant("ann")], True, ("user",)),
        ([grant("ann"), grant("devs", kind="team")], True, ("team", "user")),
    ],
)
def test_only_the_types_that_matter_are_read(perms, append, kinds):
    fields = {} if perms is None else {"perms": perms}
    assert grants.kinds_of(Wish(fields, append=append)) == kinds
    assert grants.kinds_of(Wish(fields, "absent", append)) == ()


def test_the_owner_and_deleted_users_are_no_drift():
    present = [grant("org", "admin"), grant(GONE, "write")]
    assert sent(planned(present, [], append=False)) == []
    assert sent(planned(present, [grant("org", "admin")], append=False)) == []


def test_a_declared_name_like_that_of_a_deleted_user_counts():
    assert sent(planned([grant(GONE, "write")], [grant(GONE, "write")], append=False)) == []
    assert sent(planned([grant(GONE, "write")], [grant(GONE)])) == [("PUT", f"/user/{GONE}")]


def test_a_new_repository_gets_only_what_quay_does_not_give():
    born = [grant("ann", "admin"), grant("devs", "write", "team"), grant("bob")]
    perms = [grant("devs", "write", "team"), grant("cid")]
    assert sent(planned(born, perms, new=True))[1:] == [("PUT", "/user/cid")]
    exclusive = planned(born, perms, append=False, new=True, caller="ann", kept="")
    assert sent(exclusive)[1:] == [("PUT", "/user/cid"), ("DELETE", "/user/bob"), ("DELETE", "/user/ann")]
    assert exclusive.outcome["perms"] == perms


def test_the_caller_is_kept_where_he_would_be_locked_out():
    kept = planned([grant("ann", "admin"), grant("bob")], [], append=False, caller="ann", kept="ann")
    assert sent(kept) == [("DELETE", "/user/bob")]
    assert kept.outcome["perms"] == [grant("ann", "admin")]
    assert "ann" in kept.warnings[0]


def test_the_robot_of_a_mirror_is_kept_without_a_word():
    kept = planned([grant("org+sync", "write"), grant("org+ci")], [], append=False, mirror_robot="org+sync")
    assert sent(kept) == [("DELETE", "/user/org%2Bci")]
    assert not kept.warnings


def test_what_may_lock_out_comes_last():
    present = [grant("ann", "admin"), grant("bob", "admin"), grant("cid"), grant("devs", "admin", "team")]
    exclusive = planned(present, [grant("zoe", "admin"), grant("ann")], append=False, caller="ann", kept="")
    paths = [path for _method, path in sent(exclusive)]
    assert paths == ["/user/zoe", "/user/cid", "/team/devs", "/user/bob", "/user/ann"]


def test_a_refused_creation_tells_that_the_account_has_no_rights():
    doubtful = plan(REPOSITORY, NAMES, Observed(None, {"doubt": True}), Wish({}))
    assert doubtful.steps[0].purpose.startswith("create repository org/api, which the account has no rights to see")
    assert plan(REPOSITORY, NAMES, Observed(None, {"doubt": False}), Wish({})).steps[0].purpose.endswith("org/api")


def test_the_state_is_written_only_where_the_feature_is_on():
    steps = plan(REPOSITORY, NAMES, Observed(BLANK), Wish({"repo_state": "READ_ONLY", "star": True})).steps
    assert [(step.path, step.needs) for step in steps] == [
        ("/repository/org/api/changestate", "repository_state"),
        ("/user/starred", ""),
    ]


several = st.lists(
    st.builds(grant, st.sampled_from(["ann", "bob", "cid"]), st.sampled_from(["read", "write"]), st.just("user")),
    unique_by=lambda item: item["name"],
)


@given(several, several, st.booleans(), st.booleans())
def test_what_a_plan_leaves_needs_no_other(present, perms, append, new):
    after = planned(present, perms, append, new).outcome["perms"]
    assert sent(planned(after, perms, append)) == []
