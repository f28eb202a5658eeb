# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords, sign-in attempts and the making of accounts."""

from __future__ import annotations

import base64
import re
import time

from ..endpoints.errors import MessageError
from .models import Namespace, new_uuid
from .store import Store, random_text

BACK_OFF = "Too many login attempts. \nPlease reset your Quay password and try again."
WRONG = "Invalid Username or Password"
DISABLED = "This user has been disabled. Please contact your administrator."


class DisabledError(Exception):
    """The password was right."""


class BackOffError(Exception):
    """One wrong password is enough to lock the next attempt, even a right one."""

    def __init__(self, seconds: float):
        super().__init__(BACK_OFF)
        self.seconds = seconds


def valid_email(email: str | None) -> bool:
    return bool(email) and len(email) <= 254 and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", email) is not None


def check_password(password: str) -> None:
    if len(password) < 8 or re.search(r"\s", password):
        raise MessageError("Invalid password, password must be at least 8 characters and contain no whitespace.")


def encrypted(password: str) -> str:
    """Only looks like the encrypted password of the real server."""
    return base64.b64encode(f"encrypted:{password}".encode()).decode()


def create_user(store: Store, name: str, email: str | None, password: str) -> Namespace:
    mailing = store.settings.feature("MAILING")
    check_password(password)
    if mailing and not valid_email(email):
        raise MessageError(f"Invalid email address: {email}")
    store.check_new_name(name)
    if email and store.email_user(email):
        raise MessageError('duplicate key value violates unique constraint "user_email_unique_non_org"')
    user = store.add_user(name, email, password)
    user.verified = not mailing
    user.profile = {"prompts": ["enter_name", "enter_company"]}
    return user


def generated_password() -> str:
    return random_text(32)


def set_password(user: Namespace, password: str) -> None:
    """Every session of the user ends with it."""
    check_password(password)
    user.password = password
    user.failed_logins = 0
    end_sessions(user)


def end_sessions(user: Namespace) -> None:
    user.uuid = new_uuid()


def check_login(store: Store, name: str, password: str) -> Namespace | None:
    """The user, or None when name and password do not fit together."""
    user = store.user(name) or store.email_user(name)
    known = {} if store.settings.database_auth() else store.settings["directory"]["users"].get(name, {})
    if user is None:
        # The first sign-in of a directory user makes the account.
        right = "password" in known and known["password"] == password
        return store.add_user(name, known.get("email")) if right else None
    wait = user.last_failed + 5 * (2**user.failed_logins - 1) / 10 - time.time()
    if wait > 0:
        raise BackOffError(wait)
    wanted = user.password if user.password is not None else known.get("password")
    if wanted is None or wanted != password:
        user.failed_logins, user.last_failed = user.failed_logins + 1, time.time()
        return None
    user.failed_logins = 0
    if not user.enabled:
        raise DisabledError()
    return user
