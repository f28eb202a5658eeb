# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Registry documents in files: read, merged by organization, written at once."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document_files import differs, dump, load, write
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput


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


def test_two_values_for_one_option_are_refused(tmp_path):
    put(tmp_path, a="organizations: [{name: ops, email: a@b.c}]", b="organizations: [{name: ops, email: d@e.f}]")
    with pytest.raises(BadInput, match=r"src: 'b\.yml' is refused: email has another value in another file"):
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


def test_an_alias_may_be_overridden(tmp_path):
    put(tmp_path, a="x: {b: &b {<<: &a {name: a, role: r}, name: b}}\nc: {<<: *b, name: c}")
    assert load(str(tmp_path / "a.yml"), "/")["c"] == {"name": "c", "role": "r"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "it is no YAML: "),
        ("users: []\nusers: []", "it is no YAML: key users is there twice in the mapping"),
        ("- a", "a registry document is a mapping"),
    ],
)
def test_a_broken_file_is_named(tmp_path, text, sentence):
    put(tmp_path, a=text)
    with pytest.raises(BadInput, match=f"src: 'a.yml' is refused: {sentence}"):
        load(str(tmp_path), "/")


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match="it cannot be read: No such file or directory"):
        load("nothing.yml", str(tmp_path))
    with pytest.raises(BadInput, match="the folder holds no file that ends in"):
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
    assert differs(path, dump(document))
    write(path, dump(document))
    assert not differs(path, dump(document))
    assert load(path, "/") == document
    assert ("!unsafe" in dump(document)) == (text[:1] == "{")


def test_a_failed_write_leaves_the_file(tmp_path):
    path = tmp_path / "export.yml"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write(str(path), "\ud800")
    assert [file.name for file in tmp_path.iterdir()] == ["export.yml"] and path.read_text() == "old"
