# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses that may get notifications of a repository, once their owner has said so."""

from __future__ import annotations

from ...endpoints import auth
from ...endpoints.errors import generic_not_found
from ...endpoints.routing import Area, feature
from .repositories import PATH, need

area = Area()
on = feature("MAILING")
ONE = f"{PATH}/authorizedemail/<email>"


def view(namespace: str, name: str, email: str, confirmed: bool) -> dict:
    return {"email": email, "repository": name, "namespace": namespace, "confirmed": confirmed}


@area.route("GET", ONE, when=on, internal=True)
def get(namespace: str, name: str, email: str):
    auth.need_repo(namespace, name, "admin", read=True)
    emails = need(namespace, name).authorized_emails
    if email not in emails:
        raise generic_not_found()
    return view(namespace, name, email, emails[email])


@area.route("POST", ONE, when=on, internal=True)
def ask(namespace: str, name: str, email: str):
    """The mail with the question is never sent: a test answers it, see control/mail.py."""
    auth.need_repo(namespace, name, "admin")
    emails = need(namespace, name).authorized_emails
    return view(namespace, name, email, emails.setdefault(email, False))
