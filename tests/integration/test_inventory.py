# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory plugin on the emulator: what ansible-inventory tells, what it costs, and slices of a registry."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import requests
import yaml
from ansible_collections.dockhand.quay.plugins.inventory import quay
from ansible_collections.dockhand.quay.plugins.module_utils._auth import Session, Token
from ansible_collections.dockhand.quay.plugins.module_utils._client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, Forbidden
from ansible_collections.dockhand.quay.plugins.module_utils._http import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.plugin_utils import _listing
from ansible_collections.dockhand.quay.plugins.plugin_utils._listing import Listing, Selection

from tests.integration.emulator import ADMIN, TOKEN, Emulator, running
from tests.integration.play import Server, environment

PASSWORD = "password"
SLICES = 4
EVIL = "{{ lookup('ansible.builtin.pipe', 'touch evil') }}"
PLAYBOOK = """\
- hosts: quay_organizations
  gather_facts: false
  module_defaults:
    group/dockhand.quay.quay: {quay_host: "{{ quay_host }}"}
  tasks:
    - dockhand.quay.quay_team: {organization: "{{ quay_organization }}", name: auditors, role: member}
    - dockhand.quay.quay_repository: {name: "{{ quay_organization }}/base", visibility: private}
"""


class Api:
    """Calls of the emulator as one account."""

    def __init__(self, emulator: Emulator, token: str = TOKEN) -> None:
        self._url = f"{emulator.url}/api/v1"
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {token}"

    def call(self, method: str, path: str, **body: t.Any) -> t.Any:
        answer = self._http.request(method, self._url + path, json=body or None, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def organizations(self, *names: str) -> None:
        for name in names:
            self.call("POST", "/organization/", name=name)

    def repository(self, name: str, visibility: str = "private", description: str = "") -> None:
        namespace, _slash, short = name.partition("/")
        more = {"visibility": visibility, "description": description}
        self.call("POST", "/repository", namespace=namespace, repository=short, **more)


@dataclasses.dataclass
class Place:
    """A folder with inventories, and an emulator to read."""

    emulator: Emulator
    folder: Path

    def write(self, name: str, **options: t.Any) -> Path:
        file = self.folder / name
        file.write_text(json.dumps({"plugin": "dockhand.quay.quay", **options}), encoding="utf-8")
        return file

    def command(self, program: str, *words: str, **more: str) -> subprocess.Popen[str]:
        # Without its emulator the callback of the stories leaves the list of requests alone.
        settings = environment(Server(self.emulator.url, {}, ADMIN, (), {}), self.folder)
        mine = {"QUAY_HOST": self.emulator.url, "QUAY_TOKEN": TOKEN, "ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", "ansible", program, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env={**settings, **mine, **more},
        )

    def told(self, *words: str, **more: str) -> dict[str, t.Any]:
        """What ansible-inventory --list tells, without a warning."""
        process = self.command("inventory", "--list", *words, **more)
        output, complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
        return t.cast("dict[str, t.Any]", json.loads(output))

    def refused(self, *words: str, **more: str) -> str:
        """The complaints of one that fails, on one line."""
        process = self.command("inventory", "--list", *words, **more)
        _output, complaints = process.communicate()
        assert process.returncode
        return " ".join(complaints.split())

    def sent(self) -> list[str]:
        """The requests since the last look."""
        log = self.emulator.switch("GET", "requests")
        self.emulator.switch("DELETE", "requests")
        return [f"{one['method']} {one['path']} {one.get('query') or ''}".strip() for one in log]

    def written(self) -> list[str]:
        """Those that write, sorted."""
        return sorted(one for one in self.sent() if not one.startswith("GET"))


@pytest.fixture
def place(emulator, tmp_path) -> Place:
    """Two organizations with repositories, and what was deleted and is not collected yet."""
    emulator.fresh({}, ("alice",))
    api = Api(emulator)
    api.organizations("lab", "payments", "gone")
    for name, visibility in (("lab/web", "public"), ("lab/api", "private"), ("payments/a/b", "private")):
        api.repository(name, visibility, EVIL if name == "lab/api" else "plain")
    api.repository("gone/api")
    api.repository("lab/old")
    api.call("PUT", "/repository/payments/a/b/changestate", state="READ_ONLY")
    api.call("DELETE", "/repository/lab/old")
    api.call("DELETE", "/organization/gone")
    api.repository(f"{ADMIN}/own")
    emulator.switch("DELETE", "requests")
    return Place(emulator, tmp_path)


def token_of(emulator: Emulator, scopes: str) -> str:
    return t.cast(str, emulator.switch("POST", "token", {"username": "alice", "scopes": scopes})["token"])


def test_organizations(place):
    told = place.told("-i", str(place.write("quay.yml")))
    hosts = told["_meta"]["hostvars"]
    assert list(hosts) == told["quay_organizations"]["hosts"] == ["lab", "payments"]
    assert hosts["lab"] == {
        "ansible_connection": "local",
        "ansible_python_interpreter": "{{ ansible_playbook_python }}",
        "quay_email": "",
        "quay_host": place.emulator.url,
        "quay_is_admin": None,
        "quay_organization": "lab",
        "quay_quota_bytes": None,
        "quay_used_bytes": 0,
    }
    assert place.sent() == ["GET /api/v1/superuser/organizations/ limit=100"]


@pytest.mark.parametrize("example", list(yaml.safe_load_all(quay.EXAMPLES)), ids=lambda example: str(len(example)))
def test_examples(place, example):
    """The emulator stands for the server that an example names."""
    example.pop("quay_host", None)
    folders = {"HOME": str(place.folder), "PAYMENTS_TOKEN": TOKEN}
    told = place.told("-i", str(place.write("quay.yml", **example)), **folders)
    assert any(name.startswith("payments") for name in told["_meta"]["hostvars"])


def test_repositories(place):
    told = place.told("-i", str(place.write("all.quay.yaml", kind="repositories")))
    assert list(told["_meta"]["hostvars"]) == ["lab/api", "lab/web", "payments/a/b"]
    assert {group: entry["hosts"] for group, entry in told.items() if "hosts" in entry} == {
        "quay_repositories": ["lab/api", "lab/web", "payments/a/b"],
        "quay_private": ["lab/api", "payments/a/b"],
        "quay_public": ["lab/web"],
        "quay_state_normal": ["lab/api", "lab/web"],
        "quay_state_read_only": ["payments/a/b"],
        "quay_organization_lab": ["lab/api", "lab/web"],
        "quay_organization_payments": ["payments/a/b"],
    }
    assert place.sent() == [
        "GET /api/v1/superuser/organizations/ limit=100",
        "GET /config",
        "GET /api/v1/repository public=true&last_modified=true",
        "GET /api/v1/superuser/organizations/ limit=1",
    ]


def test_repositories_of_some_organizations(place):
    told = place.told("-i", str(place.write("quay.yml", kind="repositories", include=["pay*", "lab/w*"])))
    assert list(told["_meta"]["hostvars"]) == ["lab/web", "payments/a/b"]
    assert sorted(place.sent()) == [
        "GET /api/v1/repository namespace=lab&last_modified=true",
        "GET /api/v1/repository namespace=payments&last_modified=true",
        "GET /api/v1/superuser/organizations/ limit=1",
        "GET /api/v1/superuser/organizations/ limit=100",
        "GET /config",
    ]


def test_of_a_member_and_administrator(place):
    api = Api(place.emulator)
    api.call("PUT", "/organization/lab/team/owners/members/alice")
    file = str(place.write("quay.yml", scope="user"))
    token = token_of(place.emulator, "user:read org:admin")
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab"]
    file = str(place.write("quay.yml", scope="user", kind="repositories"))
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab/api", "lab/web"]
    api.call("PUT", "/organization/payments/team/readers", role="member")
    api.call("PUT", "/organization/payments/team/readers/members/alice")
    sentence = "No rights to list all repositories of organization payments: the account does not administer it"
    assert sentence in place.refused("-i", file, QUAY_TOKEN=token)
    file = str(place.write("quay.yml", scope="user", kind="repositories", exclude=["payments"]))
    assert list(place.told("-i", file, QUAY_TOKEN=token)["_meta"]["hostvars"]) == ["lab/api", "lab/web"]


@pytest.mark.parametrize("kind", ["organizations", "repositories"])
@pytest.mark.parametrize("scope", ["superuser", "user"])
def test_dead_credentials_are_no_empty_registry(place, kind, scope):
    told = place.refused("-i", str(place.write("quay.yml", kind=kind, scope=scope)), QUAY_TOKEN="dead")
    assert "The token (quay_token) is invalid or expired" in told


def test_a_wrong_password_is_told(place):
    wrong = {"QUAY_TOKEN": "", "QUAY_USERNAME": ADMIN, "QUAY_PASSWORD": "wrong-one"}
    assert f"Quay refused to sign in {ADMIN}" in place.refused("-i", str(place.write("quay.yml")), **wrong)


def test_lesser_rights_are_no_empty_registry(place):
    told = place.refused("-i", str(place.write("quay.yml")), QUAY_TOKEN=token_of(place.emulator, "org:admin user:read"))
    assert "No rights to list all organizations: the account is no superuser" in told


def test_superusers_without_full_access(place):
    place.emulator.switch("POST", "settings", {"FEATURE_SUPERUSERS_FULL_ACCESS": False})
    Api(place.emulator, token_of(place.emulator, "user:admin")).organizations("others")
    told = place.refused("-i", str(place.write("quay.yml", kind="repositories")))
    assert "No rights to list all repositories of organization others" in told
    file = str(place.write("quay.yml", kind="repositories", exclude=["others"]))
    assert list(place.told("-i", file)["_meta"]["hostvars"]) == ["lab/api", "lab/web", "payments/a/b"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"includes": ["lab"]}, "includes is no option of the inventory plugin dockhand.quay.quay."),
        ({"include": ["lap"]}, "include: there is no organization lap among those that Quay lists for this account."),
        ({"include": ["lab/api"]}, "include: 'lab/api' is refused: it names a repository"),
        ({"workers": 0}, "workers: 0 is refused: it must be 1 to 32."),
        ({"quay_host": "ftp://quay"}, "quay_host: 'ftp://quay' is refused"),
        ({"strict": True, "compose": {"a": "nowhere"}}, "Could not set a for host lab"),
    ],
)
def test_mistakes(place, options, sentence):
    assert sentence in place.refused("-i", str(place.write("quay.yml", **options)))


