# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what an export has of mirrors."""

from __future__ import annotations

from ..._document.item import Item
from ..._document.section import Export
from ..._engine.field import State
from ..._text.shown import public_address
from .shared import PASSWORD, PROXIES, START, USERNAME


def exported(entry: State, item: Item) -> State:
    """Without the date of the next run, which moves, and without proxies that hold a password."""
    ran = item.work.observed.facts["entry"]["sync_status"] != "NEVER_RUN"
    left_out = {*_secret_proxies(item), *((START,) if ran else ())}
    return {name: value for name, value in entry.items() if name not in left_out}


def omitted(item: Item) -> list[str]:
    """A sentence about the secrets of a mirror, which no export has."""
    secrets = _secret_proxies(item)
    if (item.work.observed.fields or {})[USERNAME]:
        secrets = [PASSWORD, *secrets]
    return [f"The export leaves out {', '.join(secrets)} of {item.title}: secrets are not exported."] if secrets else []


def _secret_proxies(item: Item) -> list[str]:
    there = item.work.observed.fields or {}
    return [name for name in PROXIES if there[name] and public_address(there[name]) != there[name]]


EXPORT = Export(entry=exported, omitted=omitted)
