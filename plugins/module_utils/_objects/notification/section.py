# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: notifications of a repository as a section of a registry document."""

from __future__ import annotations

from ..._document.item import Item
from ..._document.section import Entry, Export, Params, below
from . import content
from .resource import NOTIFICATION


def exported(entry: Params, item: Item) -> Params:
    """Without a config that holds secrets: it stays as it is where the document is applied."""
    hides = content.has_secrets((item.work.observed.fields or {}).get("config", {}))
    return {name: value for name, value in entry.items() if name != "config" or not hides}


def omitted(item: Item) -> list[str]:
    """Sentences about configs with secrets, which no export has."""
    hides = content.has_secrets((item.work.observed.fields or {}).get("config", {}))
    return [f"Not exported: the config of {item.title}: it contains a secret."] if hides else []


SECTION = below(
    "repositories",
    NOTIFICATION,
    inherits={"repository": "name"},
    entry=Entry(
        options={
            # What has no title is called so.
            "title": {"type": "str", "default": ""},
            "event": {"type": "str", "choices": list(content.EVENTS), "required": True},
            "method": {"type": "str", "choices": list(content.METHODS), "required": True},
        },
        fault=lambda item: content.fault(item.params),
    ),
    export=Export(entry=exported, omitted=omitted),
)
