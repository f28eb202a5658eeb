# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What text of YAML is a document, and what a message tells of text that is none."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.module_utils._document import yaml_text
from ansible_collections.dockhand.quay.plugins.module_utils._document.texts import plain
from ansible_collections.dockhand.quay.plugins.module_utils._document.yaml_text import NotADocument, parse
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError

from tests.unit.module_utils._document.folders import load, put


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


def test_a_merged_key_may_be_had_twice_but_not_a_written_one():
    assert plain(parse("a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: [*a, *b], y: 3}"))["c"] == {"x": 1, "y": 3}
    for text in ("{a: 1, a: 1}", "- {b: {a: 1, c: 2, a: 3}}", "? [x]\n: {a: 1, a: 2}"):
        with pytest.raises(NotADocument, match="a mapping has the same key twice"):
            parse(text)


@pytest.mark.parametrize("text", ["a: !unknown x", "a: !!python/object:os.system x", "a: *nothing", "a: 1\n---\nb: 2"])
def test_what_is_no_plain_data_tells_its_place_only(text):
    with pytest.raises(NotADocument, match=r"^invalid YAML \(line \d, column \d\)$"):
        parse(text)


def test_numbers_dates_and_booleans_know_how_they_were_written():
    found = parse("{a: 0x1F, b: off, c: 2026-11-24, d: ~, e: '1', f: 1e3, g: !unsafe '{{ x }}'}")
    assert {key: getattr(value, "text", value) for key, value in found.items()} == {
        "a": "0x1F",
        "b": "off",
        "c": "2026-11-24",
        "d": None,
        "e": "1",
        "f": "1e3",
        "g": "{{ x }}",
    }
    assert found["a"].value == 31 and found["b"].value is False


def test_without_pyyaml_the_option_that_needs_it_is_named(monkeypatch):
    monkeypatch.setattr(yaml_text, "yaml", None)
    with pytest.raises(QuayError, match="^src: the Python library PyYAML is missing where this task runs"):
        yaml_text.require_yaml("src")