def test_constructed(place):
    file = place.write(
        "quay.yml",
        quay_token="{{ secret }}",
        kind="repositories",
        compose={"short": "quay_repository.split('/')[1:] | join('/')"},
        groups={"web": "short == 'web'"},
        keyed_groups=[{"key": "quay_visibility", "prefix": "seen"}, {"key": "short[0]", "prefix": "letter"}],
        strict=True,
    )
    told = place.told("-i", str(file), "-e", json.dumps({"secret": TOKEN}), QUAY_TOKEN="")
    # Since 2.19 the results of expressions are marked.
    assert told["_meta"]["hostvars"]["payments/a/b"]["short"] in ("a/b", {"__ansible_unsafe": "a/b"})
    assert told["web"]["hosts"] == ["lab/web"]
    assert told["seen_private"]["hosts"] == told["letter_a"]["hosts"] == ["lab/api", "payments/a/b"]


def test_texts_of_others_are_no_templates(place):
    place.write("quay.yml", kind="repositories", groups={"evil": "'touch' in quay_description"}, strict=True)
    process = place.command(
        "adhoc", "-i", "quay.yml", "evil", "-m", "ansible.builtin.debug", "-a", "var=quay_description"
    )
    assert EVIL in process.communicate()[0]
    assert not (place.folder / "evil").exists()


