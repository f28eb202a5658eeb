# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the operation of quay_apply, which makes a whole registry agree with a document."""

from __future__ import annotations

import dataclasses

from ..._client.workers import Workers
from ..._document.executor import Executor
from ..._document.files import load
from ..._document.item import Item, Verdict
from ..._document.merging import Merger
from ..._document.planner import Planner
from ..._document.pruning import Pruning, refusal
from ..._document.reader import Document, DocumentReader
from ..._engine.operation import Context, Operation, Params
from ..._errors import BadInput, QuayError, unexpected
from .report import failures_of, message_of, report
from .sections import SECTIONS

READER = DocumentReader(SECTIONS)
POLICY: Params = {"exclusive": [], "protect": [], "max_deletions": 10}
SPEC: Params = {
    "document": {"type": "dict"},
    "src": {"type": "path"},
    **READER.policy_spec(),
    "allow_data_loss": {"type": "bool", "default": False},
    "robot_tokens": {"type": "bool", "default": False, "no_log": False},
    "workers": {"type": "int", "default": 4},
}


def apply_document(context: Context) -> Params:
    """Observe, plan and, unless in check mode, apply.

    Raises QuayError, whose result says what was done, or what the plan is if it was refused.
    """
    document = _document(context)
    pruning = _pruning(context.params, document)
    workers = Workers(context.client, context.params["workers"])
    try:
        also = frozenset(["tokens"] if context.params["robot_tokens"] else [])
        planner = Planner(context.client, workers, READER, document, pruning, also)
        planner.plan(context.tell)
        every = planner.every()
        refused = refusal(planner.reads, READER.sections, every, pruning.max_deletions)
        if not refused and not context.check_mode:
            Executor(READER.sections, every, pruning, workers, context.tell).run()
    finally:
        workers.close()
    for sentence in dict.fromkeys(sentence for item in every for sentence in item.work.planned.warnings):
        context.warn(sentence)
    if refused:
        raise QuayError(refused, {**report(every, pruning, context.diff), "changed": False})
    returned = _finish(context, every)
    result = report(every, pruning, context.diff)
    # A plan is a promise: in check mode it is the change.
    changed = any(item.work.planned.steps if context.check_mode else item.work.done for item in every)
    result = {**result, "changed": changed, **failures_of(every), **returned}
    message = message_of(every)
    if message:
        raise QuayError(message, result)
    return result


def _document(context: Context) -> Document:
    given = context.params["document"]
    document = READER.read(
        load(context.params["src"], context.basedir, Merger(READER.sections)) if given is None else given
    )
    context.secrets.update(document.secrets)
    document.refuse_faults()
    return document


def _pruning(params: Params, document: Document) -> Pruning:
    """What may be deleted: options of the task take precedence over the document's policy."""
    policy = {
        name: next(one for one in (params[name], document.policy.get(name), default) if one is not None)
        for name, default in POLICY.items()
    }
    if policy["max_deletions"] < 0:
        raise BadInput("max_deletions", policy["max_deletions"], "use 0 or more")
    return Pruning(
        frozenset(policy["exclusive"]),
        tuple(name.strip() for name in policy["protect"]),
        policy["max_deletions"],
        params["allow_data_loss"],
    )


def _finish(context: Context, items: list[Item]) -> Params:
    """What Quay generated, by full name; a failure of the last look, or of a last change, is one of its item."""
    shown: Params = {}
    for item in items:
        if not item.path:
            continue
        for key in item.section.returned.once:
            shown.setdefault(key, {})
        if item.removes or (item.failure and not item.work.answers):
            continue
        returned = item.work.returned()
        if not item.failure:
            item.judge(_finished(context, item, returned))
        shown = _with(shown, item, returned)
    if not context.params["robot_tokens"]:
        shown.pop("tokens", None)
    return shown


def _finished(context: Context, item: Item, returned: Params) -> Verdict:
    try:
        item.section.returned.finish(dataclasses.replace(context, params={**context.params, **item.params}), returned)
    except QuayError as error:
        returned.update(error.result)
        return Verdict(failure=str(error))
    except Exception as error:  # what Quay returned once to others must not be lost with it
        return Verdict(failure=unexpected(error, item.title))
    return Verdict()


def _with(shown: Params, item: Item, returned: Params) -> Params:
    """Keyed by the full name, which is unique within the kind."""
    once = item.section.returned.once
    values = {key: {**shown[key], item.label: returned[name]} for key, name in once.items() if name in returned}
    return {**shown, **values}


APPLY = Operation(
    SPEC,
    apply_document,
    {"mutually_exclusive": [("document", "src")], "required_one_of": [("document", "src")]},
    hides=lambda params: set(READER.secrets_in(params.get("document"))),
)
