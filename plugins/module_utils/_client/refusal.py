# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what a refusal of Quay means, in any of its error shapes (quay endpoints/exception.py)."""

from __future__ import annotations

import ast
import re
import typing as t

from .._errors import (
    AnswerLost,
    CredentialsRefused,
    FeatureOff,
    Forbidden,
    QuayError,
    ReadFailed,
    Refused,
)
from .scopes import scope_for

# Quay says so itself, or lets the database say it (data/model/user.py).
_EMAIL_TAKEN = re.compile(r"e-?mail( address| has)? already|(duplicate|unique).*email", re.IGNORECASE)


class Refusal:
    """An answer of 300 and more. ``said``: the server's own sentence, without the dump of a schema."""

    def __init__(self, answer: t.Any) -> None:
        self._answer = answer
        self._content = _content(answer)
        content = self._content
        text = content.get("detail") or content.get("message") or content.get("error") or content.get("error_message")
        self.said = _filled(str(text or "").strip().split("\n", 1)[0]).rstrip(".")

    @property
    def is_page(self) -> bool:
        """Whether it is a web page; Quay labels some JSON as text/html (util/http.py), so the body decides."""
        return "html" in self._answer.headers.get("Content-Type", "") and not self._answer.content.lstrip().startswith(
            b"{"
        )

    @property
    def wants_fresh_login(self) -> bool:
        """Whether the session is good, but its sign-in too long ago for this call."""
        return self._content.get("error_type") == "fresh_login_required"

    @property
    def knows_no_credentials(self) -> bool:
        """Quay tells a bad token as 401 on reads, and as a failed CSRF check on writes (endpoints/csrf.py)."""
        status = self._answer.status_code
        return status == 401 or (status == 403 and "CSRF" in str(self._content.get("error", "")))

    def error(self, method: str, url: str, purpose: str, refused: str) -> QuayError:
        """The error that explains it; ``refused`` says what unknown credentials mean here."""
        status, said = self._answer.status_code, self.said
        quoted = f": {said}" if said else ""
        if self.wants_fresh_login:
            cure = "give quay_username and quay_password, or run quay_login again"
            return CredentialsRefused(
                f"Could not {purpose}: Quay wants a sign-in of the last minutes; {cure}.", status, said
            )
        if self.knows_no_credentials:
            return CredentialsRefused(f"{refused} (Quay refused to {purpose}).", status, said)
        if status == 403:
            scope = scope_for(method, url.rpartition("/api/v1")[2])
            cause = f"the account lacks the role or the token lacks the scope {scope}".rstrip()
            return Forbidden(f"No rights to {purpose}: {cause}; Quay says {said or status}.", status, said)
        if self.is_page and status in (308, 404, 405):
            cause = "the feature is off there, or it is not a Quay of this age"
            return FeatureOff(f"Could not {purpose}: there is no {method} {url}; {cause}.", status, said)
        if self._content.get("is_readonly"):
            return Refused(f"Could not {purpose}: the registry is in read-only mode{quoted}.", status, said)
        if "in read only or mirror mode" in said:
            return Refused(f"Could not {purpose}: the repository is read-only or a mirror.", status, said)
        if status >= 500:
            failure = f"Quay failed with {status} when asked to {purpose}{quoted}."
            # Quay answers 500 to a change that another request has just made: look before calling it a failure.
            return ReadFailed(failure) if method == "GET" else AnswerLost(failure)
        if "Username is not available" in said:
            cause = "the name is reserved until Quay's garbage collection has removed what was deleted under it"
            return Refused(f"Could not {purpose}: {cause}.", status, said)
        if _EMAIL_TAKEN.search(said):
            return Refused(f"Could not {purpose}: another account has this e-mail address.", status, said)
        if status == 429:
            return Refused(f"Could not {purpose}: the server takes no more requests for now (429).", status, said)
        return Refused(f"Quay refused to {purpose}{quoted or f' ({status})'}.", status, said)


def _filled(said: str) -> str:
    """Quay tells some reasons as a Python tuple of a template and what belongs in it (data/model/team.py)."""
    try:
        template, *values = ast.literal_eval(said) if said.startswith("(") else (said,)
        return str(template) % tuple(values) if values else str(template)
    except (ValueError, SyntaxError, TypeError):
        return said


def _content(answer: t.Any) -> dict[str, t.Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
