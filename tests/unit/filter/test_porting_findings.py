# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a playbook for another collection uses, and what is different here."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError
from ansible_collections.dockhand.quay.plugins.filter.porting_findings import porting_findings

PLAYBOOK = """\
- hosts: localhost
  module_defaults:
    group/infra.quay_configuration.quay:
      quay_host: https://quay.example.com
  vars:
    quay_settings: {a: b}
    secret: !vault |
      $ANSIBLE_VAULT;1.1;AES256
      3132
  roles:
    - role: infra.quay_configuration.quay_org
      quay_org_name: payments
      quay_org_colour: blue
  tasks:
    - name: In a block
      block:
        - name: Create a user
          infra.quay_configuration.quay_user:
            username: alice
            password: "{{ secret }}"
            colour: blue
    - name: A short name
      quay_team: {organization: payments, name: developers, verify_ssl: false}
    - name: What nobody has
      infra.quay_configuration.quay_coffee: {}
    - name: A filter
      ansible.builtin.debug:
        msg: "{{ robot.name | infra.quay_configuration.quay_docker_config(robot.token) }} {{ 1 | quay_nothing }}"
    - name: A role
      ansible.builtin.include_role:
        name: infra.quay_configuration.quay_org
      vars:
        quay_org_name: shop
"""
DIFFERENCES = [
    {"better": "All is better."},
    {"names": ["quay_user"], "options": ["password"], "change": "Specify update_password."},
    {"names": ["quay_user"], "options": ["email"], "change": "Not used."},
    {"names": ["quay_docker_config", "quay_org"], "drop": "A template."},
]


@pytest.fixture
def playbook(tmp_path):
    file = tmp_path / "site.yml"
    file.write_text(PLAYBOOK, encoding="utf-8")
    return str(file)


def found(path):
    return [(one["line"], one["name"], one["kind"], one["text"]) for one in porting_findings(path, DIFFERENCES)]


def test_each_use_is_found_with_what_differs(playbook):
    group = "group/infra.quay_configuration.quay"
    assert found(playbook) == [
        (0, "all", "better", "All is better."),
        (3, group, "change", "Use `group/dockhand.quay.quay`, which has all modules."),
        (11, "quay_org", "missing", "There is no `quay_org_colour` here."),
        (11, "quay_org", "drop", "A template."),
        (18, "quay_user", "missing", "There is no `colour` here."),
        (18, "quay_user", "change", "Specify update_password."),
        (23, "quay_team", "same", ""),
        (25, "quay_coffee", "missing", "This collection does not have the module."),
        (28, "quay_docker_config", "drop", "A template."),
        (28, "quay_nothing", "missing", "This collection does not have the filter."),
        (29, "quay_org", "drop", "A template."),
    ]


def test_message_is_one_line(playbook):
    messages = [one["message"] for one in porting_findings(playbook, DIFFERENCES)]
    assert f"{playbook}:18: quay_user: change: Specify update_password." in messages
    assert f"{playbook}:23: quay_team: same" in messages
    assert messages[0] == "all: better: All is better."


def test_all_files_of_a_folder(playbook, tmp_path):
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "main.yaml").write_text("- infra.quay_configuration.quay_tag: {image: a/b}\n")
    (tmp_path / "notes.txt").write_text("infra.quay_configuration.quay_tag: {}\n")
    (tmp_path / "collections" / "ansible_collections").mkdir(parents=True)
    (tmp_path / "collections" / "ansible_collections" / "a.yml").write_text("infra.quay_configuration.quay_tag: {}\n")
    files = {one["file"] for one in porting_findings(str(tmp_path), DIFFERENCES)}
    assert files == {"", playbook, str(tmp_path / "roles" / "main.yaml")}


def test_nothing_is_used(tmp_path):
    (tmp_path / "site.yml").write_text("- hosts: localhost\n  vars: {quay_org_name: a}\n")
    assert found(str(tmp_path)) == []


