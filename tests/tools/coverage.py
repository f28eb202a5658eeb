# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make coverage`: what of Quay's API the modules manage, read or leave out, as the page api_coverage.rst shows it.

Which module sends which request is not written by hand: each story of tests/integration/targets records what its module
has sent with success (routes.txt). docs/coverage.yml has the routes, and a reason for each that no module uses.
"""

from __future__ import annotations

import collections
import re
import sys
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ROOT / "tests" / "integration" / "targets"
COVERAGE = yaml.safe_load((ROOT / "docs" / "coverage.yml").read_text(encoding="utf-8"))
# In the table; quay_apply and quay_export send what other modules send.
MOST_NAMED = 3
DOCUMENT = ("quay_apply", "quay_export")


def routes() -> list[str]:
    """Method and path of all that Quay's API description has, such as ``GET /organization/{orgname}``."""
    return [f"{method} {path}" for path, methods in COVERAGE["routes"].items() for method in methods]


def route_of(method: str, path: str) -> str | None:
    """The route of a request; ``path`` is below /api/v1. None if the API description does not have it."""
    path = path.partition("?")[0]
    # Of several, Quay takes the one with fewer variable parts.
    fitting = [known for known in COVERAGE["routes"] if _form(known).fullmatch(path)]
    best = max(fitting, key=lambda known: len(re.sub(r"\{\w+\}", "", known)), default=None)
    return f"{method} {best}" if best and method in COVERAGE["routes"][best] else None


def _form(path: str) -> re.Pattern[str]:
    """A repository holds slashes, other parts do not."""
    parts = re.split(r"(\{\w+\})", path.rstrip("/"))
    expressions = {"{repository}": "[^/]+/.+"}
    texts = [expressions.get(part, "[^/]+") if part.startswith("{") else re.escape(part) for part in parts]
    return re.compile("".join(texts) + "/?")


def module_of(story: str) -> str | None:
    """The module that a story is about: ``quay_apply`` for ``quay_apply_ldap``."""
    modules = [file.stem for file in (ROOT / "plugins" / "modules").glob("quay_*.py")]
    return max((name for name in modules if f"{story}_".startswith(f"{name}_")), key=len, default=None)


def recorded() -> dict[str, list[str]]:
    """The modules of each route that a story has recorded, or that is listed; those first that do little else."""
    sent: dict[str, set[str]] = collections.defaultdict(set)
    for file in TARGETS.glob("*/routes.txt"):
        module = module_of(file.parent.name)
        if module:
            sent[module].update(file.read_text(encoding="utf-8").splitlines())
    for module, more in COVERAGE["also"].items():
        sent[module].update(more)
    users: dict[str, list[str]] = collections.defaultdict(list)
    for module in sorted(sent, key=lambda name: (name in DOCUMENT, len(sent[name]), name)):
        for route in sent[module]:
            users[route].append(module)
    return users


def left_out(kind: t.Literal["left_out", "same"]) -> dict[str, str]:
    """The reasons of docs/coverage.yml by route."""
    return {route: entry["reason"] for entry in COVERAGE[kind] for route in entry["routes"]}


def summary() -> str:
    """One line with the figures."""
    users, same = recorded(), left_out("same")
    covered = [route for route in routes() if route in users or route in same]
    read = sum(route.startswith("GET ") for route in covered)
    every = len(routes())
    return f"managed {len(covered) - read}, read {read}, left out {every - len(covered)} of {every}"


def table() -> str:
    """The table in RST: each route with its modules or the reason."""
    users, same, reasons = recorded(), left_out("same"), left_out("left_out")
    lines = [f"{summary().capitalize()}.", "", ".. list-table::", "   :header-rows: 1", "   :widths: 45 55", ""]
    lines += ["   * - Route", "     - Module, or why there is none"]
    for route in routes():
        if route in users:
            text = _named(users[route])
        elif route in same:
            text = f"*{same[route]}*"
        else:
            text = f"none: {reasons.get(route, 'not yet')}"
        lines += [f"   * - ``{route}``", f"     - {text}"]
    return "\n".join(lines)


def _named(modules: list[str]) -> str:
    names = [f":ansplugin:`{name} <dockhand.quay.{name}#module>`" for name in modules[:MOST_NAMED]]
    return ", ".join(names) + (f" and {len(modules) - MOST_NAMED} more" if len(modules) > MOST_NAMED else "")


if __name__ == "__main__":
    print(summary())
    missing = [route for route in routes() if route not in {**recorded(), **left_out("same"), **left_out("left_out")}]
    if missing:
        sys.exit("\n".join(["neither used nor left out with a reason:", *missing]))
