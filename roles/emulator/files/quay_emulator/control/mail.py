# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of the mails and notifications that the emulator does not send."""

from __future__ import annotations

from flask import request

from .builds import repository


def authorize_email(emulator):
    """Somebody agrees to get notifications of a repository, asked or not."""
    body = request.get_json()
    repository(emulator, body["repository"]).authorized_emails[body["email"]] = True
    return {"email": body["email"], "confirmed": True}


def fail_notifications(emulator):
    """All notifications of a repository have failed so many times in a row."""
    body = request.get_json()
    entries = repository(emulator, body["repository"]).entries["notifications"]
    for entry in entries:
        entry["number_of_failures"] = body["failures"]
    return {"notifications": len(entries)}


SWITCHES = [("POST", "authorize_email", authorize_email), ("POST", "fail_notifications", fail_notifications)]
