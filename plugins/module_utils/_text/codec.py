# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: how Quay and Ansible users write durations, sizes and empty texts. Pure functions."""

from __future__ import annotations

import re
import typing as t

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
# As people write them, too; no word for a month, which has no fixed length.
_WORDS = {"s": "s|secs?|seconds?", "m": "m|mins?|minutes?", "h": "h|hours?", "d": "d|days?", "w": "w|weeks?"}
_UNIT = "|".join(f"(?P<{letter}>{words})" for letter, words in _WORDS.items())
_DURATION = re.compile(rf"0*(?P<number>[0-9]+)\s*(?:{_UNIT})?", re.IGNORECASE)
_RULE = "use a whole number of seconds, or a whole number with a unit, such as 90s, 15m, 12h, 7d, 2w or 2 weeks"
_UNITS = "KMGTPE"
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:([KMGTPE])(i?)B)?", re.IGNORECASE)
# Seconds that an option can ask to wait, at most: a day.
LONGEST_WAIT = 86400.0


def _parts(text: t.Any) -> tuple[str, str]:
    """Digits and the letter of the unit, which is empty where there is none."""
    found = _DURATION.fullmatch(str(text).strip())
    if not found:
        raise ValueError(_RULE)
    if found["m"] == "M":
        raise ValueError("M could mean minutes or months; use m or min for minutes, and days for months, such as 30d")
    return found["number"], next((letter for letter in _WORDS if found[letter]), "")


def seconds(text: t.Any) -> int:
    """Seconds of a duration: ``90``, ``"90s"``, ``"2 w"`` or ``"2 weeks"``. Raises ValueError for anything else."""
    number, unit = _parts(text)
    return int(number) * _SECONDS[unit or "s"]


def quay_age(text: t.Any) -> str:
    """A duration with the letters that Quay knows (quay util/timedeltastring.py): ``"7 days"`` gives ``7d``.

    A number stays one. Raises ValueError for what is not a duration.
    """
    return "".join(_parts(text))


def duration(number: int) -> str:
    """Shortest way to write ``number`` seconds: 1209600 gives ``2w``, 0 gives ``0s``."""
    for unit in ("w", "d", "h", "m"):
        if number and number % _SECONDS[unit] == 0:
            return f"{number // _SECONDS[unit]}{unit}"
    return f"{number}s"


def size(text: t.Any) -> int:
    """Bytes of ``"1.5 GiB"`` (powers of 1024), ``"10GB"`` (powers of 1000) or a plain number. Raises ValueError."""
    found = _SIZE.fullmatch(str(text).strip())
    if not found:
        raise ValueError(
            "use a number of bytes, or a number followed by KB, MB, GB, TB (1000) or KiB, MiB, GiB, TiB (1024)"
        )
    number, unit, binary = found.groups()
    power = _UNITS.index(unit.upper()) + 1 if unit else 0
    base = 1024 if binary else 1000
    whole, _dot, fraction = number.partition(".")
    if not unit and int(fraction or 0):
        raise ValueError("use a whole number of bytes, or add a unit")
    return int(int(whole + fraction) * base**power // 10 ** len(fraction))


def size_text(number: int) -> str:
    """Shortest exact way to write ``number`` bytes: 10737418240 gives ``10 GiB``, 10**10 ``10 GB``, 7 ``7``."""
    shortest = str(number)
    for power, unit in enumerate(_UNITS, start=1):
        for base, suffix in ((1000, "B"), (1024, "iB")):
            count, rest = divmod(number, base**power)
            if count and not rest and len(str(count)) < len(shortest.partition(" ")[0]):
                shortest = f"{count} {unit}{suffix}"
    return shortest


def pause_rule(seconds: float) -> str:
    """The rule of a number of seconds to wait: more than none, and a day at most. NaN is neither."""
    if 0 < seconds <= LONGEST_WAIT:
        return ""
    return "use more than 0 seconds" if seconds <= 0 else f"use at most {LONGEST_WAIT:g} seconds"


def rule(
    parse: t.Callable[[t.Any], t.Any], allowed: t.Container[t.Any] | None = None, outside: str = ""
) -> t.Callable[[t.Any], str]:
    """The rule of a field whose text ``parse`` must understand; ``outside`` is told of a value that is not allowed."""

    def broken(text: t.Any) -> str:
        try:
            value = parse(text)
        except ValueError as error:
            return str(error)
        return "" if allowed is None or value in allowed else outside

    return broken


def or_none(text: str) -> str | None:
    """An empty text clears: for it Quay takes null."""
    return text or None