def test_what_has_moved_is_the_same(tmp_path):
    (tmp_path / "site.yml").write_text("- dockhand.quay.quay_tag: {image: a/b}\n- group/dockhand.quay.quay: {}\n")
    assert found(str(tmp_path))[1:] == [(1, "quay_tag", "same", ""), (2, "group/dockhand.quay.quay", "same", "")]


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(AnsibleFilterError, match="porting_findings: .*site.yml does not exist. Specify a YAML file"):
        porting_findings(str(tmp_path / "site.yml"), DIFFERENCES)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a: [", "invalid YAML in line 1"),
        (b"a: b\n{% if a %}\n", "invalid YAML in line 2"),
        (b"a: \0", "invalid YAML"),
        (b"\xff", "it is not UTF-8 text"),
        (b"$ANSIBLE_VAULT;1.1;AES256\n3132\n", "it is encrypted with Ansible Vault"),
        (b"[" * 2000, "its YAML is nested too deeply"),
    ],
)
def test_files_that_cannot_be_read(playbook, tmp_path, content, why):
    """A file given by its path is an error, one of a folder a finding next to those of the other files."""
    file = tmp_path / "group.yml"
    file.write_bytes(content)
    with pytest.raises(AnsibleFilterError) as raised:
        porting_findings(str(file), DIFFERENCES)
    assert str(raised.value) == f"porting_findings: {file} cannot be read: {why}. Correct the file."
    found = porting_findings(str(tmp_path), DIFFERENCES)
    unread = f"{file}: unread: The file was not read: {why}. Compare it yourself."
    assert [one["message"] for one in found if one["kind"] == "unread"] == [unread]
    assert len(found) == len(porting_findings(playbook, DIFFERENCES)) + 1


def test_only_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "site.yml").write_text("a: [")
    assert [one["kind"] for one in porting_findings(str(tmp_path), DIFFERENCES)] == ["unread"]


def uses(tmp_path, content):
    """What one file uses, without what concerns everything."""
    (tmp_path / "site.yml").write_text(content, encoding="utf-8")
    return found(str(tmp_path))[1:]


ORG = (1, "quay_org", "drop", "A template.")
USER_CHANGE = "Specify update_password."
UNREAD = "The options could not be read. Compare them yourself."


@pytest.mark.parametrize(
    "content",
    [
        "[{hosts: all, roles: [infra.quay_configuration.quay_org]}]",
        "[{hosts: all, roles: [{name: infra.quay_configuration.quay_org}]}]",
        "[{hosts: all, roles: [{role: infra.quay_configuration.quay_org}]}]",
        "[{hosts: all, roles: [quay_org]}]",
        "dependencies: [infra.quay_configuration.quay_org]",
        "dependencies: [{role: infra.quay_configuration.quay_org, vars: {quay_org_name: a}}]",
        "dependencies: [{name: infra.quay_configuration.quay_org, when: true}]",
        "[{import_role: name=infra.quay_configuration.quay_org}]",
        "[{include_role: , args: {name: infra.quay_configuration.quay_org}}]",
        "[{action: ansible.builtin.include_role name=infra.quay_configuration.quay_org}]",
        "[{local_action: {module: include_role, name: infra.quay_configuration.quay_org}}]",
    ],
)
def test_forms_of_roles(tmp_path, content):
    assert uses(tmp_path, content) == [ORG]


@pytest.mark.parametrize(
    "content",
    [
        "[{hosts: all, roles: [my_role, quay_mine, {name: quay_mine}, {src: quay_org, version: v1}]}]",
        "teams: [{name: quay_org, role: quay_org}]",
        "dependencies: {community.general: '>=1'}",
        "[{include_role: {name: '{{ role }}'}}, {include_role: [quay_org]}, {action: {module: [quay_org]}}]",
    ],
)
def test_what_is_no_role(tmp_path, content):
    assert uses(tmp_path, content) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[{infra.quay_configuration.quay_user: 'username=alice password=x'}]", [("change", USER_CHANGE)]),
        ("[{quay_user: username=alice password='x y', become: false}]", [("change", USER_CHANGE)]),
        ("[{quay_user: username=alice colour=blue}]", [("missing", "There is no `colour` here.")]),
        ("[{action: {module: infra.quay_configuration.quay_user, password: x}}]", [("change", USER_CHANGE)]),
        ("[{local_action: {module: quay_user, password: x}}]", [("change", USER_CHANGE)]),
        ("[{action: infra.quay_configuration.quay_user username=alice}]", [("same", "")]),
        ("[{action: 'quay_user username=alice password={{ a b }}'}]", [("change", USER_CHANGE)]),
        ("[{local_action: infra.quay_configuration.quay_user password=x}]", [("change", USER_CHANGE)]),
        ("[{local_action: quay_user, args: {password: x}}]", [("change", USER_CHANGE)]),
        ("[{infra.quay_configuration.quay_user: , args: {password: x}}]", [("change", USER_CHANGE)]),
        ("[{infra.quay_configuration.quay_user: {username: a}, args: {password: x}}]", [("change", USER_CHANGE)]),
        ("[{infra.quay_configuration.quay_user: null}]", [("same", "")]),
        ("[{name: Users, quay_user: ~, with_items: [1]}]", [("same", "")]),
        ("[{module_defaults: {quay_user: {password: x}}, block: []}]", [("change", USER_CHANGE)]),
        ("[{a: &a {password: x}}, {quay_user: {<<: *a}}, {b: {<<: [*a]}}]", [("change", USER_CHANGE)]),
    ],
)
def test_forms_of_tasks(tmp_path, content, told):
    assert uses(tmp_path, content) == [(1, "quay_user", *one) for one in told]


