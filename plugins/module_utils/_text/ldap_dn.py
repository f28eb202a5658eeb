# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: distinguished names of LDAP (RFC 4514), compared as a directory compares them. Pure."""

from __future__ import annotations

import re
import typing as t

# One name: its relative names from the left, each a set of attributes and values (``cn=a+sn=b`` has two).
Name = tuple[frozenset[tuple[str, str]], ...]

_TOKEN = re.compile(r'\\(?:[0-9A-Fa-f]{2}|.)|"(?:[^"\\]|\\.)*"|[^\\"]', re.DOTALL)
_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)*")


def name_rule(text: str) -> str:
    """The broken rule, or an empty string."""
    try:
        parse(text)
    except ValueError:
        return "use a distinguished name, such as cn=developers,ou=groups"
    return ""


def same(one: str, other: str) -> bool:
    """Whether both name one entry: case, blanks around ``=`` and ``,`` and the way of escaping make no difference."""
    try:
        return parse(one) == parse(other)
    except ValueError:
        return one == other


def ends_with(text: str, base: str) -> bool:
    """Whether the entry lies below ``base`` or is it."""
    try:
        name, end = parse(text), parse(base)
    except ValueError:
        return False
    return name[-len(end) :] == end


def parse(text: str) -> Name:
    """The name in the one form in which names are compared. Raises ValueError if it is not a name."""
    return tuple(frozenset(map(_pair, _split(part, "+"))) for part in _split(text, ",;"))


def _tokens(text: str) -> list[str]:
    """Single characters, escapes, and whole quoted texts."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError(text)
    return t.cast("list[str]", tokens)


def _split(text: str, separators: str) -> list[str]:
    parts = [""]
    for token in _tokens(text):
        if token in separators:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _pair(text: str) -> tuple[str, str]:
    attribute, sign, value = text.partition("=")
    if not sign or not _ATTRIBUTE.fullmatch(attribute.strip(" ")):
        raise ValueError(text)
    return attribute.strip(" ").lower(), _value(value)


def _value(text: str) -> str:
    """Without escapes and outer blanks; ``#`` in front marks bytes in hexadecimal, ``=`` a text."""
    tokens = _tokens(text)
    while tokens and tokens[0] == " ":
        del tokens[0]
    while tokens and tokens[-1] == " ":
        del tokens[-1]
    if tokens[:1] == ["#"]:
        return "".join(tokens).lower()
    return "=" + b"".join(map(_bytes, tokens)).decode("utf-8", "surrogateescape").casefold()


def _bytes(token: str) -> bytes:
    if token[0] == '"':
        return b"".join(map(_bytes, _tokens(token[1:-1])))
    if token[0] == "\\" and len(token) == 3:
        return bytes.fromhex(token[1:])
    return token.removeprefix("\\").encode("utf-8", "surrogatepass")
