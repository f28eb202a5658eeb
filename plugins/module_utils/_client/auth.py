# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the ways to sign a request (quay auth/decorators.py: bearer token, then session cookie)."""

from __future__ import annotations

import base64
import json
import threading
import typing as t

from .._errors import BadInput, CredentialsRefused, QuayError
from .http import READS, Transport

SIGN_IN = "/api/v1/signin"
VERIFY = "/api/v1/signin/verify"


class Anonymous:
    """No credentials: enough for public data and for the first account of a fresh server."""

    refused = "No valid credentials: give quay_token, quay_session, or quay_username with quay_password"
    username: str | None = None
    # Whether a session that had ended was replaced: what was read just before may be a part only.
    renewed = False

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        """Headers that sign one request."""
        return {}

    def renew(self, transport: Transport, said: str) -> bool:
        """Whether the refused request is worth repeating with new credentials; ``said``: the server's words."""
        return False

    def refresh(self, transport: Transport) -> bool:
        """Whether a fresh sign-in could be proved (only cookie sessions need one)."""
        return False


class Token(Anonymous):
    """An OAuth access token. Quay treats a bad one as no token at all, so only the refusal tells."""

    refused = "The token (quay_token) is invalid or expired"

    def __init__(self, token: str) -> None:
        self._token = token

    def headers(self, transport: Transport, method: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


class Session(Anonymous):
    """A cookie session: signed in at first use, or handed over by quay_login. Never signs out."""

    refused = "The session (quay_session) has ended or is not valid: run quay_login again"

    def __init__(self, username: str | None = None, password: str | None = None, handed: str | None = None) -> None:
        self.username = username
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
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
            if method not in READS:
                headers["X-CSRF-Token"] = self._csrf_token
            return headers

    def sign_in(self, transport: Transport) -> None:
        """GET /csrf_token, then POST /api/v1/signin; raises CredentialsRefused with the server's reason."""
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
            self._cookies, self._csrf_token = dict(content["cookies"]), str(content["csrf_token"])
            self.username = content["username"]
        except (ValueError, KeyError, TypeError):
            raise BadInput("quay_session", "(hidden)", "it must be the session that quay_login returned") from None

    def _fetch_csrf_token(self, transport: Transport) -> None:
        answer = transport.send("GET", "/csrf_token", headers=self._cookie_header())
        try:
            self._csrf_token = answer.json()["csrf_token"]
        except (ValueError, KeyError, TypeError):
            raise QuayError(
                f"{transport.endpoint.url} does not answer like a Quay (GET /csrf_token): is quay_host right?"
            ) from None
        self._cookies.update(answer.cookies.get_dict())

    def _prove(self, transport: Transport, path: str, body: dict[str, t.Any]) -> None:
        headers = {**self._cookie_header(), "X-CSRF-Token": self._csrf_token}
        answer = transport.send("POST", path, headers=headers, json=body)
        if answer.status_code != 200:
            raise CredentialsRefused(
                f"Quay refused to sign in {self.username}: {_reason(answer)}.", answer.status_code, _reason(answer)
            )
        self._cookies.update(answer.cookies.get_dict())
        self._csrf_token = answer.headers.get("X-Next-CSRF-Token", self._csrf_token)
        self._sign_ins += 1

    def _cookie_header(self) -> dict[str, str]:
        return (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())} if self._cookies else {}
        )


def _reason(answer: t.Any) -> str:
    """Why a sign-in failed (quay endpoints/api/user.py: message, invalidCredentials, needsEmailVerification)."""
    if answer.status_code == 429:
        seconds = answer.headers.get("Retry-After", "some")
        return f"after wrong passwords it lets nobody sign in as this account for {seconds} seconds"
    try:
        body = answer.json()
    except ValueError:
        if answer.status_code in (404, 405):
            return "it takes no passwords (FEATURE_DIRECT_LOGIN is off)"
        return f"it answered {answer.status_code}"
    if body.get("needsEmailVerification"):
        return "the e-mail address of the account is not verified yet"
    return str(body.get("message") or body.get("error") or "wrong user name or password").strip().rstrip(".")
