# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a run of a story: one sentence for each fault. Pure."""

from __future__ import annotations

import functools
import importlib
import json
import typing as t

import jinja2

from tests.integration.budgets import BUDGETS, ONE_OFF, budget
from tests.integration.play import ROOT, Run
from tests.integration.story import module_of, options_of, tags_of
from tests.tools.generate import literal, modules

Event = dict[str, t.Any]

READS = ("GET", "HEAD")
# Keys of results that are Ansible's, not the module's.
OUTCOME = ("changed", "failed", "skipped", "msg", "diff")
LOOP = ("ansible_loop_var", "item", "results")
REMARKS = ("ansible_facts", "attempts", "deprecations", "exception", "failed_when_result", "skip_reason", "warnings")
# What Ansible adds to each result of a loop, or leaves of it.
ITEM = frozenset(["ansible_loop_var", "censored"])
ANSIBLE = frozenset([*OUTCOME, *LOOP, *REMARKS, "invocation"])
SHORTEST_SECRET = 8
# What a result tells of the run and not of an object.
OF_THE_RUN = frozenset(["summary"])
# What Quay itself changes from one look to the next.
MOVING = frozenset(["last_accessed", "last_updated"])
# What stands for a secret option in the invocation.
MASK = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def complaints(run: Run) -> list[str]:
    """All faults of one run."""
    events = [event for event in run.events if event["twin"]]
    return [
        *_failures(run),
        *(fault for real, check in pairs(events, "check") for fault in _unpredicted(real, check)),
        *(fault for real, again in pairs(events, "again") for fault in _not_settled(real, again)),
        *(fault for event in events for fault in _of_one(event, run)),
        *_leaks(run),
        *_other_door(run),
        *(f"the story left behind: {name}" for name in (() if run.status else run.left)),
    ]


def pairs(events: t.Iterable[Event], twin: str) -> t.Iterator[tuple[Event, Event]]:
    """Each real event with its twin: the one before it for "check", after it for "again"."""
    first, second = ("check", "real") if twin == "check" else ("real", "again")
    waiting: dict[str, Event] = {}
    for event in events:
        if event["twin"] == first:
            waiting[event["step"]] = event
        elif event["twin"] == second and event["step"] in waiting:
            other = waiting.pop(event["step"])
            yield (event, other) if twin == "check" else (other, event)


def items(event: Event) -> list[dict[str, t.Any]]:
    """The results of a loop, or the one result; a module may have a list of the same name."""
    results = event["result"].get("results") or [event["result"]]
    return t.cast("list[dict[str, t.Any]]", results if ITEM.intersection(results[0]) else [event["result"]])


def _failures(run: Run) -> t.Iterator[str]:
    if run.status:
        for event in run.events:
            if event["outcome"] == "failed":
                shown = {key: value for key, value in event["result"].items() if key != "invocation"}
                yield f"{_title(event)} failed: {json.dumps(shown)[:1500]}"
    if run.status and not any(event["outcome"] == "failed" for event in run.events):
        yield f"ansible-playbook ended with {run.status}: {run.output[-1500:]}"
    if "Failure using method" in run.output or "Callback" in run.output.split("PLAY [", 1)[0]:
        yield "the callback plugin of the harness failed (see the output)"


def _other_door(run: Run) -> t.Iterator[str]:
    """The action tells at -vvv which way it went; with become and the like it has no choice."""
    marks = {"worker": ": as a module: quay_in_worker", "module": ": in the worker"}
    if run.sample is not None:
        expected = sum(event["step"] in run.sample and event["outcome"] != "skipped" for event in run.events)
        if run.output.count(marks["worker"]) < expected:
            yield f"fewer than {expected} tasks went through the module door"
        return
    line = next((line for line in run.output.splitlines() if marks[run.door] in line), None)
    if line is not None:
        yield f"not through the door that was asked for: {line[:200]}"


def _unpredicted(real: Event, check: Event) -> t.Iterator[str]:
    """Check mode must tell what then happens."""
    if real["outcome"] == "failed":
        return
    if len(items(real)) != len(items(check)):
        yield f"{_title(real)}: the loop had {len(items(check))} items in check mode, {len(items(real))} for real"
    for happened, predicted in zip(items(real), items(check)):
        for key in OUTCOME:
            if predicted.get(key) != happened.get(key) and (key != "msg" or "failed" in happened):
                yield f"{_title(real)}: predicted {key} {predicted.get(key)!r}, happened {happened.get(key)!r}"
        for key in sorted(predicted.keys() - ANSIBLE):
            if not key.startswith("_ansible") and not foretells(predicted[key], happened.get(key)):
                yield f"{_title(real)}: predicted {key} {predicted[key]!r}, happened {happened.get(key)!r}"


def foretells(predicted: t.Any, happened: t.Any) -> bool:
    """Equal, but for what only the server can know, which check mode gives as null."""
    if isinstance(predicted, dict) and isinstance(happened, dict):
        return predicted.keys() == happened.keys() and all(
            foretells(value, happened[key]) for key, value in predicted.items()
        )
    if isinstance(predicted, list) and isinstance(happened, list):
        return len(predicted) == len(happened) and all(map(foretells, predicted, happened))
    return predicted is None or bool(predicted == happened)


def agree(first: t.Any, second: t.Any) -> bool:
    """Whether two results of one object differ nowhere in what both have: a new object is known completely."""
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return True
    return all(first[key] == second[key] for key in (first.keys() & second.keys()) - MOVING)