def test_cache(place):
    cache = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(place.folder / "kept")}
    file = str(place.write("quay.yml", kind="repositories", **cache))
    first = place.told("-i", file)
    assert len(place.sent()) == 4
    assert place.told("-i", file) == first
    assert place.sent() == []
    (place.folder / "play.yml").write_text(PLAYBOOK, encoding="utf-8")
    place.command("playbook", "-i", file, "play.yml", "--list-hosts", "--flush-cache").communicate()
    assert len(place.sent()) == 4
    assert "is invalid or expired" in place.refused("-i", file, QUAY_TOKEN="dead")
    place.sent()
    place.told("-i", str(place.write("quay.yml", kind="repositories", include=["lab"], **cache)))
    assert len(place.sent()) == 4
    kept = "".join(one.name + one.read_text() for one in (place.folder / "kept").iterdir())
    assert TOKEN not in kept


def test_registries_that_share_a_name(place, tmp_path_factory):
    with running(tmp_path_factory.mktemp("other-")) as other:
        Api(other).organizations("lab")
        mine, theirs = str(place.write("a.quay.yml")), str(place.write("b.quay.yml", quay_host=other.url))
        sentence = f"Host lab of {other.url} is a host of {place.emulator.url} already"
        assert sentence in place.refused("-i", mine, "-i", theirs)
        place.write("b.quay.yml", quay_host=other.url, host_prefix="staging-")
        hosts = place.told("-i", mine, "-i", theirs)["_meta"]["hostvars"]
    assert {name: one["quay_host"] for name, one in hosts.items()} == {
        "lab": place.emulator.url,
        "payments": place.emulator.url,
        "staging-lab": other.url,
    }


def test_organizations_that_share_a_group(place):
    api = Api(place.emulator)
    api.organizations("a-b", "a.b")
    api.repository("a-b/api")
    api.repository("a.b/api")
    process = place.command("inventory", "--list", "-i", str(place.write("quay.yml", kind="repositories")))
    output, complaints = process.communicate()
    assert "There is no group quay_organization_a_b: it would mix the organizations a-b, a.b." in " ".join(
        complaints.split()
    )
    assert "quay_organization_a_b" not in json.loads(output)


