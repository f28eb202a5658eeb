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
    files = {one["file"] for one in porting_findings(str(tmp_path), DIFFERENCES)}
    assert files == {"", playbook, str(tmp_path / "roles" / "main.yaml")}


def test_nothing_is_used(tmp_path):
    (tmp_path / "site.yml").write_text("- hosts: localhost\n  vars: {quay_org_name: a}\n")
    assert found(str(tmp_path)) == []


def test_what_has_moved_is_the_same(tmp_path):
    (tmp_path / "site.yml").write_text("- dockhand.quay.quay_tag: {image: a/b}\n- group/dockhand.quay.quay: {}\n")
    assert found(str(tmp_path))[1:] == [(1, "quay_tag", "same", ""), (2, "group/dockhand.quay.quay", "same", "")]


@pytest.mark.parametrize(
    ("content", "said"), [(None, "does not exist"), ("a: [", "invalid YAML"), (b"\xff", "cannot be read")]
)
def test_files_that_cannot_be_read(tmp_path, content, said):
    file = tmp_path / "site.yml"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(AnsibleFilterError, match=f"porting_findings: .*site.yml .*{said}"):
        porting_findings(str(file), DIFFERENCES)