def _not_settled(real: Event, again: Event) -> t.Iterator[str]:
    """The second run changes nothing and finds what the first one returned."""
    for first, second in zip(items(real), items(again)):
        if second.get("failed"):
            yield f"{_title(again)}: the second run failed: {second.get('msg')}"
        if second.get("changed"):
            yield f"{_title(again)}: changed again: {json.dumps(second.get('diff'))}"
        for key in sorted((first.keys() & second.keys()) - ANSIBLE - OF_THE_RUN):
            if not agree(first[key], second[key]):
                yield f"{_title(again)}: returned {key} {second[key]!r}, the first time {first[key]!r}"


def _of_one(event: Event, run: Run) -> t.Iterator[str]:
    results = items(event)
    task = run.steps[event["step"]]
    told = [text for result in [event["result"], *results] for text in result.get("warnings") or ()]
    told += [str(text) for result in [event["result"], *results] for text in result.get("deprecations") or ()]
    if told and "warns" not in tags_of(task) | set(event["tags"]):
        yield f"{_title(event)}: unexpected warning: {told[0]}"
    for result in results:
        if not isinstance(result.get("changed", False), bool):
            yield f"{_title(event)}: changed is {result['changed']!r}"
    if "requests" not in event:
        return
    sent = event["requests"]
    writes = [request for request in sent if request["method"] not in READS and "/signin" not in request["path"]]
    if event["twin"] == "check" and writes:
        yield f"{_title(event)}: check mode sent {_listed(writes)}"
    if any(": invalid value " in str(result.get("msg")) for result in results) and sent:
        yield f"{_title(event)}: bad input was refused only after {_listed(sent)}"
    module = module_of(task)
    # A sign-in serves all objects of a run.
    sent = [request for request in sent if "/signin" not in request["path"]]
    # That an object's parent is missing takes one more read to prove.
    proofs = sum((request["status"] or 0) >= 400 for request in sent)
    if module in BUDGETS and event["twin"] == ("real" if module in ONE_OFF else "again"):
        limit = sum(budget(module, options_of(task), result) for result in results) + proofs
        if len(sent) > limit:
            yield f"{_title(event)}: {len(sent)} requests, budget {limit}: {_listed(sent)}"


def _leaks(run: Run) -> t.Iterator[str]:
    """No secret in the output of -vvv; what Quay generates only under its documented key."""
    given = {value for name, value in run.credentials.items() if name != "quay_username"}
    given |= {text for task in run.steps.values() for text in secret_options(task, run.variables)}
    for secret in sorted(given):
        line = next((line for line in run.output.splitlines() if secret in line), None)
        if len(secret) >= SHORTEST_SECRET and line is not None:
            yield f"a secret is in the output: {line.replace(secret, '<SECRET>').strip()[:300]}"
    events = [event for event in run.events if event["twin"]]
    secrets = {text for event in events for text in generated(event["result"])}
    for event in events:
        for key, text in _texts(event["result"]):
            if key not in secret_keys() and any(secret in text for secret in secrets):
                yield f"{_title(event)}: a secret that Quay generated is in {key}"


@functools.cache
def secret_keys() -> frozenset[str]:
    """The keys of results for which the documentation asks for no_log: what Quay generates is there, and only there."""
    found = (literal(ROOT / "plugins" / "modules" / f"{module}.py", "RETURN") or {} for module in modules())
    return frozenset(key for keys in found for key, entry in keys.items() if "C(no_log)" in str(entry["description"]))


def generated(result: t.Any) -> set[str]:
    """What Quay generated, as a result has it."""
    texts = {text for key, text in _texts(result) if key in secret_keys() and MASK not in text}
    # Of a key in several lines, the longest word stands for all of it.
    words = {max(text.split(), key=len, default="") for text in texts}
    return {word for word in words if len(word) > SHORTEST_SECRET}


def secret_options(task: dict[str, t.Any], variables: dict[str, t.Any]) -> set[str]:
    """The values of password options that the story gives as text or by the variables of the harness."""
    module = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{module_of(task)}")
    written = _secrets_in(options_of(task), module.OPERATION.argument_spec())
    return {_rendered(value, variables) for value in written} - {""}


def _secrets_in(options: t.Any, spec: dict[str, t.Any]) -> t.Iterator[str]:
    if not isinstance(options, dict):
        return
    for name, entry in spec.items():
        for value in (options.get(key) for key in (name, *entry.get("aliases", ())) if key in options):
            if entry.get("no_log") and isinstance(value, str):
                yield value
            for inner in value if isinstance(value, list) else [value]:
                yield from _secrets_in(inner, entry.get("options") or {})


def _rendered(text: str, variables: dict[str, t.Any]) -> str:
    if "{{" not in text:
        return text
    try:
        return jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(text).render(**variables)
    except jinja2.TemplateError:
        return ""


def _texts(value: t.Any, key: str = "") -> t.Iterator[tuple[str, str]]:
    """Every text within ``value`` with the key above it, which of secrets by name is that of all of them."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, key if key in secret_keys() else name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)
    elif isinstance(value, str):
        yield key, value


def _title(event: Event) -> str:
    return f"[{event['twin'] or 'task'} {event['step'] or ''}] {event['name']}"


def _listed(sent: t.Iterable[Event]) -> str:
    return ", ".join(f"{request['method']} {request['path']}" for request in sent)
