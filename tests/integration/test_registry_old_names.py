# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names from before Quay's rules for names: what has one is managed as anything else, and no new object gets one."""

from __future__ import annotations

import re
import sys
import threading

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import manage
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadName, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.organization.resource import ORGANIZATION
from ansible_collections.dockhand.quay.plugins.module_utils._objects.robot.resource import ROBOT
from ansible_collections.dockhand.quay.plugins.module_utils._objects.team.resource import TEAM
from werkzeug.serving import make_server

from tests.integration.emulator import SOURCE, TOKEN
from tests.integration.registries import Emulator, apply, document, export, failure, written
from tests.integration.server import API, Quay
from tests.registries.properties import run

ANYTHING = re.compile(".+", re.DOTALL)


@pytest.fixture
def old(monkeypatch):
    """An emulator of which the rules for names were not asked until now, and the connection to it."""
    monkeypatch.syspath_prepend(str(SOURCE))
    from quay_emulator.api.repository import repositories
    from quay_emulator.data import store
    from quay_emulator.server import Emulator as Application

    with monkeypatch.context() as before:
        before.setattr(store, "NAME", ANYTHING)
        before.setattr(repositories, "NAME", ANYTHING)
        server = make_server("127.0.0.1", 0, Application(), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        emulator = Emulator(f"http://127.0.0.1:{server.server_port}")
        emulator.switch("POST", "user", {"username": "Bob_"})
        emulator.switch("POST", "user", {"username": "alice"})
        quay = Quay(emulator.url, {"quay_token": TOKEN})
        for name in ("legacy", "Old Org"):
            quay.ask("POST", f"{API}/organization/", {"name": name})
            quay.ask("PUT", f"{API}/organization/{name}/team/Engineering%20Team", {"role": "member"})
            quay.ask("PUT", f"{API}/organization/{name}/robots/CI", {})
            body = {"namespace": name, "repository": "MyApp", "visibility": "private", "description": ""}
            quay.ask("POST", f"{API}/repository", body)
    emulator.switch("DELETE", "requests")
    yield emulator, {"quay_host": emulator.url, "quay_token": TOKEN}
    server.shutdown()
    thread.join()
    server.server_close()
    for name in [name for name in sys.modules if name.partition(".")[0] == "quay_emulator"]:
        monkeypatch.delitem(sys.modules, name)


def test_an_untouched_export_is_taken(old):
    emulator, connection = old
    warned = []
    exported = export(connection, "legacy", "Old Org", warn=warned.append)
    assert [one["name"] for one in exported["organizations"]] == ["Old Org", "legacy"]
    assert [team["name"] for team in exported["organizations"][1]["teams"]] == ["Engineering Team", "owners"]
    assert warned == []
    assert apply(connection, exported)["plan"] == []
    assert written(emulator) == []


def test_what_has_an_old_name_is_granted_emptied_disabled_and_deleted(old):
    _emulator, connection = old
    granted = {
        "name": "legacy",
        "teams": [{"name": "Engineering Team", "members": ["Bob_", "legacy+CI"]}],
        "repositories": [{"name": "MyApp", "perms": [{"name": "Engineering Team", "type": "team", "role": "write"}]}],
        "default_perms": [{"name": "Bob_", "role": "read"}],
    }
    declared = {"organizations": [granted], "users": [{"username": "Bob_", "enabled": False}]}
    assert apply(connection, declared)["summary"]["failed"] == 0
    assert apply(connection, declared)["plan"] == []
    empty = document(legacy={"teams": [{"name": "Engineering Team", "members": []}], "repositories": []})
    assert apply(connection, empty, exclusive=["members", "repositories"])["summary"]["delete"] == 1
    gone = {**document(**{"Old Org": {"state": "absent"}}), "users": [{"username": "Bob_", "state": "absent"}]}
    assert apply(connection, gone, allow_data_loss=True)["summary"]["delete"] == 2
    assert apply(connection, gone)["plan"] == []


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ({"teams": [{"name": "Other Team"}]}, "organizations[legacy].teams[Other Team]: Could not create the team: "),
        ({"robots": [{"name": "Bot"}]}, "organizations[legacy].robots[Bot]: Could not create the robot: "),
        ({"repositories": [{"name": "Other"}]}, "organizations[legacy].repositories[Other]: Could not create the "),
    ],
)
@pytest.mark.parametrize("check", [False, True])
def test_no_new_object_gets_such_a_name(old, declared, sentence, check):
    emulator, connection = old
    told = failure(connection, document(legacy={"email": "new@example.com", **declared}), check=check)
    assert sentence in str(told)
    assert written(emulator) == []


def test_tasks_are_held_to_the_same_rules(old):
    emulator, connection = old
    organization, team = manage(ORGANIZATION), manage(TEAM)
    with pytest.raises(BadName, match=r"^Could not rename the organization: invalid new_name 'New Org': use "):
        run(organization, connection, name="Old Org", new_name="New Org")
    with pytest.raises(BadName, match=r"^Could not create the organization: invalid name 'No Org': use "):
        run(organization, connection, name="No Org")
    with pytest.raises(BadName, match=r"^Could not create the team: invalid name 'Other Team': use "):
        run(team, connection, check=True, organization="Old Org", name="Other Team")
    assert written(emulator) == []
    assert run(team, connection, organization="Old Org", name="Engineering Team", members=["Bob_"])["changed"]
    assert run(team, connection, organization="Old Org", name="Other Team", state="absent")["changed"] is False
    assert run(organization, connection, name="Old Org", new_name="new-org")["changed"]
    assert run(organization, connection, name="Old Org", new_name="new-org")["changed"] is False
    # Under its new name at once, so the old one need not be good.
    assert run(organization, connection, name="No Org", new_name="some-org")["organization"]["name"] == "some-org"


def test_a_robot_with_an_old_name_is_not_lost_when_it_cannot_be_made_again(old):
    emulator, connection = old
    with pytest.raises(BadName, match=r"^Could not create the robot: invalid name 'legacy\+CI': use "):
        run(manage(ROBOT, {"recreate": {"type": "bool"}}), connection, name="legacy+CI", description="x", recreate=True)
    assert written(emulator) == []


@pytest.mark.parametrize("name", ["../../out", "..", "a/b", "/etc"])
def test_no_name_of_the_server_leads_out_of_the_folder(old, tmp_path, name):
    _emulator, connection = old
    with pytest.raises(QuayError, match=r"^Nothing was exported because this could not be read:\norganization "):
        export(connection, name, dest=str(tmp_path / "registry"), split=True)
    assert list(tmp_path.iterdir()) == []
