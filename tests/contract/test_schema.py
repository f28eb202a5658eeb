# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""The published schema of registry documents takes what quay_apply takes, and refuses what it refuses."""

from __future__ import annotations

import copy
import functools
import json
import typing as t

import jsonschema
import pytest
import yaml
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import Section
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.apply import READER
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.server import CAPABILITIES
from tests.registries.documents import Maker
from tests.tools.schema import ROOT, SCHEMA

VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
NAMES = st.sampled_from(["alpha", "beta-1", "gamma.two"])
# Values that Quay's own rules allow, by option.
VALUES: dict[str, st.SearchStrategy[t.Any]] = {
    "name": NAMES,
    "username": NAMES,
    "creator": NAMES,
    "members": st.lists(NAMES, unique=True, max_size=2),
    "email": st.sampled_from(["", "alpha@example.com"]),
    "password": st.just("long-enough"),
    "config": st.just({"url": "https://deploy.example.com/hook", "template": {"tags": "${updated_tags}"}}),
    "ref_regex": st.none(),
    "description": st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=9),
    "time_machine_expiration": st.sampled_from(["2w", "1d"]),
    "quota": st.sampled_from(["10 GiB", 1024]),
    "warning_pct": st.integers(0, 100),
    "reject_pct": st.integers(0, 100),
    "registry": st.just("quay.io"),
    "external_registry_url": st.just("https://quay.io"),
    "external_reference": st.just("quay.io/projectquay/quay"),
    "image_tags": st.just(["latest", "v*"]),
    "sync_interval": st.sampled_from(["1d", 3600]),
    "skopeo_timeout": st.just("10m"),
    "sync_start_date": st.just("2026-12-01T00:00:00Z"),
    "robot_username": st.just("alpha+mirror"),
    "repository_filters": st.just(["app-*"]),
    "expiration": st.sampled_from(["1d", 3600]),
    "issuer": st.just("https://gitlab.example.com"),
    "unstructured_metadata": st.just({"owner": "alpha"}),
}
PLAIN = {"str": st.just("alpha"), "bool": st.booleans(), "int": st.integers(1, 9), "list": st.just([])}
# What must fit together, by section.
TOGETHER = {
    "labels": {"value": "alpha"},
    "notifications": {"event": "vulnerability_found", "method": "webhook"},
    "sync": {"group_dn": "cn=alpha"},
    "prune": {"method": "date", "value": "7d"},
}
# People are not listed beside a group.
APART = {"sync": "members"}
# Only one of several may be given.
ONE_OF = ("group_name", "group_id")


def options(spec: dict[str, t.Any], skipped: t.Container[str]) -> st.SearchStrategy[dict[str, t.Any]]:
    """A mapping of the options of ``spec`` under their names or aliases."""
    chosen: dict[bool, dict[str, st.SearchStrategy[t.Any]]] = {True: {}, False: {}}
    for name, one in spec.items():
        if name not in skipped:
            chosen[bool(one.get("required"))][name] = option(name, one)
    return st.fixed_dictionaries(chosen[True], optional=chosen[False])


def option(name: str, one: dict[str, t.Any]) -> st.SearchStrategy[t.Any]:
    if "choices" in one:
        choice = st.sampled_from(one["choices"])
        return st.lists(choice, unique=True, max_size=2) if one["type"] == "list" else choice
    if one.get("options") and one["type"] == "list":
        identity = next(iter(one["options"]))
        return st.lists(options(one["options"], ()), max_size=2, unique_by=lambda entry: entry[identity])
    return VALUES[name] if name in VALUES else PLAIN[one.get("type", "str")]


def entries(section: Section) -> st.SearchStrategy[dict[str, t.Any]]:
    """An entry of a section with what stands in it."""
    below = READER.below(section.name)
    own = options(section.argument_spec(below), {*ONE_OF, "state", *(inner.name for inner in below)})
    parts = st.fixed_dictionaries({}, optional={inner.name: part(inner) for inner in below})
    return st.builds(functools.partial(_fitting, section), own, parts)


def _fitting(section: Section, own: dict[str, t.Any], parts: dict[str, t.Any]) -> dict[str, t.Any]:
    apart = {APART[name] for name in parts if name in APART}
    fitting = {name: value for name, value in own.items() if name not in apart}
    return {**fitting, **TOGETHER.get(section.name, {}), **parts}


def part(section: Section) -> st.SearchStrategy[t.Any]:
    if section.single:
        return entries(section)
    key = section.own_keys[0]
    return st.lists(entries(section), max_size=2, unique_by=lambda entry: entry.get(key))


DOCUMENTS = st.fixed_dictionaries({}, optional={section.name: part(section) for section in READER.below("")})


def mappings(value: t.Any) -> t.Iterator[tuple[dict[str, t.Any], str]]:
    """Every option within a document, but what stands in free metadata."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            if key != "unstructured_metadata":
                yield from mappings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mappings(inner)


@pytest.fixture(scope="module")
def sample() -> t.Any:
    return yaml.safe_load((ROOT / "playbooks" / "vars" / "platform.yml").read_text(encoding="utf-8"))


def test_schema_is_one():
    VALIDATOR.check_schema(VALIDATOR.schema)


def test_every_option_is_described():
    assert not [key for holder, key in mappings(VALIDATOR.schema) if key == "description" and not holder[key]]
    assert "Ansible" not in json.dumps(VALIDATOR.schema["properties"]["organizations"]["description"])


def test_sample_is_right(sample):
    VALIDATOR.validate(sample["provision_registry"])
    assert not READER.read(sample["provision_registry"]).faults


@pytest.mark.parametrize("seed", range(20))
def test_random_registries_are_right(seed):
    document = Maker(seed, "word", ["alice", "bob"], {"users", "sync", *CAPABILITIES}).document()
    VALIDATOR.validate(document)
    assert not READER.read(document).faults


@given(DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_both_take_what_is_right(document):
    assert READER.read(copy.deepcopy(document)).faults == []
    VALIDATOR.validate(document)


@given(DOCUMENTS.filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_both_refuse_what_is_wrong(document, data):
    # It shares the parts that are always the same with the next one.
    document = copy.deepcopy(document)
    holder, key = data.draw(st.sampled_from(list(mappings(document))))
    value = holder[key]
    wrong = ["an unknown option"]
    if isinstance(value, (list, dict)):
        wrong.append("another type")
    elif isinstance(value, str):
        wrong.append("a list for a text")
    if key in ("role", "type", "visibility", "repo_state", "update_password", "method"):
        wrong.append("no choice")
    is_account = any(holder is user for user in document.get("users", ()))
    if key in ("name", "issuer", "subject", "method") or (key == "username" and is_account):
        wrong.append("nothing for a name")
    fault = data.draw(st.sampled_from(wrong))
    if fault == "an unknown option":
        holder["color"] = "red"
    elif fault == "another type":
        holder[key] = 5
    elif fault == "a list for a text":
        holder[key] = ["a", "b"]
    elif fault == "no choice":
        holder[key] = "nobody"
    else:
        del holder[key]
    assert not VALIDATOR.is_valid(document), fault
    assert READER.read(document).faults, fault
