# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: reads that several objects share."""

from __future__ import annotations

import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client import Names, QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._errors import Forbidden, ParentMissing


def organization_view(client: QuayClient, names: Names) -> dict[str, t.Any]:
    """GET /organization/<organization> as its members see it.

    Quay shows a part of it to anyone, also to a dead token, so what is missing is explained by a read that refuses.
    Raises ParentMissing, CredentialsRefused or Forbidden.
    """
    view = client.get("/organization/{organization}", names)
    if view is None:
        client.get("/organization/{organization}/robots", names, {"token": "false"}, missing=(404,))
        raise ParentMissing(f"Organization {names['organization']} does not exist.")
    if "teams" not in view:
        client.get("/organization/{organization}/prototypes", names, missing=())
        raise Forbidden(
            f"No rights to read organization {names['organization']}: the account is not a member of it.", 403, ""
        )
    return t.cast("dict[str, t.Any]", view)