def listing(emulator: Emulator, auth: t.Any) -> Listing:
    client = QuayClient(Transport(Endpoint(emulator.url)), auth)
    return Listing(client, "superuser", Selection(("*",), ()), 4)


def before_the_pages(monkeypatch, happens: t.Callable[[], t.Any]) -> None:
    """Let something happen once, after the organizations and before their repositories are read."""
    pages, todo = _listing._pages, [happens]

    def after_that(client, which):
        if todo:
            todo.pop()()
        return pages(client, which)

    monkeypatch.setattr(_listing, "_pages", after_that)


def test_a_token_that_dies_on_the_way(place, monkeypatch):
    auth = Token(TOKEN)
    before_the_pages(monkeypatch, lambda: setattr(auth, "_token", "dead"))
    with pytest.raises(CredentialsRefused, match="is invalid or expired"):
        listing(place.emulator, auth).repositories()


def test_a_session_that_ends_on_the_way_is_no_shorter_list(place, monkeypatch):
    auth = Session(ADMIN, PASSWORD)
    before_the_pages(monkeypatch, lambda: auth._cookies.update(dict.fromkeys(auth._cookies, "ended")))
    assert list(listing(place.emulator, auth).repositories()) == ["lab/api", "lab/web", "payments/a/b"]
    assert auth.renewed
    assert sum("/api/v1/repository" in one for one in place.sent()) == 2


def test_rights_lost_on_the_way(place, monkeypatch):
    taken = {"SUPER_USERS": []}
    before_the_pages(monkeypatch, lambda: place.emulator.switch("POST", "settings", taken))
    with pytest.raises(Forbidden):
        listing(place.emulator, Token(TOKEN)).repositories()


def test_many(place):
    """More than a page of each."""
    api = Api(place.emulator)
    api.organizations(*(f"o{number:03}" for number in range(101)))
    for number in range(101):
        api.repository(f"o{number:03}/r{number:03}")
    place.sent()
    told = listing(place.emulator, Token(TOKEN))
    assert len(told.organizations()) == 103
    assert len(told.repositories()) == 104
    assert len(place.sent()) == 2 + 2 + 1 + 2 + 1
    some = Listing(told._client, "superuser", Selection(("o*",), ()), 8)
    assert list(some.repositories()) == [f"o{number:03}/r{number:03}" for number in range(101)]


def state(emulator: Emulator) -> dict[str, t.Any]:
    """Teams and repositories of each organization."""
    api = Api(emulator)
    found = {}
    for one in api.call("GET", "/superuser/organizations/")["organizations"]:
        teams = api.call("GET", f"/organization/{one['name']}")["teams"]
        repositories = api.call("GET", f"/repository?namespace={one['name']}")["repositories"]
        shown = {team["name"]: team["role"] for team in teams.values()}
        found[one["name"]] = shown, [(one["name"], one["is_public"]) for one in repositories]
    return found


def test_slices_do_what_one_run_does(emulator, tmp_path, tmp_path_factory):
    """As automation controller slices a job: the hosts sorted, and every fourth of them."""
    names = [f"team-{number:02}" for number in range(40)]
    with running(tmp_path_factory.mktemp("whole-")) as other:
        whole, sliced = Place(other, tmp_path_factory.mktemp("one-run-")), Place(emulator, tmp_path)
        emulator.fresh({}, ())
        for place in (whole, sliced):
            Api(place.emulator).organizations(*names)
            place.write("quay.yml")
            (place.folder / "play.yml").write_text(PLAYBOOK, encoding="utf-8")
        hosts = sorted(sliced.told("-i", "quay.yml")["quay_organizations"]["hosts"])
        assert hosts == names
        for place in (whole, sliced):
            place.sent()
        play = ("playbook", "-i", "quay.yml", "play.yml", "--forks", "5")
        for number in range(SLICES):
            (tmp_path / f"slice-{number}").write_text("\n".join(hosts[number::SLICES]), encoding="utf-8")
        runs = [sliced.command(*play, "--limit", f"@slice-{number}") for number in range(SLICES)]
        outputs = [run.communicate()[0] for run in runs]
        assert [run.returncode for run in runs] == [0] * SLICES, "\n".join(outputs)
        assert all(output.count("changed=2") == len(names) // SLICES for output in outputs)
        one = whole.command(*play)
        assert one.communicate()[0].count("changed=2") == len(names)
        written = sliced.written()
        assert len(written) == 2 * len(names)
        assert written == whole.written()
        assert state(emulator) == state(other)
