# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Registry documents in files: found, read, merged by organization, written at once."""

from __future__ import annotations

import os

import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.module_utils._document import files
from ansible_collections.dockhand.quay.plugins.module_utils._document.files import dump
from ansible_collections.dockhand.quay.plugins.module_utils._document.merging import Merger
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import in_order
from ansible_collections.dockhand.quay.plugins.module_utils._document.texts import plain
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS
from ansible_collections.dockhand.quay.plugins.module_utils._output_file import OutputFile

MERGER = Merger(in_order(SECTIONS))


def load(src, basedir):
    return plain(files.load(src, basedir, MERGER))


def put(folder, **files):
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_is_merged_by_organization(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: payments, email: p@example.com, robots: [{name: ci}]}]",
        b__c="organizations: [{name: payments, robots: [{name: cd}]}, {name: ops}]\nusers: [{username: alice}]",
    )
    assert load(str(tmp_path), "/") == {
        "organizations": [
            {"name": "payments", "email": "p@example.com", "robots": [{"name": "ci"}, {"name": "cd"}]},
            {"name": "ops"},
        ],
        "users": [{"username": "alice"}],
    }


def test_entries_are_the_same_by_their_own_keys(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, prune: [{method: tags, value: 5}], robots: [{name: ci, description: x}]}]",
        b="organizations: [{name: ops, prune: [{method: tags, value: 5}, {method: date, value: 5d}]}]",
        c="organizations: [{name: ops, teams: [{name: devs, members: [a, b], sync: {group_dn: x}}]}]",
        d="organizations: [{name: ops, teams: [{name: devs, members: [b, c], sync: {keep_users: false}}]}]",
        e="policy: {exclusive: [robots], max_deletions: 3}",
        f="policy: {exclusive: [teams, robots]}",
    )
    assert load(str(tmp_path), "/") == {
        "organizations": [
            {
                "name": "ops",
                "prune": [{"method": "tags", "value": 5}, {"method": "date", "value": "5d"}],
                "robots": [{"name": "ci", "description": "x"}],
                "teams": [{"name": "devs", "members": ["a", "b", "c"], "sync": {"group_dn": "x", "keep_users": False}}],
            }
        ],
        "policy": {"exclusive": ["robots", "teams"], "max_deletions": 3},
    }


def test_two_values_for_one_option_are_refused(tmp_path):
    put(tmp_path, a="organizations: [{name: ops, email: a@b.c}]", b="organizations: [{name: ops, email: d@e.f}]")
    with pytest.raises(BadInput, match=r"src: invalid value 'b\.yml': email has another value in another file"):
        load(str(tmp_path), "/")


def test_what_an_alias_shares_is_not_joined_elsewhere(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, repositories: [{name: a, perms: &team [{name: x}]}, {name: b, perms: *team}]}]",
        b="organizations: [{name: ops, repositories: [{name: a, perms: [{name: y}]}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert [entry["perms"] for entry in organization["repositories"]] == [
        [{"name": "x"}, {"name": "y"}],
        [{"name": "x"}],
    ]


def test_default_permissions_of_one_name_are_several(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, default_perms: [{name: x, role: read}]}]",
        b="organizations: [{name: ops, default_perms: [{name: x, role: write, creator: y}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert [entry["role"] for entry in organization["default_perms"]] == ["read", "write"]


def test_a_type_that_is_not_given_is_the_default(tmp_path):
    put(
        tmp_path,
        a="organizations: [{name: ops, default_perms: [{name: x}]}]",
        b="organizations: [{name: ops, default_perms: [{name: x, type: user, role: write}, {name: x, type: team}]}]",
    )
    (organization,) = load(str(tmp_path), "/")["organizations"]
    assert organization["default_perms"] == [
        {"name": "x", "type": "user", "role": "write"},
        {"name": "x", "type": "team"},
    ]


def test_a_file_of_comments_counts_as_nothing(tmp_path):
    put(tmp_path, a="", b="# soon", c="users: [{username: alice}]")
    assert load(str(tmp_path), "/") == {"users": [{"username": "alice"}]}


def test_no_file_says_that_what_another_declares_is_absent(tmp_path):
    put(tmp_path, a="users: [{username: bob, state: absent}]", b="users: [{username: bob, email: b@example.com}]")
    rule = "bob is declared present here and absent in another file of the folder"
    with pytest.raises(BadInput, match=rf"src: invalid value 'b\.yml': {rule}\."):
        load(str(tmp_path), "/")
    put(tmp_path, b="users: [{username: bob, state: absent}]")
    assert load(str(tmp_path), "/")["users"] == [{"username": "bob", "state": "absent"}]


def test_an_alias_may_be_overridden(tmp_path):
    put(tmp_path, a="x: {b: &b {<<: &a {name: a, role: r}, name: b}}\nc: {<<: *b, name: c}")
    assert load(str(tmp_path / "a.yml"), "/")["c"] == {"name": "c", "role": "r"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", r"invalid YAML \(line 2, column 1\)"),
        ("users: []\nusers: []", r"a mapping has the same key twice \(line 2, column 1\)"),
        ("a: \x01", "invalid YAML: a character that YAML does not allow"),
        ("a: 2026-99-99", "invalid YAML: a number or date that does not exist"),
        ("a: !!set {b}", "a value of type set, which no option takes"),
        ("[" * 900 + "]" * 900, "it is nested too deeply"),
        ("- a", "use a mapping, such as {organizations: \\[\\]}"),
    ],
)
def test_a_broken_file_is_named(tmp_path, text, sentence):
    put(tmp_path, a=text)
    with pytest.raises(BadInput, match=rf"src: invalid value 'a\.yml': {sentence}"):
        load(str(tmp_path), "/")


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="the file cannot be read: No such file or directory"):
        load("nothing.yml", str(tmp_path))
    with pytest.raises(BadInput, match="the folder contains no file that ends in"):
        load(str(tmp_path), "/")


