# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer must have to be Quay's, on answers of the oldest and the newest release."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client import views
from ansible_collections.dockhand.quay.plugins.module_utils._client.check import wrong
from ansible_collections.dockhand.quay.plugins.module_utils._client.views import Named, listed

LOG = {"kind": "push_repo", "datetime": "Sun, 01 Nov 2026 00:00:00 -0000", "metadata": {}}


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        (views.OrganizationView, {"name": "a", "is_admin": False, "email": ""}),
        (views.OrganizationView, {"name": "a", "is_admin": True, "email": None, "teams": {}, "tag_expiration_s": None}),
        (views.RobotsView, {"robots": [{"name": "a+ci"}, {"name": "a+cd", "token": None, "description": None}]}),
        (views.PrototypesView, {"prototypes": []}),
        (views.LogsView, {"logs": [LOG, {**LOG, "performer": None, "namespace": None}], "end_time": "x"}),
        (views.LogsView, {"logs": [], "end_time": "x"}),
    ],
)
def test_what_any_release_sends_is_taken(view, answer):
    assert wrong(answer, view) == ""


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        (views.OrganizationView, {"name": "a"}),
        (views.OrganizationView, {"name": None, "is_admin": True}),
        (views.OrganizationView, {"name": "a", "is_admin": True, "teams": {"owners": {"name": "owners"}}}),
        (views.RobotsView, {"robots": {}}),
        (views.RobotsView, {"robots": [{"name": "a"}, {"description": "nameless"}]}),
        (
            views.PrototypesView,
            {"prototypes": [{"id": "1", "role": "read", "delegate": None, "activating_user": None}]},
        ),
        (views.LogsView, {"logs": [{**LOG, "metadata": None}], "end_time": "x"}),
        (views.RobotsView, []),
    ],
)
def test_what_lacks_what_is_read_here_is_told(view, answer):
    assert wrong(answer, view)


def test_the_view_of_a_list_is_made_once():
    """check.py keeps what it knows of a view by the view itself."""
    assert listed("things", Named) is listed("things", Named)
    assert listed("things", Named) is not listed("things", dict)
    assert wrong({"things": [{"name": "a"}]}, listed("things", Named)) == ""
    assert wrong({"things": [{}]}, listed("things", dict)) == ""
