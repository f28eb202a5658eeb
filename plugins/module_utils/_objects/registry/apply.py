# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_apply, which makes a whole registry agree with a document."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ..._client.workers import Workers
from ..._document.executor import Executor
from ..._document.files import load
from ..._document.planner import Planner, Pruning
from ..._document.reader import Document, DocumentReader
from ..._document.section import Item
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, QuayError
from .sections import SECTIONS

READER = DocumentReader(SECTIONS)
EXCLUSIVE = sorted(
    {section.name for section in READER.sections if section.listed and not section.single}
    | {name for section in READER.sections for name in section.sets}
)
SPEC: Params = {
    "document": {"type": "dict"},
    "src": {"type": "path"},
    "exclusive": {"type": "list", "elements": "str", "choices": EXCLUSIVE, "default": []},
    "protect": {"type": "list", "elements": "str", "default": []},
    "max_deletions": {"type": "int", "default": 10},
    "allow_data_loss": {"type": "bool", "default": False},
    "robot_tokens": {"type": "bool", "default": False, "no_log": False},
    "workers": {"type": "int", "default": 4},
}


def apply_document(context: Context) -> Params:
    """Observe, plan and, unless in check mode, carry out; raises QuayError with the result of what was done."""
    params = context.params
    if params["max_deletions"] < 0:
        raise BadInput("max_deletions", params["max_deletions"], "it must be 0 or more")
    document = READER.read(
        params["document"] if params["document"] is not None else load(params["src"], context.basedir)
    )
    context.secrets.update(document.secrets)
    document.refuse_faults()
    pruning = Pruning(
        frozenset(params["exclusive"]),
        tuple(name.strip() for name in params["protect"]),
        params["max_deletions"],
        params["allow_data_loss"],
    )
    workers = Workers(context.client, params["workers"])
    try:
        also = frozenset(["tokens"] if params["robot_tokens"] else [])
        planner = Planner(context.client, workers, READER, document, pruning, also)
        planner.plan(context.tell)
        if not context.check_mode:
            changing = planner.changing()
            Executor(READER.sections, changing, planner.why_kept, planner.harms, workers, context.tell).run()
    finally:
        workers.close()
    return _result(context, planner, document)


def _result(context: Context, planner: Planner, document: Document) -> Params:
    every = [item for section in READER.sections for item in document.items[section]]
    told = _told(context, every)
    items = [*every, *planner.pruned]
    for sentence in dict.fromkeys(sentence for item in items for sentence in item.work.planned.warnings):
        context.warn(sentence)
    by_item = {item: list(_lines(item, planner)) for item in items}
    lines = [line for several in by_item.values() for line in several]
    summary = collections.Counter(line["action"] for line in lines)
    summary["failed"] = sum(bool(item.failure) for item in items)
    summary["unchanged"] = sum(not (item.failure or by_item[item]) for item in every)
    result: Params = {
        "changed": any(item.work.done if not context.check_mode else item.work.planned.steps for item in items),
        "plan": lines,
        "summary": {name: summary[name] for name in ("create", "change", "delete", "keep", "unchanged", "failed")},
        **told,
    }
    if context.diff:
        result["diff"] = [item.work.planned.diff(item.title) for item in items if item.work.planned.steps]
    failures = [f"{item.title}: {item.failure}" for item in items if item.failure]
    if failures:
        verb = "is" if len(failures) == 1 else "are"
        raise QuayError("\n".join([f"{_count(failures, 'object')} {verb} not as declared:", *failures]), result)
    return result


def _count(things: t.Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def _told(context: Context, items: list[Item]) -> Params:
    """What Quay generated, by the name of the account; a failure of the last look is one of its item."""
    told: Params = {}
    for item in items:
        for key in item.section.returned_once:
            told.setdefault(key, {})
        if item.removes or (item.failure and not item.work.answers):
            continue
        returned = item.work.returned()
        if not item.failure:
            try:
                item.section.finish(dataclasses.replace(context, params={**context.params, **item.params}), returned)
            except QuayError as error:
                item.failure = str(error)
                returned.update(error.result)
        for key, name in item.section.returned_once.items():
            if name in returned:
                told[key][item.params[item.section.resource.keys[0].name]] = returned[name]
    if not context.params["robot_tokens"]:
        told.pop("tokens", None)
    return told


def _lines(item: Item, planner: Planner) -> t.Iterator[Params]:
    """What the plan of an item says, field by field."""
    the_plan = item.work.planned
    line = {
        "object": item.title,
        "kind": item.section.resource.kind,
        "organization": _organization(item),
        "declared": bool(item.path),
        "protected": bool(item.kept_because and planner.protecting(item.section, item.work.names)),
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


def _organization(item: Item) -> str:
    """The organization that the item is, or is a part of; empty for a user."""
    while item.parent:
        item = item.parent
    return str(item.params["name"]) if item.section.name == "organizations" else ""


APPLY = Operation(
    SPEC,
    apply_document,
    {"mutually_exclusive": [("document", "src")], "required_one_of": [("document", "src")]},
    hides=lambda params: set(READER.secrets_in(params.get("document"))),
)
