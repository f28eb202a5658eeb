# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the ways to sign a request (quay auth/decorators.py: bearer token, then session cookie)."""

from __future__ import annotations

import base64
import json
import threading
import typing as t

from .._errors import BadInput, CredentialsRefused, ForeignAnswer
from .._text.shown import quotable
from .check import not_quays, object_of
from .refusal import Call, Refusal, uses_oidc
from .transport import READS, Transport

SIGN_IN = "/api/v1/signin"
VERIFY = "/api/v1/signin/verify"


class Auth(t.Protocol):
    """One way to sign requests.

    ``refused`` begins the message if the server does not accept the credentials. ``username``: the account, if known.
    ``renewed``: whether a session that had ended was replaced, so that what was read just before may be incomplete.
    """

    refused: str
    username: str | None
    renewed: bool

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        """Headers that sign one request. Signs in if need be, and raises as ``Session.sign_in``."""

    def renew(self, transport: Transport, said: str) -> bool:
        """Whether the refused request is worth repeating with new credentials; ``said``: the server's words.

        Signs in again if that can help, and raises as ``Session.sign_in``.
        """

    def refresh(self, transport: Transport) -> bool:
        """Whether a recent sign-in could be proved (only cookie sessions need one). Raises as ``Session.sign_in``."""


class Anonymous:
    """No credentials: enough for public data and for the first account of a new server."""

    def __init__(self) -> None:
        self.refused = "No valid credentials: set quay_token, quay_session, or quay_username with quay_password"
        self.username: str | None = None
        self.renewed = False

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        return {}

    def renew(self, transport: Transport, said: str) -> bool:
        return False

    def refresh(self, transport: Transport) -> bool:
        return False


class Token:
    """An OAuth access token. Quay treats an invalid one as no token at all, so only a refusal shows it."""

    def __init__(self, token: str) -> None:
        self.refused = "The token (quay_token) is invalid or expired"
        self.username: str | None = None
        self.renewed = False
        self._token = token

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self, transport: Transport, said: str) -> bool:
        return False

    def refresh(self, transport: Transport) -> bool:
        return False


