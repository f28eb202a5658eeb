# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a refusal of Quay means, in any of its error shapes (quay endpoints/exception.py)."""

from __future__ import annotations

import ast
import re
import typing as t
from dataclasses import dataclass

from .._errors import (
    AnswerLost,
    CredentialsRefused,
    FeatureOff,
    Forbidden,
    ForeignAnswer,
    QuayError,
    ReadFailed,
    Refused,
    Unreachable,
)
from .._text.shown import MOST_QUOTED, quotable
from .check import not_quays, object_of
from .scopes import scope_for

# Quay says so itself, or lets the database say it (data/model/user.py).
_EMAIL_TAKEN = re.compile(r"e-?mail( address| has)? already|(duplicate|unique).*email", re.IGNORECASE)
# As nginx, Apache and Go say it.
_PLAIN_HTTP = re.compile(
    rb"plain HTTP request was sent to HTTPS port|speaking plain HTTP|HTTP request to an HTTPS", re.I
)
# Of team members, default permissions and permissions (endpoints/api/team.py, prototype.py, data/model/permission.py).
_UNKNOWN_PERSON = re.compile(r"Unknown (activating )?user$|Missing delegate user|Invalid username:")
_NOT_FOUND = "The requested URL was not found"


@dataclass(frozen=True)
class Call:
    """What was refused. ``refused`` begins the message about credentials that Quay does not know.

    ``authentication`` asks where the server takes its accounts from, such as OIDC.
    """

    method: str
    url: str
    purpose: str
    refused: str
    authentication: t.Callable[[], str] = str


class Refusal:
    """An answer of 300 and more. ``said``: the server's own sentence, without the dump of a schema, fit to be shown."""

    def __init__(self, answer: t.Any) -> None:
        self.status: int = answer.status_code
        self.headers: t.Mapping[str, str] = answer.headers
        self.body: bytes = answer.content
        self.content = object_of(answer.content)
        content = self.content
        text = content.get("detail") or content.get("message") or content.get("error") or content.get("error_message")
        first_line = str(text or "").strip().split("\n", 1)[0]
        self.said = quotable(_filled(first_line[:MOST_QUOTED])).rstrip(".")

    @property
    def is_page(self) -> bool:
        """Whether it is a web page; Quay labels some JSON as text/html (util/http.py), so the body decides."""
        return "html" in self.headers.get("Content-Type", "") and not self.body.lstrip().startswith(b"{")

    @property
    def is_absence(self) -> bool:
        """Whether Quay itself says that there is no such thing: a typed error, or the 404 of its framework."""
        if self.status == 404:
            said = self.content.get("error_type") == "not_found"
            return said or str(self.content.get("message", "")).startswith(_NOT_FOUND)
        return bool(self.said)

    @property
    def wants_fresh_login(self) -> bool:
        """Whether the session is good, but its sign-in too long ago for this call."""
        return self.content.get("error_type") == "fresh_login_required"

    @property
    def knows_no_credentials(self) -> bool:
        """Quay reports a bad token as 401 on reads, and as a failed CSRF check on writes (endpoints/csrf.py)."""
        if self.status == 401:
            return bool(self.content)
        return self.status == 403 and "CSRF" in str(self.content.get("error", ""))

    def rule(self, method: str) -> Rule:
        """The first rule that applies."""
        return next(rule for rule in RULES if rule.applies(self, method))

    def error(self, call: Call) -> QuayError:
        """The error that explains it."""
        return self.rule(call.method).explain(self, call)


@dataclass(frozen=True)
class Rule:
    """One meaning of a refusal: ``applies(refusal, method)``, ``explain(refusal, call)``."""

    name: str
    applies: t.Callable[[Refusal, str], bool]
    explain: t.Callable[[Refusal, Call], QuayError]


def _quoted(refusal: Refusal) -> str:
    return f": {refusal.said}" if refusal.said else ""


def _because(cause: str, kind: type[Refused] = Refused) -> t.Callable[[Refusal, Call], QuayError]:
    """An error whose message is "Could not <purpose>: <cause>."; the cause may hold the parts of the call."""

    def explain(refusal: Refusal, call: Call) -> QuayError:
        filled = cause.replace("{method}", call.method).replace("{url}", call.url)
        said = _quoted(refusal) if cause.endswith("{said}") else ""
        return kind(f"Could not {call.purpose}: {filled.replace('{said}', '')}{said}.", refusal.status, refusal.said)

    return explain


def _unknown_credentials(refusal: Refusal, call: Call) -> QuayError:
    return CredentialsRefused(f"{call.refused} (Quay refused to {call.purpose}).", refusal.status, refusal.said)


def _plain_http(_refusal: Refusal, call: Call) -> QuayError:
    address = call.url.partition("://")[2].partition("/")[0]
    return Unreachable(f"{address} expects https on this port. Set quay_host to https://{address}.")


def _missing(refusal: Refusal, call: Call) -> QuayError:
    feature = "FEATURE_SUPER_USERS or another feature" if "/api/v1/superuser/" in call.url else "the feature"
    cause = f"there is no {{method}} {{url}}; {feature} is disabled or this Quay version does not have it"
    return _because(cause, FeatureOff)(refusal, call)


