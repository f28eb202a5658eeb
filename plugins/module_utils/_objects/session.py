# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: one sign-in for many tasks."""

from __future__ import annotations

import typing as t

from .._client.auth import Session
from .._client.connection import PASSWORD_SPEC, SERVER_SPEC
from .._engine.operation import Context, Operation
from .._errors import QuayError


def sign_in(context: Context) -> dict[str, t.Any]:
    """Sign in again, in check mode too: it changes nothing, and the tasks that follow need the session.

    Raises QuayError without a password, or if the task does not hide its result (no_log).
    """
    if not context.no_log:
        raise QuayError(
            "quay_login returns a session, and anyone who has it can act for the account: add no_log: true."
        )
    auth = context.client.auth
    if not isinstance(auth, Session):
        raise QuayError(
            "quay_login needs quay_username and quay_password, as options or in the environment "
            "(QUAY_USERNAME, QUAY_PASSWORD)."
        )
    auth.sign_in(context.client.transport)
    return {"changed": False, "username": context.client.username(), "session": auth.hand_over()}


LOGIN = Operation({}, sign_in, connection={**SERVER_SPEC, **PASSWORD_SPEC})
