# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the result of quay_apply, read from its items. Pure."""

from __future__ import annotations

import collections
import typing as t

from ..._document.item import Item
from ..._document.pruning import Pruning
from ..._engine.operation import Params

NUMBERS = ("create", "change", "delete", "keep", "unchanged", "failed")


def report(items: list[Item], pruning: Pruning, diff: bool) -> Params:
    """The keys plan and summary, and diff if asked for."""
    by_item = {item: list(_lines(item, pruning)) for item in items}
    lines = [line for several in by_item.values() for line in several]
    summary = collections.Counter(line["action"] for line in lines)
    summary["failed"] = sum(bool(item.failure) for item in items)
    summary["unchanged"] = sum(bool(item.path) and not (item.failure or by_item[item]) for item in items)
    result: Params = {"plan": lines, "summary": {name: summary[name] for name in NUMBERS}}
    if diff:
        result["diff"] = [item.work.planned.diff(item.title) for item in items if item.work.planned.steps]
    return result


def failures_of(items: list[Item]) -> Params:
    """The key failures, which names every object that is not as declared; nothing if all are."""
    failed = [{**_identity(item), "failure": item.failure} for item in items if item.failure]
    return {"failures": failed} if failed else {}


def message_of(items: list[Item]) -> str:
    """Each failure in a line, and of all that one of them prevented only how many; empty if all is well."""
    failed = [item for item in items if item.failure]
    if not failed:
        return ""
    prevented = collections.Counter(item.verdict.cause for item in failed if item.verdict.cause)
    lines = [
        f"{count(failed, 'object')} {'is' if len(failed) == 1 else 'are'} not as declared:",
        *(f"{item.title}: {item.failure}" for item in failed if not item.verdict.cause),
        *(
            f"{count(range(number), 'object')} {'was' if number == 1 else 'were'} not tried: {cause}"
            for cause, number in prevented.items()
        ),
    ]
    return "\n".join(lines)


def count(things: t.Sized, noun: str) -> str:
    """``2 objects``, ``1 object``."""
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def _lines(item: Item, pruning: Pruning) -> t.Iterator[Params]:
    """What the plan of an item says, field by field."""
    the_plan = item.work.planned
    line = {
        **_identity(item),
        "declared": bool(item.path),
        "protected": bool(item.kept_because and pruning.protecting(item)),
    }
    kept = item.kept_because or ("" if the_plan.steps or item.failure else " ".join(the_plan.warnings))
    if kept:
        yield {**line, "action": "keep", "fields": {}, "reason": kept}
    elif the_plan.steps:
        action = "create" if the_plan.before is None else "delete" if the_plan.after is None else "change"
        before, after = the_plan.before or {}, the_plan.after or {}
        fields = {
            name: {"from": before.get(name), "to": after.get(name)}
            for name in sorted({**before, **after})
            if before.get(name) != after.get(name)
        }
        yield {**line, "action": action, "fields": fields, **({"failure": item.failure} if item.failure else {})}


def _identity(item: Item) -> Params:
    return {"object": item.title, "kind": item.section.resource.kind, "organization": _organization(item)}


def _organization(item: Item) -> str:
    """The organization that the item is, or is a part of; empty for a user."""
    while item.parent:
        item = item.parent
    return str(item.params["name"]) if item.section.name == "organizations" else ""