def _foreign(refusal: Refusal, call: Call) -> QuayError:
    kind = "a web page" if refusal.is_page else "not JSON of Quay" if refusal.content else "not JSON"
    why = f"a {refusal.status} that is {kind}, as a proxy or firewall answers"
    return ForeignAnswer(not_quays(call.method, call.url, why))


def _forbidden(refusal: Refusal, call: Call) -> QuayError:
    scope = scope_for(call.method, call.url.rpartition("/api/v1")[2])
    cause = f"the account lacks the role or the token lacks the scope {scope}".rstrip()
    if call.method == "GET" and "/api/v1/repository/" in call.url:
        # Quay does not let on whether what the account may not see exists.
        cause = f"the repository does not exist, {cause}"
    said = refusal.said or refusal.status
    return Forbidden(f"No rights to {call.purpose}: {cause}; Quay says {said}.", refusal.status, refusal.said)


def _failed(refusal: Refusal, call: Call) -> QuayError:
    failure = f"Quay failed with {refusal.status} when asked to {call.purpose}{_quoted(refusal)}."
    # Quay answers 500 to a change that another request has just made: look before calling it a failure.
    return ReadFailed(failure) if call.method == "GET" else AnswerLost(failure)


def _other(refusal: Refusal, call: Call) -> QuayError:
    said = _quoted(refusal) or f" ({refusal.status})"
    return Refused(f"Quay refused to {call.purpose}{said}.", refusal.status, refusal.said)


def uses_oidc(authentication: t.Callable[[], str]) -> bool:
    """Whether the server says that its accounts come from OIDC; a question without answer must not hide a refusal."""
    try:
        return authentication() == "OIDC"
    except QuayError:
        return False


def _unknown_person(refusal: Refusal, call: Call) -> QuayError:
    cure = " With OIDC, the first sign-in of a person creates the account: ask the person to sign in."
    cure = cure if uses_oidc(call.authentication) else ""
    return Refused(f"Quay refused to {call.purpose}{_quoted(refusal)}.{cure}", refusal.status, refusal.said)


RULES = (
    Rule(
        "recent sign-in",
        lambda refusal, _method: refusal.wants_fresh_login,
        _because(
            "Quay requires a recent sign-in; set quay_username and quay_password, or run quay_login again",
            CredentialsRefused,
        ),
    ),
    Rule("credentials", lambda refusal, _method: refusal.knows_no_credentials, _unknown_credentials),
    Rule(
        "plain http",
        lambda refusal, _method: refusal.status in (400, 403, 497) and bool(_PLAIN_HTTP.search(refusal.body[:2000])),
        _plain_http,
    ),
    Rule("foreign", lambda refusal, _method: refusal.status in (401, 403, 407, 511) and not refusal.content, _foreign),
    Rule("rights", lambda refusal, _method: refusal.status == 403, _forbidden),
    Rule("feature", lambda refusal, _method: refusal.is_page and refusal.status in (308, 404, 405), _missing),
    Rule("foreign absence", lambda refusal, _method: refusal.status == 404 and not refusal.is_absence, _foreign),
    Rule(
        "read-only registry",
        lambda refusal, _method: bool(refusal.content.get("is_readonly")),
        _because("the registry is in read-only mode{said}"),
    ),
    Rule(
        "read-only repository",
        lambda refusal, _method: "in read only or mirror mode" in refusal.said,
        _because("the repository is read-only or a mirror"),
    ),
    Rule("failure", lambda refusal, _method: refusal.status >= 500, _failed),
    Rule(
        "reserved name",
        lambda refusal, _method: "Username is not available" in refusal.said,
        _because("the name is reserved until Quay's garbage collection has removed what was deleted under it"),
    ),
    Rule(
        "taken name",
        lambda refusal, _method: "A user or organization with this name already exists" in refusal.said,
        _because("a user account has this name; quay_user_conversion converts an account to an organization"),
    ),
    Rule(
        "taken address",
        lambda refusal, _method: bool(_EMAIL_TAKEN.search(refusal.said)),
        _because("another account has this e-mail address"),
    ),
    Rule(
        "limit",
        lambda refusal, _method: refusal.status == 429,
        _because("the server accepts no more requests for now (429)"),
    ),
    Rule("unknown person", lambda refusal, _method: bool(_UNKNOWN_PERSON.match(refusal.said)), _unknown_person),
    Rule("other", lambda _refusal, _method: True, _other),
)


def _filled(said: str) -> str:
    """Quay gives some reasons as a Python tuple of a template and its values (data/model/team.py)."""
    try:
        template, *values = ast.literal_eval(said) if said.startswith("(") else (said,)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return said
    parts = str(template).split("%s")
    # Never formatted by %: it is a foreign text, which may ask for any width.
    if not values or len(parts) != len(values) + 1:
        return said if values else str(template)
    return "".join(part for pair in zip(parts, [*map(str, values), ""]) for part in pair)
