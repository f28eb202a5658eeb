# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: every expected failure, each with one message; and what is said of an unexpected one."""

from __future__ import annotations

import traceback
import typing as t

from ._text.shown import visible

_COLLECTION = "dockhand/quay/"


class QuayError(Exception):
    """An expected failure; ``str(error)`` is the sentence that the user reads.

    ``result`` holds keys for the task's result that must not be lost with the failure,
    such as a password that the server generates only once.
    """

    def __init__(self, sentence: str, result: dict[str, t.Any] | None = None) -> None:
        super().__init__(visible(sentence))
        self.result: dict[str, t.Any] = result or {}


class BadInput(QuayError):
    """An option whose value breaks a rule, found before any request. Never made for a secret's value."""

    def __init__(self, option: str, value: t.Any, rule: str) -> None:
        super().__init__(f"{option}: invalid value {value!r}: {rule}.")


class BadName(QuayError):
    """A name that Quay takes for no new object: found before any write, since an old object may have it."""


class Unreachable(QuayError):
    """The server gave no usable answer: down, slow, unknown host, bad certificate."""


class ForeignAnswer(Unreachable):
    """Something answered that is not Quay's API, such as a proxy, a portal or another server."""


class ServerAway(Unreachable):
    """Nothing could be sent, or nothing came back, in several tries."""


class ReadFailed(Unreachable):
    """The server answered 500 or more to a read."""


class AnswerLost(Unreachable):
    """A write was sent and its answer never came: it may have been done or not."""


class RunEnded(QuayError):
    """The playbook that this task belongs to no longer runs, so nothing more must be changed."""


class ParentMissing(QuayError):
    """What the object lives in does not exist: an error for ``present``, nothing to do for ``absent``."""


class Refused(QuayError):
    """The server answered and said no.

    ``status`` is the HTTP status, ``said`` the server's own words.
    """

    def __init__(self, sentence: str, status: int, said: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.said = said


class CredentialsRefused(Refused):
    """The token or session is not, or no longer, valid."""


class Forbidden(Refused):
    """The credentials are valid and do not suffice."""


class FeatureOff(Refused):
    """The server has no such route: the feature is switched off, or the server is too old for it."""


#: What concerns everything that is still to be done, not one object alone.
HOPELESS = (CredentialsRefused, RunEnded, ServerAway)


def unexpected(error: BaseException, name: str) -> str:
    """The message about a fault of the collection itself: type and place, never its text, which may hold secrets."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _COLLECTION in frame.filename.replace("\\", "/")]
    file, line = (own[-1].filename.rpartition(_COLLECTION)[2], own[-1].lineno) if own else ("unknown file", 0)
    return f"Unexpected {type(error).__name__} in {name}, at {file} line {line}. Please report it."
