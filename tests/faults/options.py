# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hostile values in every option of every module: refused, or handled; never an error that nobody expects."""

from __future__ import annotations

import os
import re
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
    *("*", "[", "(", "[[a]", "(a+)+$", "a{9999999999}", "(" * 5000 + ")" * 5000),
    *("@", "a@b", "http://[::1", "http://a:b@c/", "file:///etc/passwd", "javascript:1"),
)
NUMBERS = (0, -1, 1, 2**31, 2**63, 10**400, 0.5, -0.0, 1e308, float("inf"), float("nan"))
OTHERS = (None, True, [], [None], {}, {"": ""}, [[]], [{}], {"name": {"name": []}}, ["x"] * 1000)
VALUES = st.one_of(
    *(st.sampled_from(group) for group in (TEXTS, NUMBERS, OTHERS)),
    st.text(max_size=60),
    st.integers(),
    st.recursive(st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner)),
)
# Every one of these is refused; others of these options may name a server, or take their time.
HOSTS = (
    *("..", "a..b", ".git", "a b", "a\nb", "\0", "a\0b", "\x1b[2J", "\ud800", "\u202e", "\u00e9", "{{ 1 }}", "%2e%2e"),
    *(
        "http://",
        "http://[::1",
        "[1::2::3]",
        "[]",
        "http://a:b@c/",
        "a@b",
        "a?x=1",
        "a#x",
        "a\\b",
        "$(id)",
        "; id",
        "*",
    ),
    *("ftp://quay", "file:///etc/passwd", "https://https://a", "quay:", "quay:0", "quay:-1", "quay:65536", "?"),
    *("quay:9" + "9" * 400, "x" * 64, "x." * 128, "x" * 100_000, "/", "//", "quay/api/v1", "quay/api/v1/"),
)
NOT_A_NUMBER, INFINITE = float("nan"), float("inf")
SECONDS = (0, -0.0, -1, -1e308, 86401, 2**63, 1e308, INFINITE, -INFINITE, NOT_A_NUMBER, "0", "-1", "nan", "1e400")
REFUSED_VALUES: dict[str, tuple[t.Any, ...]] = {
    "quay_host": HOSTS,
    **dict.fromkeys(("timeout", "wait_timeout", "wait_interval"), SECONDS),
    "workers": (0, -1, 33, 2**31, 2**63, "0", "-1"),
}
# What hypothesis makes may be the name of a server; files.py tries paths.
LEFT_ALONE = frozenset(["quay_host", "src", "dest"])
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
        for option in sorted(tried.keys() & REFUSED_VALUES.keys()):
            yield Case(f"{name}: refused {option}", lambda place, n=name, o=option: accepted(place, n, o))


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


def accepted(place: Place, name: str, option: str) -> str:
    """Each of these values gives a sentence with option, value and rule, before any request."""
    operation = operation_of(name)
    _example, base = fitting(name, option, place.connection)
    # Some are looked at only where they are needed.
    waiting = {"wait": True} if option.startswith("wait_") and "wait" in operation.spec else {}
    for value in REFUSED_VALUES[option]:
        message = task(operation, {**base, **waiting, option: value})[1]
        refusal = re.match(rf"{option}: invalid value .+: .+\.$", message)
        fault = unclean(message) or ("" if refusal else f"{message or 'accepted'}")
        if fault:
            return f"{str(value)[:80]!r}: {fault[:300]}"
    sent = place.emulator.switch("GET", "requests")
    return f"{len(sent)} requests were sent" if sent else ""


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
