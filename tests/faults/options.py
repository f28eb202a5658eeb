# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hostile values in every option of every module: refused, or handled; never an error that nobody expects."""

from __future__ import annotations

import importlib
import typing as t

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.case import Case, Options, Place, task, unclean
from tests.integration.place import Api
from tests.integration.play import ROOT

# What has broken programs before; hypothesis adds its own.
TEXTS = (
    *("", " ", "\n", "\0", "\x1b[2J", "a\nb", "..", "../../x", "/", "//", "a/b/c/d", "a+b", "+", "a+b+c", "-", ".git"),
    *("%s", "%100000000d", "{0}", "{{ 1 }}", "{% raw %}", "$(id)", "; id", "' or 1=1", "?x=1", "#x", "%2e%2e%2f", "\\"),
    *("\u202e", "\u00e9", "e\u0301", "\U0001f600", "\ud800", "\ufeff", "A", "None", "null", "true", "0", "-1", "1e400"),
    *("nan", "inf", "9" * 400, "x" * 256, "x" * 100_000, "1M", "1 month", "-5 GiB", "\u0665 GiB", "0d", "2026-02-30"),
    *("*", "[", "(", "(a+)+$", "@", "a@b", "http://[::1", "http://a:b@c/", "file:///etc/passwd", "javascript:1"),
)
NUMBERS = (0, -1, 1, 2**31, 2**63, 10**400, 0.5, -0.0, 1e308, float("inf"), float("nan"))
OTHERS = (None, True, [], [None], {}, {"": ""}, [[]], [{}], {"name": {"name": []}}, ["x"] * 1000)
VALUES = st.one_of(
    *(st.sampled_from(group) for group in (TEXTS, NUMBERS, OTHERS)),
    st.text(max_size=60),
    st.integers(),
    st.recursive(st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner)),
)
# What reaches a server of its own, waits, or reads and writes files: files.py and bad_servers.py try those.
LEFT_ALONE = frozenset(
    [
        *("quay_host", "timeout", "ca_path", "client_cert", "client_key", "validate_certs", "dest", "src"),
        *("wait", "workers"),
    ]
)
GOOD: Options = {
    "organization": "payments",
    "namespace": "payments",
    "repository": "payments/api",
    "username": "alice",
    "email": "a@example.com",
    "password": "a-long-password",
    "new_password": "a-long-password",
}
NAMES = {"quay_organization": "payments", "quay_repository": "payments/api", "quay_robot": "payments+ci"}
# In place of the token.
PAIR = {"quay_username": "quayadmin", "quay_password": "password"}
EXAMPLES, EXAMPLES_SHORT = 60, 3
CHECKS = list(HealthCheck)


def cases(short: bool) -> t.Iterator[Case]:
    """Each option of each module."""
    for file in sorted((ROOT / "plugins" / "modules").glob("quay_*.py")):
        name = file.stem
        operation = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{name}").OPERATION
        spec = operation.argument_spec()
        for option in sorted(spec.keys() - LEFT_ALONE):
            yield Case(
                f"{name}: {option}",
                lambda place, n=name, o=operation, option=option: hostile(
                    place, n, o, option, EXAMPLES_SHORT if short else EXAMPLES
                ),
            )


def hostile(place: Place, name: str, operation: t.Any, option: str, examples: int) -> str:
    """Try values in one option, the others being good ones."""
    api = Api(place.emulator)
    api.organizations("payments")
    api.repository("payments/api")
    spec = operation.argument_spec()
    base: Options = {key: value for key, value in place.connection.items() if key in spec}
    for other, entry in spec.items():
        if entry.get("required") and other != option:
            base[other] = NAMES.get(name, "devs") if other == "name" else GOOD.get(other, good(entry))

    if option in PAIR:
        base = {**{key: value for key, value in base.items() if key != "quay_token"}, **PAIR}
    found: list[str] = []

    # The same values each time, so that what fails can be tried again.
    @settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=CHECKS)
    @given(shaped(spec[option]), st.booleans())
    def tried(value: t.Any, check: bool) -> None:
        message = task(operation, {**base, option: value}, check)[1]
        fault = unclean(message) if message and not message.startswith("refused by Ansible") else ""
        if fault:
            found.append(f"{str(value)[:80]!r}: {fault}")
        assert not fault

    try:
        tried()
    except AssertionError:
        return found[-1]
    return ""


def good(entry: Options) -> t.Any:
    """A value that Ansible takes."""
    if entry.get("choices"):
        return entry["choices"][0]
    return {"int": 1, "float": 1.0, "bool": True, "list": [], "dict": {}}.get(entry.get("type", "str"), "devs")


def shaped(entry: Options) -> st.SearchStrategy[t.Any]:
    """Hostile values as they are, and within what the option may hold."""
    suboptions = entry.get("options")
    inner = VALUES
    if suboptions:
        inner = st.fixed_dictionaries(
            {name: shaped(one) for name, one in suboptions.items() if one.get("required")},
            optional={name: shaped(one) for name, one in suboptions.items() if not one.get("required")},
        )
    if entry.get("type") == "list":
        return st.one_of(st.lists(inner, max_size=3), VALUES)
    return st.one_of(inner, VALUES) if suboptions else VALUES
