# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what may be shown: the words of a server, addresses without secrets, and what to mask."""

from __future__ import annotations

import json
import re
import typing as t
from urllib.parse import quote, quote_plus

MOST_QUOTED = 2000
_LONG_WORD = re.compile(r"(\S{200})\S{300,}(\S{2})")
# The whole query of an address is masked; such values of it also alone, while others, such as a branch, are too common.
_OPENS = re.compile(r"[^=]*(?:sig|token|key|secret|pass|auth|cred|code)[^=]*=|[^=]*=.{20}", re.IGNORECASE)
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
# A password may hold any character, even those that ought to be escaped; "host:8443/a@b" has none. A user without
# password is only secret if it is as long as a token is; ssh://git@host is not.
_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)?"
    r"(?P<userinfo>[^\s/@:]*:(?![0-9]+(?:/|$))\S*@|[^\s/@:]{16,}@)?"
    r"(?P<place>[^\s?#]*)(?:\?(?P<query>[^\s#]*))?\S*"
)


def quotable(text: str) -> str:
    """The words of a server in one line: without what moves a terminal, and not longer than 2,000 characters."""
    plain = _ESCAPES.sub("", text[: 2 * MOST_QUOTED])
    line = "".join(character if character.isprintable() else " " for character in plain).strip()
    return line if len(line) <= MOST_QUOTED else line[:MOST_QUOTED] + "…"


def visible(text: str) -> str:
    """``text`` with what is not printable, such as a name that moves a terminal, written out; lines stay lines."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else repr(one)[1:-1] for one in text)


def short(text: str, longest: int | None = None) -> str:
    """``text`` without the middle of words that nobody reads, such as a name of a million letters, quoted or not.

    ``longest``: characters of the whole, of which the middle is left out.
    """
    text = _LONG_WORD.sub(r"\1…\2", text)
    half = (longest or len(text)) // 2
    return text if longest is None or len(text) <= longest else f"{text[:half]}…{text[-half:]}"


def public_address(address: str) -> str:
    """``address`` without the values of user, password and query."""
    address = address.strip()
    found = _parts(address)
    if found is None:
        return address
    start, end = found.span("userinfo")
    shown = address if start < 0 else f"{address[:start]}***@{address[end:]}"
    query = found.group("query")
    return shown.replace(f"?{query}", "?***", 1) if query else shown


def secrets_of_address(text: str) -> set[str]:
    """What must not be shown of an address: user and password, and its query; empty for other texts."""
    found = _parts(text)
    if found is None:
        return set()
    userinfo, query = (found.group("userinfo") or "")[:-1], found.group("query") or ""
    values = {value.partition("=")[2] for value in query.split("&") if _OPENS.match(value)}
    return {userinfo, userinfo.partition(":")[2], query, *values} - {""}


def _parts(text: str) -> re.Match[str] | None:
    text = text.strip()
    if ("://" not in text and "@" not in text) or len(text.split(None, 1)) != 1:
        return None
    found = _ADDRESS.fullmatch(text)
    # Without a scheme only user:password@ makes an address of it; a mail address does not.
    known = found and (found.group("scheme") or ":" in (found.group("userinfo") or ""))
    return found if known else None


def secrets_in(value: t.Any) -> set[str]:
    """What must not be shown of all addresses in ``value``: a text, or lists and mappings of such."""
    if isinstance(value, str):
        return secrets_of_address(value)
    if isinstance(value, t.Mapping):
        return {secret for one in value.values() for secret in secrets_in(one)}
    if isinstance(value, (list, tuple)):
        return {secret for one in value for secret in secrets_in(one)}
    return set()


def forms(secret: str) -> set[str]:
    """The secret, and the forms in which messages and addresses have it: stripped, as repr, JSON and quoted."""
    plain = {secret, secret.strip()}
    escaped = {
        form
        for text in plain
        for form in (
            repr(text)[1:-1],
            repr(text.encode(errors="replace"))[2:-1],
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
            quote(text, errors="replace"),
            quote(text, safe="", errors="replace"),
            quote_plus(text, errors="replace"),
        )
    }
    return {*plain, *escaped} - {""}


class Secrets(set[str]):
    """A set of what a door must mask; it takes every secret in all its forms."""

    def __init__(self, secrets: t.Iterable[str] = ()) -> None:
        super().__init__()
        self.update(secrets)

    def add(self, secret: str) -> None:
        """Add the secret in all its forms."""
        super().update(forms(secret))

    def update(self, *others: t.Iterable[str]) -> None:
        """Add every secret of ``others`` in all its forms."""
        for other in others:
            for secret in other:
                self.add(secret)
