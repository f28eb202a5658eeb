# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: storage quotas of users, which only superusers set (quay endpoints/api/superuser.py).

Their limits have no route among those of superusers, but that of organizations takes any namespace.
"""

from __future__ import annotations

import dataclasses

from ..._client.capabilities import explaining
from ..._client.client import Names, QuayClient
from ..._client.views import QuotaView
from ..._engine.field import Field, State
from ..._engine.resource import Observed, Wish
from ..._errors import FeatureOff, ParentMissing
from ..._text.name_rules import namespace_rule
from ..quota.resource import QUOTA, SHAPE

PATH = "/superuser/users/{username}/quota"


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The quota of the user itself. Raises ParentMissing, FeatureOff and QuayError."""
    with explaining(client, "quotas", (FeatureOff,)):
        quotas = client.get(PATH, names, view=list[QuotaView])
    if quotas is None:
        raise ParentMissing(f"User {names['username']} does not exist.")
    # The default of the whole registry comes in the same list, without an id.
    return SHAPE.choose(USER_QUOTA, [quota for quota in quotas if quota["id"] is not None], names, wish)


def locate(_client: QuayClient, params: State) -> Names:
    """The place of the writes, and the user in place of an organization."""
    return {"place": "superuser/users", "organization": params["username"]}


USER_QUOTA = dataclasses.replace(
    QUOTA,
    kind="user_quota",
    label="of user {username}",
    keys=(Field("username", required=True, rule=namespace_rule),),
    read=read,
    locate=locate,
)
