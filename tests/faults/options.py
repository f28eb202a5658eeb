# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hostile values in every option of every module: refused, or handled; never an error that nobody expects."""

from __future__ import annotations

import os
import typing as t

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.faults.case import REFUSED, Case, Options, Place, task, unclean
from tests.faults.examples import fitting, operation_of
from tests.tools.generate import modules

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
        *("wait", "wait_timeout", "workers"),
    ]
)
EVERYWHERE = ("quay_apply", "quay_login", "quay_team")
EXAMPLES, EXAMPLES_SHORT = 60, 3
# One hostile value is as good as the smallest, which takes long to find.
SETTINGS = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def cases(short: bool) -> t.Iterator[Case]:
    """Each option of each module; those of the connection, which are the same everywhere, of some."""
    count = EXAMPLES_SHORT if short else EXAMPLES
    for name in modules():
        operation = operation_of(name)
        tried = operation.argument_spec() if name in EVERYWHERE else operation.spec
        for option in sorted(tried.keys() - LEFT_ALONE):
            yield Case(f"{name}: {option}", lambda place, n=name, o=option: hostile(place, n, o, count))


def hostile(place: Place, name: str, option: str, count: int) -> str:
    """Try values in one option of an example."""
    # Some modules write files.
    os.chdir(place.folder)
    operation = operation_of(name)
    example, base = fitting(name, option, place.connection)
    example.prepare(place)
    found: list[str] = []

    # The same values each time, so that what fails can be tried again.
    @settings(SETTINGS, max_examples=count)
    @given(shaped(operation.argument_spec()[option]), st.booleans())
    def tried(value: t.Any, check: bool) -> None:
        message = task(operation, {**base, option: value}, check)[1]
        fault = unclean(message) if message and not message.startswith(REFUSED) else ""
        if fault:
            found.append(f"{str(value)[:80]!r}: {fault}")
        assert not fault

    try:
        tried()
    except AssertionError:
        return found[-1]
    return ""


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
