# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: service keys in a list, without anything secret."""

from __future__ import annotations

from ..._engine.field import State
from ..._engine.operation import Context, Params, inform, searched
from ..._engine.plan import shown_object
from ..._engine.reconcile import check_names
from ..._text.times import iso, parsed
from .resource import SERVICE_KEY, SHAPE, is_expired, parse

SPEC: Params = {"name": {"type": "str"}, "service": {"type": "str"}}


def list_keys(context: Context) -> Params:
    """All keys that the options let through, sorted by service and name. Raises QuayError."""
    params = context.params
    check_names(SERVICE_KEY, {"service": params["service"]})
    is_wanted = searched(params, "name")
    keys = [
        view(entry)
        for entry in SHAPE.listed(context.client, {}) or ()
        if is_wanted(entry["name"] or "") and params["service"] in (None, entry["service"])
    ]
    return {"service_keys": sorted(keys, key=lambda key: (key["service"], key["name"], key["kid"]))}


def view(entry: State) -> State:
    """A key in the words of quay_service_key, with all that Quay says of it."""
    approval = entry["approval"] or {}
    return {
        "kid": entry["kid"],
        **shown_object(SERVICE_KEY, parse(entry)),
        "metadata": entry["metadata"],
        "created": iso(parsed(entry["created_date"])),
        "expired": is_expired(parse(entry)),
        # Quay approves the keys of its own services itself.
        "approver": (approval.get("approver") or {}).get("username"),
        "approved_at": iso(parsed(approval["approved_date"])) if approval else None,
        "notes": approval.get("notes") or "",
    }


SERVICE_KEY_INFO = inform(SPEC, list_keys, {})