TEXTS = [
    "",
    " blanks ",
    "a\r\nb\n",
    "{{ braces }}",
    "{% raw",
    "{# note",
    "🐳 é\u0301",
    "\ufeffbom",
    "x: y # z",
    "\t\x07",
    "012",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_come_back_exactly(tmp_path, text):
    document = {"organizations": [{"name": "ops", "teams": [{"name": "devs", "description": text}]}]}
    path = str(tmp_path / "new" / "export.yml")
    OutputFile(path, path).write(dump(document))
    assert load(path, "/") == document
    assert ("!unsafe" in dump(document)) == (text[:1] == "{")


def test_text_of_several_lines_is_a_block():
    told = dump({"organizations": [{"name": "ops", "description": "# Title\n\nFirst paragraph\n"}]})
    assert "    description: |\n      # Title\n\n      First paragraph\n" in told


def test_a_failed_write_leaves_the_file(tmp_path):
    path = tmp_path / "export.yml"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        OutputFile(str(path), "export.yml").write("\ud800")
    assert [file.name for file in tmp_path.iterdir()] == ["export.yml"] and path.read_text() == "old"


@pytest.mark.parametrize("value", ["*geheim99", "!geheim99", "!geheim99 x", "!ge!heim99", "!geheim99'x'", "@geheim99"])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_a_password_that_lacks_its_quotes_is_not_told(tmp_path, monkeypatch, loader, value):
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
    (tmp_path / "users.yml").write_text(f"users:\n  - username: erika\n    password: {value}\n")
    with pytest.raises(BadInput, match=r"invalid YAML \(line 3, column 1[5-9]\)|invalid YAML \(line 3") as caught:
        load("users.yml", str(tmp_path))
    assert "geheim" not in str(caught.value) and "heim99" not in str(caught.value)


def test_a_vault_is_told(tmp_path):
    (tmp_path / "users.yml").write_text("users:\n  - username: erika\n    password: !vault |\n      6162\n")
    with pytest.raises(
        BadInput, match=r"encrypted with Ansible Vault \(line 3, column 15\); load it with ansible.builtin.include_vars"
    ):
        load("users.yml", str(tmp_path))


def test_a_file_that_is_a_vault_is_told(tmp_path):
    (tmp_path / "users.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n6162\n")
    with pytest.raises(BadInput, match="the file is encrypted with Ansible Vault; load it with ansible.builtin.incl"):
        load("users.yml", str(tmp_path))


def test_an_empty_file_is_no_document(tmp_path):
    (tmp_path / "a.yml").write_text("# soon\n")
    with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': the file is empty\."):
        load("a.yml", str(tmp_path))


def test_a_file_holds_what_json_holds(tmp_path):
    (tmp_path / "a.yml").write_text("on: 2026-11-24\n7: x\n~: y\n")
    assert load("a.yml", str(tmp_path)) == {"on": "2026-11-24", "7": "x", "null": "y"}
    (tmp_path / "a.yml").write_text("users: &all [*all]\n")
    with pytest.raises(BadInput, match="it is nested too deeply, or an alias contains itself"):
        load("a.yml", str(tmp_path))


def test_aliases_that_stand_for_millions_of_values_are_refused(tmp_path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    (tmp_path / "a.yml").write_text("\n".join(lines))
    with pytest.raises(BadInput, match="its aliases make more than 1,000,000 values of it"):
        load("a.yml", str(tmp_path))


def test_a_path_with_a_nul_is_refused(tmp_path):
    with pytest.raises(BadInput, match="remove the NUL character"):
        load("a\0b", str(tmp_path))


def test_links_that_lead_back_end(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.yml").write_text("users: [{username: erika}]")
    for name in ("up", "again"):
        (tmp_path / "below" / name).symlink_to(tmp_path)
    assert load(".", str(tmp_path)) == {"users": [{"username": "erika"}]}


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.yml")
    for src in (".", "a.yml"):
        with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': use a regular file"):
            load(src, str(tmp_path))


def test_what_is_no_text_is_named(tmp_path):
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"src: invalid value 'a\.yml': use a text file in UTF-8"):
        load("a.yml", str(tmp_path))


def test_no_folder_is_passed_over_but_hidden_ones(tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.yml").write_text("users: [{username: erika}]")
    (tmp_path / "registry" / ".github").mkdir(parents=True)
    (tmp_path / "registry" / ".github" / "ci.yml").write_text("on: push")
    (tmp_path / "registry" / "link").symlink_to(tmp_path / "elsewhere")
    assert load("registry", str(tmp_path)) == {"users": [{"username": "erika"}]}
    listed = os.scandir

    def refused(path):
        if str(path).endswith("link"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(BadInput, match="link cannot be read: Permission denied"):
        load("registry", str(tmp_path))
