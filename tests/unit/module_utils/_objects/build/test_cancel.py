# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who may cancel a build: administrators, and superusers whose rights Quay up to 3.15 does not show."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, Forbidden, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.build.cancel import _check_rights

NAMES = {"repository": "payments/api"}


class Server:
    """Answers for one account."""

    def __init__(self, full_access=False, superuser: bool | None = False, **repository):
        self.full_access, self.superuser = full_access, superuser
        self.repository = {"state": "NORMAL", "can_admin": False, **repository}

    def get(self, template, _names, _query=None, missing=(), view=None):
        if template != "/user/":
            return self.repository
        if self.superuser is None:
            raise CredentialsRefused("No valid token.", 401, "")
        return {"super_user": self.superuser}

    def config(self):
        return {"features": {"SUPERUSERS_FULL_ACCESS": self.full_access}}


@pytest.mark.parametrize(
    "server",
    [
        Server(can_admin=True),
        Server(full_access=True, superuser=True),
        # A token without user:read does not tell whose it is, so Quay decides.
        Server(full_access=True, superuser=None),
    ],
)
def test_who_may_cancel(server):
    _check_rights(server, NAMES)


@pytest.mark.parametrize("server", [Server(), Server(superuser=True), Server(full_access=True)])
def test_who_may_not_cancel(server):
    with pytest.raises(Forbidden, match="No rights to cancel builds of repository payments/api"):
        _check_rights(server, NAMES)


def test_no_builds_of_a_mirror_are_cancelled():
    with pytest.raises(QuayError, match="its state is MIRROR. Set it to NORMAL"):
        _check_rights(Server(can_admin=True, state="MIRROR"), NAMES)
