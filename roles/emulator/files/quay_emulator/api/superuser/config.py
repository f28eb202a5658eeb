# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of the server, and whether it is set up."""

from __future__ import annotations

from ...endpoints import auth
from ...endpoints.errors import unauthorized
from ...endpoints.routing import Area, feature

area = Area()


@area.route("GET", "/superuser/config", when=feature("SUPER_USERS"), internal=True)
def dump():
    """Only where FEATURE_SUPERUSER_CONFIGDUMP is on, for superusers, too. Switches of the emulator are left out."""
    auth.need_fresh_login()
    auth.need_superuser(read=True)
    settings = auth.store().settings
    if not settings.feature("SUPERUSER_CONFIGDUMP"):
        raise unauthorized()
    return {
        "config": {name: value for name, value in settings.items() if name.isupper()},
        "warning": {},
        "env": {},
        "schema": {"type": "object", "properties": {name: {} for name in settings if name.isupper()}},
    }


@area.route("GET", "/superuser/registrystatus", when=feature("SUPER_USERS"), internal=True)
def status():
    """Anybody may ask."""
    return {"status": "ready", "provider_id": "file"}
