# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do with the mails that the emulator does not send."""

from __future__ import annotations

from flask import request

from .builds import repository


def authorize_email(emulator):
    """Somebody agrees to get notifications of a repository, asked or not."""
    body = request.get_json()
    repository(emulator, body["repository"]).authorized_emails[body["email"]] = True
    return {"email": body["email"], "confirmed": True}


SWITCHES = [("POST", "authorize_email", authorize_email)]
