# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the proxy cache of an organization, as a list of one or none."""

from __future__ import annotations

from ..._engine.field import arguments
from ..._engine.operation import Context, Params, inform
from ..._engine.plan import shown_object
from ..._engine.reconcile import check_names
from ..._engine.resource import Wish
from .resource import PROXY_CACHE


def list_caches(context: Context) -> Params:
    """Without its credentials, which Quay shows to nobody; raises ParentMissing without the organization."""
    names = {"organization": context.params["organization"]}
    check_names(PROXY_CACHE, names)
    fields = PROXY_CACHE.observe(context.client, names, Wish({})).fields
    return {"proxy_caches": [] if fields is None else [{**names, **shown_object(PROXY_CACHE, fields)}]}


PROXY_CACHE_INFO = inform(arguments(PROXY_CACHE.keys), list_caches, {"proxy_caches": []})