class Session:
    """A cookie session: signed in at first use, or handed over by quay_login (``handed``). Never signs out.

    Raises BadInput if ``handed`` is not what ``hand_over`` returns.
    """

    def __init__(self, username: str | None = None, password: str | None = None, handed: str | None = None) -> None:
        self.refused = "The session (quay_session) has ended or is not valid: run quay_login again"
        self.username = username
        self.renewed = False
        self._password = password
        self._cookies: dict[str, str] = {}
        self._csrf_token = ""
        # A second sign-in changes the CSRF token, so all threads wait for it.
        self._lock = threading.RLock()
        # Which sign-in each thread's last request went with: what another thread has renewed needs no second renewal.
        self._sign_ins = 0
        self._used = threading.local()
        if handed:
            self._accept(handed)
        elif password:
            self.refused = f"The session of {username} has ended and could not be renewed"

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        with self._lock:
            if not self._cookies:
                self.sign_in(transport)
            self._used.sign_in = self._sign_ins
            headers = self._cookie_header()
            if method not in READS:
                headers["X-CSRF-Token"] = self._csrf_token
            return headers

    def sign_in(self, transport: Transport) -> None:
        """GET /csrf_token, then POST /api/v1/signin.

        Raises CredentialsRefused with the server's reason, Refused if it prepares no sign-in, ForeignAnswer for what is
        not Quay's, and Unreachable.
        """
        with self._lock:
            self._cookies = {}
            self._fetch_csrf_token(transport)
            self._prove(transport, SIGN_IN, {"username": self.username, "password": self._password})

    def renew(self, transport: Transport, said: str) -> bool:
        with self._lock:
            # Quay names the user behind a stale CSRF token; without a name the session itself is gone.
            if "(authorized:" in said:
                self._fetch_csrf_token(transport)
                return True
            if self._used.sign_in != self._sign_ins:
                return True
            if self._password is None or self.renewed:
                return False
            self.renewed = True
            self.sign_in(transport)
            return True

    def refresh(self, transport: Transport) -> bool:
        with self._lock:
            if self._used.sign_in != self._sign_ins:
                return True
            if self._password is None:
                return False
            self._prove(transport, VERIFY, {"password": self._password})
            return True

    def hand_over(self) -> str:
        """The session as one secret string, for quay_session."""
        content = {"cookies": self._cookies, "csrf_token": self._csrf_token, "username": self.username}
        return base64.b64encode(json.dumps(content).encode()).decode()

    def _accept(self, handed: str) -> None:
        try:
            content = json.loads(base64.b64decode(handed, validate=True))
            cookies, csrf_token = dict(content["cookies"]), str(content["csrf_token"])
            username = content["username"]
        except (ValueError, KeyError, TypeError, RecursionError):
            cookies, csrf_token, username = {"": ""}, "", None
        if not all(map(_is_header_text, (*cookies, *cookies.values(), csrf_token))):
            raise BadInput("quay_session", "(hidden)", "use the session that quay_login returned")
        self._cookies, self._csrf_token, self.username = cookies, csrf_token, username

    def _fetch_csrf_token(self, transport: Transport) -> None:
        answer = transport.send("GET", "/csrf_token", headers=self._cookie_header())
        url = f"{transport.endpoint.url}/csrf_token"
        if answer.status_code not in (200, 404):
            raise Refusal(answer).error(Call("GET", url, "prepare a sign-in", self.refused))
        token = object_of(answer.content).get("csrf_token")
        if not isinstance(token, str) or not _is_header_text(token):
            raise ForeignAnswer(not_quays("GET", url, "it has no csrf_token"))
        self._csrf_token = token
        self._cookies.update(answer.cookies.get_dict())

    def _prove(self, transport: Transport, path: str, body: dict[str, t.Any]) -> None:
        headers = {**self._cookie_header(), "X-CSRF-Token": self._csrf_token}
        answer = transport.send("POST", path, headers=headers, json=body)
        url, refusal = transport.endpoint.url + path, Refusal(answer)
        if refusal.rule("POST").name in ("plain http", "foreign"):
            raise refusal.error(Call("POST", url, f"sign in {self.username}", self.refused))
        if answer.status_code != 200:
            reason, cure = _reason(answer), ""
            # Without its password grant, Quay trips over its own error (data/users/externaloidc.py).
            if answer.status_code in (403, 500) and uses_oidc(lambda: _authentication(transport)):
                cure = " With OIDC, most identity providers accept no passwords by way of Quay: set quay_token instead."
            message = f"Quay refused to sign in {self.username}: {reason}.{cure}"
            raise CredentialsRefused(message, answer.status_code, reason)
        if object_of(answer.content).get("success") is not True:
            raise ForeignAnswer(not_quays("POST", url, "it has no success"))
        self._cookies.update(answer.cookies.get_dict())
        self._csrf_token = answer.headers.get("X-Next-CSRF-Token", self._csrf_token)
        self._sign_ins += 1

    def _cookie_header(self) -> dict[str, str]:
        text = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Cookie": text} if text else {}


def _authentication(transport: Transport) -> str:
    """Where the server says that its accounts come from; empty if it does not say so."""
    published = object_of(transport.send("GET", "/config", headers={}).content).get("config")
    return str(published.get("AUTHENTICATION_TYPE", "")) if isinstance(published, dict) else ""


def _reason(answer: t.Any) -> str:
    """Why a sign-in failed (quay endpoints/api/user.py: message, invalidCredentials, needsEmailVerification)."""
    if answer.status_code == 429:
        asked = answer.headers.get("Retry-After", "")
        seconds = asked if asked.isascii() and asked.isdigit() else "some"
        return f"the account is locked for {seconds} seconds after failed sign-ins"
    body = object_of(answer.content)
    if not body:
        if answer.status_code in (404, 405):
            return "it accepts no passwords (FEATURE_DIRECT_LOGIN is off)"
        return f"it answered {answer.status_code}"
    if body.get("needsEmailVerification"):
        return "the e-mail address of the account is not verified yet"
    said = quotable(str(body.get("message") or body.get("error") or ""))
    return said.rstrip(".") or "wrong user name or password"


def _is_header_text(text: t.Any) -> bool:
    return isinstance(text, str) and bool(text) and text.isascii() and text.isprintable()
