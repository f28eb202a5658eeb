# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user becomes an organization, for good."""

from __future__ import annotations

from ...data import accounts
from ...endpoints import auth
from ...endpoints.actions import log_action
from ...endpoints.errors import invalid
from ...endpoints.routing import Area
from ...endpoints.schema import body, named, object_of, text
from ...settings import Settings

area = Area()
CONVERT = named(
    "ConvertUser",
    object_of(["adminUser", "adminPassword"], adminUser=text(), adminPassword=text(), plan=text()),
)


@area.route("POST", "/user/convert", when=Settings.database_auth, internal=True, takes=CONVERT)
def convert():
    """Another user, whose password proves that he agrees, becomes its owner and is signed in."""
    user = auth.need_user_admin()
    data = body(CONVERT)
    try:
        owner = accounts.check_login(auth.store(), data["adminUser"], data["adminPassword"])
    except (accounts.BackOffError, accounts.DisabledError):
        owner = None
    if owner is None:
        raise invalid("The admin user credentials are not valid", reason="invaliduser")
    if owner is user:
        raise invalid("The admin user is not valid", reason="invaliduser")
    log_action("account_convert", user, {})
    auth.store().convert(user, owner)
    auth.start_session(owner)
    return {"success": True}
