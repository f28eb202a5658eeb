# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all kinds of faults share: a case, a place to try it in, and what a clean failure is."""

from __future__ import annotations

import dataclasses
import multiprocessing
import pathlib
import re
import typing as t

from tests.integration.emulator import TOKEN, Emulator

USERS = ("alice", "bob", "carol")
# A message must not be longer: the server's own words are cut at 2,000 characters.
LONGEST_MESSAGE = 4000
REFUSED = "refused by Ansible: "
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
Options = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Place:
    """A fresh emulator and an empty folder."""

    emulator: Emulator
    folder: pathlib.Path

    @property
    def connection(self) -> Options:
        """Options that reach the emulator as its superuser."""
        return {"quay_host": self.emulator.url, "quay_token": TOKEN}


@dataclasses.dataclass(frozen=True)
class Case:
    """``attempt`` returns what is wrong, or nothing; ``settings`` are those of the emulator."""

    name: str
    attempt: t.Callable[[Place], str | None]
    settings: Options = dataclasses.field(default_factory=dict)


def unclean(message: str, *secrets: str) -> str:
    """What is wrong with an error message, or an empty text."""
    if "Unexpected" in message or "Traceback" in message:
        return f"not a message for users: {message[:300]}"
    if any(secret in message for secret in secrets):
        return "the message holds a secret"
    if UNPRINTABLE.search(message):
        return f"control characters in the message: {message[:300]!r}"
    if len(message) > LONGEST_MESSAGE:
        return f"a message of {len(message)} characters: {message[:200]}"
    return "" if message.strip() else "an empty message"


def task(operation: t.Any, options: Options, check: bool = False) -> tuple[Options | None, str]:
    """The result of an operation, and else the message of its failure; what nobody expects becomes ``Unexpected``."""
    from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
    from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError

    params, refusals = _checked(operation, options)
    if refusals:
        return None, f"{REFUSED}{refusals[0]}"
    context = Context(params, check, True, lambda _text: None, ".", no_log=True)
    try:
        return operation.start(context), ""
    except QuayError as error:
        return None, str(error)
    except Exception as error:
        return None, f"Unexpected {type(error).__name__}: {error}"


def refused(operation: t.Any, options: Options) -> bool:
    """Whether Ansible itself refuses the options."""
    return bool(_checked(operation, options)[1])


def _checked(operation: t.Any, options: Options) -> tuple[Options, list[str]]:
    """The options as a door passes them on, and what Ansible itself refuses."""
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
    from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import specified

    validator = ArgumentSpecValidator(operation.argument_spec(), **operation.all_constraints())
    try:
        checked = validator.validate(specified(options, operation.connection))
    except (OverflowError, TypeError) as error:
        # Ansible's own, in any module of anybody: an infinite number, and a number for a mapping with options.
        return {}, [str(error)]
    return checked.validated_parameters, checked.error_messages


def aside(work: t.Callable[[], t.Any], seconds: float) -> t.Any:
    """What ``work`` returns in a process of its own; None if it is not done after so many seconds, and then killed."""
    return together([work], seconds)[0]


def together(works: t.Sequence[t.Callable[[], t.Any]], seconds: float) -> list[t.Any]:
    """What each returns in a process of its own, all started at once; None for those that are not done in time."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(len(works))
    pipes, processes = [], []
    for work in works:
        receiver, sender = context.Pipe(duplex=False)

        def run(work: t.Callable[[], t.Any] = work, sender: t.Any = sender) -> None:
            gate.wait()
            sender.send(work())

        process = context.Process(target=run, daemon=True)
        process.start()
        pipes.append(receiver)
        processes.append(process)
    results = [receiver.recv() if receiver.poll(seconds) else None for receiver in pipes]
    for process in processes:
        process.kill()
        process.join()
    return results
