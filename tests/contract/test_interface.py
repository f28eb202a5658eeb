# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A playbook of today runs here: modules, options, types, defaults, choices, aliases, forms (interface.yml, forms.yml).

What is not so is listed with its reason in interface.yml, and no more than that.
"""

from __future__ import annotations

import functools
import importlib
import json
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.contract.named import role_options
from tests.faults.case import task
from tests.integration.emulator import TOKEN, running

HERE = Path(__file__).parent
INTERFACE = yaml.safe_load((HERE / "interface.yml").read_text(encoding="utf-8"))
FORMS = yaml.safe_load((HERE / "forms.yml").read_text(encoding="utf-8"))
# What an option of ours must have as it is there; where one can offer more, more is fine.
SAME, AT_LEAST = {"type": "str", "elements": None, "default": None}, ("choices", "aliases")
# Names of what is not there, for the required options of any module that are parts of a name.
MISSING = {
    "image": "nobody/app:1",
    "name": "nobody+app",
    "namespace": "nobody",
    "organization": "nobody",
    "repository": "nobody/app",
    "username": "nobody",
}
Options = dict[str, t.Any]


@functools.cache
def module(name: str) -> t.Any:
    """The module file of ours."""
    return importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{name}")


def connection(name: str) -> Options:
    refused = INTERFACE["modules"][name].get("connection_options_not_taken", ())
    return {option: spec for option, spec in INTERFACE["connection"].items() if option not in refused}


def unlike(ours: Options, theirs: Options, path: str) -> t.Iterator[str]:
    """What a playbook that uses these options would find different here."""
    for name, wanted in theirs.items():
        option = f"{path}.{name}"
        if name not in ours:
            yield f"{option} is missing"
            continue
        found = ours[name]
        for key, blank in SAME.items():
            if found.get(key, blank) != wanted.get(key, blank):
                yield f"{option}: {key} is {found.get(key, blank)!r} instead of {wanted.get(key, blank)!r}"
        for key in AT_LEAST:
            lacking = sorted(set(wanted.get(key) or ()) - set(found.get(key) or ()))
            if lacking:
                yield f"{option}: {key} lack {', '.join(lacking)}"
        if found.get("choices") and not wanted.get("choices"):
            yield f"{option} has choices"
        if found.get("required") and not wanted.get("required"):
            yield f"{option} is required"
        yield from unlike(found.get("options") or {}, wanted.get("options") or {}, option)


def absent_here(ours: Options, theirs: Options, path: str) -> t.Iterator[str]:
    """What a playbook that reads these returned values would not find."""
    for name, wanted in theirs.items():
        found = ours.get(name, {})
        if found.get("type") != wanted["type"]:
            yield f"{path}.{name} returns {found.get('type', 'nothing')} instead of {wanted['type']}"
        yield from absent_here(found.get("contains", {}), wanted.get("contains", {}), f"{path}.{name}")


def compare(found: t.Iterable[str], name: str) -> None:
    """Fail unless the differences of a module or role are those that interface.yml lists."""
    listed = {one for one in INTERFACE["differences"] if one.partition(".")[0].partition(":")[0] == name}
    found = set(found)
    assert not found - listed, "not as in use today"
    assert not listed - found, "interface.yml lists differences that are not there"


def test_differences_have_reasons():
    names = {*INTERFACE["modules"], *INTERFACE["roles"]}
    assert all(reason.strip() for reason in INTERFACE["differences"].values())
    assert {one.partition(".")[0] for one in INTERFACE["differences"]} <= names


@pytest.mark.parametrize("name", INTERFACE["modules"])
def test_module(name):
    own = INTERFACE["modules"][name]
    ours = module(name)
    spec = ours.OPERATION.argument_spec()
    differences = [*unlike(spec, {**connection(name), **own["options"]}, name)]
    returns = yaml.safe_load(getattr(ours, "RETURN", "")) or {}
    compare([*differences, *absent_here(returns, own.get("returns", {}), name)], name)


@pytest.mark.parametrize("name", INTERFACE["roles"])
def test_role(name):
    compare(unlike(role_options(name), INTERFACE["roles"][name]["options"], name), name)


@pytest.mark.parametrize("option", INTERFACE["connection"])
def test_environment(option, monkeypatch):
    """Each connection option can come from the variable that it comes from today."""
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
    from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import credentials

    wanted = {"float": 7.5, "bool": False, "str": "https://quay.example.com"}[INTERFACE["connection"][option]["type"]]
    for variable in ("QUAY_HOST", "QUAY_USERNAME", "QUAY_PASSWORD"):
        monkeypatch.setenv(variable, "https://quay.example.com")
    monkeypatch.setenv(INTERFACE["connection"][option]["env_fallback"], str(wanted))
    spec = module("quay_team").OPERATION.argument_spec()
    params = ArgumentSpecValidator(spec).validate({"organization": "a", "name": "b"}).validated_parameters
    assert {**params, **credentials(params)}[option] == wanted


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> t.Iterator[t.Callable[[str, Options], tuple[Options | None, str]]]:
    """Runs one task on a registry that forms.yml describes; gives its result or the message of its failure."""
    with running(tmp_path_factory.mktemp("interface-")) as emulator:
        emulator.fresh({}, ["alice"])

        digest = ""

        def run(name: str, options: Options) -> tuple[Options | None, str]:
            options = json.loads(json.dumps(options).replace("{digest}", digest))
            operation = module(name).OPERATION
            token = {"quay_token": TOKEN} if "quay_token" in operation.argument_spec() else {}
            return task(operation, {"quay_host": emulator.url, **token, **options})

        for name, options in (
            ("quay_organization", {"name": "payments"}),
            ("quay_robot", {"name": "payments+ci"}),
            ("quay_team", {"organization": "payments", "name": "developers"}),
            ("quay_repository", {"name": "payments/api"}),
            ("quay_repository", {"name": "tools"}),
        ):
            result, message = run(name, options)
            assert result, message
        for repository in ("quayadmin/tools", "payments/api"):
            tags = {"latest": {"size": 1, "labels": {"repository": repository}}}
            digest = emulator.switch("POST", "images", {"repository": repository, "tags": tags})["digests"]["latest"]
        yield run


def filled(options: t.Any, value: t.Any) -> t.Any:
    if isinstance(options, dict):
        return {name: filled(inner, value) for name, inner in options.items()}
    if isinstance(options, list):
        return [filled(inner, value) for inner in options]
    return value if options == "{}" else options


@pytest.mark.parametrize("form", FORMS)
def test_same_meaning(form, run):
    own = FORMS[form]
    for group in own["same"]:
        returned = []
        for number, value in enumerate(group):
            result, message = run(own["module"], filled(own["options"], value))
            assert result, f"{value!r}: {message}"
            assert number == 0 or not result["changed"], f"{value!r} changes what {group[0]!r} made"
            found: t.Any = result
            for key in own["returns"].split("."):
                found = found[key]
            returned.append(found)
        assert all(found == returned[0] for found in returned), dict(zip(map(repr, group), returned))


REJECTED = [(form, value) for form in FORMS for value in (*FORMS[form]["rejected"], *FORMS[form].get("stricter", ()))]


@pytest.mark.parametrize(("form", "value"), REJECTED)
def test_rejected(form, value, run):
    own = FORMS[form]
    result, message = run(own["module"], filled(own["options"], value))
    assert result is None, f"{value!r} means {result}"
    assert "Unexpected" not in message
    assert str(value).strip() in message


@pytest.mark.parametrize("name", INTERFACE["modules"])
def test_what_is_not_there(name, run):
    """Nothing to delete is unchanged, and there is nothing to list."""
    options = INTERFACE["modules"][name]["options"]
    given = {option: MISSING.get(option, _any(spec)) for option, spec in options.items() if spec.get("required")}
    if "image" in options or "state" in options or "list" in _types(name):
        state = {"state": "absent"} if "state" in options else {}
        result, message = run(name, {**given, **state})
        assert result, message
        assert not result["changed"]
        assert all(result[key] == [] for key, kind in _returned(name).items() if kind == "list" and not state)
    else:
        module(name)
        pytest.skip("neither deletes nor lists")


def _any(spec: Options) -> t.Any:
    return spec["choices"][0] if "choices" in spec else "1"


def _returned(name: str) -> dict[str, str]:
    return {key: one["type"] for key, one in INTERFACE["modules"][name].get("returns", {}).items()}


def _types(name: str) -> t.Collection[str]:
    return _returned(name).values()
