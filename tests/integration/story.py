# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the tasks of a story to the play that proves them. Pure: tasks in, tasks out.

Every task of a dockhand.quay module becomes up to three:
* "check": the same in check mode; what it predicts must then happen (not with the tag no_check);
* "real": the task itself;
* "again": the same once more; it must be unchanged (not with the tag not_idempotent, nor with failed_when).
The variables story_twin and story_step tell the callback plugin which one it is, and of which task.
"""

from __future__ import annotations

import re
import typing as t

Task = dict[str, t.Any]

PREFIX = "dockhand.quay.quay_"
BLOCKS = ("block", "rescue", "always")
AGAIN_REGISTER = "story_again"
# Around a task that waits for something, only the task itself waits.
WAITING = ("until", "retries", "delay")
# What looks at a result may name it; everything else is evaluated before there is one.
LATE = ("register", "failed_when", "changed_when", "name", "until")


class BadStory(Exception):
    """A story that cannot be told in check mode, for real and again; the text says what to write instead."""


def module_of(task: Task) -> str:
    """The short name of the dockhand.quay module that ``task`` runs, or an empty text."""
    return next((key.rsplit(".", 1)[1] for key in task if key.startswith(PREFIX)), "")


def options_of(task: Task) -> dict[str, t.Any]:
    """The options as the story writes them."""
    return t.cast("dict[str, t.Any]", next((task[key] or {} for key in task if key.startswith(PREFIX)), {}))


def tags_of(task: Task) -> set[str]:
    """The tags that the task itself bears."""
    tags = task.get("tags") or []
    return {tags} if isinstance(tags, str) else set(tags)


def expand(tasks: t.Sequence[Task] | None, source: str, steps: dict[str, Task]) -> list[Task]:
    """The tasks of the file ``source`` with their twins; ``steps`` collects the original tasks by their number."""
    expanded: list[Task] = []
    for task in tasks or ():
        sections = {name: expand(task[name], source, steps) for name in BLOCKS if name in task}
        if sections:
            expanded.append({**task, **sections})
        elif module_of(task) and "check_mode" not in task:
            number = f"{source}:{len(steps) + 1}"
            steps[number] = task
            expanded.extend(twins(task, number))
        else:
            expanded.append(task)
    return expanded


def twins(task: Task, number: str) -> t.Iterator[Task]:
    """The check twin, the task itself, and the second run."""
    _refuse_shadow(task, number)
    tags = tags_of(task)
    task = _open(task)
    calm = {key: value for key, value in task.items() if key not in WAITING}
    if "no_check" not in tags:
        yield _marked(calm, "check", number, check_mode=True)
    yield _marked(task, "real", number)
    if "not_idempotent" not in tags and "failed_when" not in task:
        yield _marked(calm, "again", number, **({"register": AGAIN_REGISTER} if "register" in task else {}))


def _marked(task: Task, twin: str, number: str, **changes: t.Any) -> Task:
    marks = {"story_twin": twin, "story_step": number}
    return {**task, **changes, "vars": {**(task.get("vars") or {}), **marks}}


def _open(task: Task) -> Task:
    """Without no_log, so that results can be compared and masking is really tested.

    A loop keeps it, since Ansible shows the items, and quay_login, which does not run without.
    """
    looped = any(key == "loop" or key.startswith("with_") for key in task)
    if looped or module_of(task) == "quay_login":
        return task
    return {key: value for key, value in task.items() if key != "no_log"}


def _refuse_shadow(task: Task, number: str) -> None:
    """A task that reads the variable which it registers would get another value after its check twin."""
    name = task.get("register")
    if not name:
        return
    early = {key: value for key, value in task.items() if key not in LATE}
    conditions = early.pop("when", ())
    texts = [*_templates(early), *(conditions if isinstance(conditions, list) else [conditions])]
    if any(re.search(rf"(?<![\w.']){re.escape(name)}\b", str(text)) for text in texts):
        raise BadStory(f"{number}: {task.get('name')!r} reads {name} and registers it too: register another name")


def _templates(value: t.Any) -> t.Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _templates(item)
    elif isinstance(value, list):
        for item in value:
            yield from _templates(item)
    elif isinstance(value, str) and "{{" in value:
        yield value