@pytest.mark.parametrize(
    "content",
    [
        "[{infra.quay_configuration.quay_user: '{{ user }}'}]",
        "[{name: Users, quay_user: '{{ item }}', loop: '{{ users }}'}]",
        "[{quay_user: , args: '{{ user }}'}]",
        "[{action: 'quay_user {{ user }}'}]",
        "[{infra.quay_configuration.quay_user: [a]}]",
        "[{infra.quay_configuration.quay_user: 'password=\"x'}]",
    ],
)
def test_options_that_are_not_in_the_file(tmp_path, content):
    """Each difference can concern them."""
    assert uses(tmp_path, content) == [
        (1, "quay_user", "unread", UNREAD),
        (1, "quay_user", "change", USER_CHANGE),
        (1, "quay_user", "change", "Not used."),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "[{vars: {quay_user: {username: alice, password: x}, quay_team: }}]",
        "{quay_user: username=alice password=x}",
        "members: [{quay_user: alice, quay_team: developers}, {quay_user: alice}, {quay_user: 5}]",
        "members: [{quay_user: {password: x}, email: alice@example.com}, {quay_user: [alice]}, {quay_mine: }]",
        "[{command: quay_user password=x}, {action: '{{ quay_user }}'}, {action: }, {1: 2, [3]: 4, {5: 6}: 7}]",
    ],
)
def test_short_names_of_variables(tmp_path, content):
    assert uses(tmp_path, content) == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("collections:\n  - name: infra.quay_configuration\n    version: 2.8.1\n", 2),
        ("collections:\n  - community.general\n  - infra.quay_configuration\n", 3),
        ("collections: ['infra.quay_configuration:2.8.1']", 1),
        ("- hosts: all\n  collections:\n    - infra.quay_configuration\n", 3),
        ("- hosts: all\n  collections: infra.quay_configuration\n", 2),
        ("namespace: example\ndependencies:\n  infra.quay_configuration: '>=2.0.0'\n", 3),
    ],
)
def test_requirements(tmp_path, content, line):
    replace = (line, "infra.quay_configuration", "change", "Replace it with `dockhand.quay`.")
    assert uses(tmp_path, content) == [replace]


def test_variables_of_a_role_elsewhere(tmp_path):
    (tmp_path / "all.yml").write_text("a: b\nquay_org_name: a\nquay_org_users: [{username: a, password: x}]\n")
    differences = [
        {"names": ["quay_org"], "better": "Always."},
        {"names": ["quay_org"], "options": ["quay_org_users.password"], "change": "Password."},
        {"names": ["quay_org"], "options": ["quay_org_users"], "without": ["quay_org_users.password"], "drop": "None."},
    ]
    assert porting_findings(str(tmp_path), differences) == []
    (tmp_path / "site.yml").write_text(
        "- hosts: all\n  vars: {quay_org_users: [{username: b}]}\n  roles: [infra.quay_configuration.quay_org]\n"
        "- hosts: all\n  vars:\n    quay_org_users: '{{ users }}'\n"
    )
    assert [one["message"].removeprefix(f"{tmp_path}/") for one in porting_findings(str(tmp_path), differences)] == [
        "all.yml:2: quay_org: change: Password.",
        "site.yml:2: quay_org: drop: None.",
        "site.yml:3: quay_org: better: Always.",
        "site.yml:6: quay_org: change: Password.",
        "site.yml:6: quay_org: drop: None.",
    ]


def test_what_concerns_an_absent_option(tmp_path):
    differences = [{"names": ["quay_proxy_cache"], "without": ["expiration", "insecure"], "better": "Kept."}]
    for given, told in (
        ("{}", "better"),
        ("'{{ cache }}'", "better"),
        ("{expiration: 1d}", "better"),
        ("{expiration: 1d, insecure: true}", "same"),
    ):
        (tmp_path / "site.yml").write_text(f"- infra.quay_configuration.quay_proxy_cache: {given}\n")
        assert porting_findings(str(tmp_path), differences)[-1]["kind"] == told


def test_forms_of_filters(tmp_path):
    name = "infra.quay_configuration.quay_docker_config"
    content = f"a: \"{{{{ b |{name}(c) }}}}\"\nd: \"{{{{ e | map('{name}', f) | map ( 'g') }}}}\"\n"
    assert uses(tmp_path, content) == [(line, "quay_docker_config", "drop", "A template.") for line in (1, 2)]
