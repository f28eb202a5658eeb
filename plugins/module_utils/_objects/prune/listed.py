# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the auto-prune policies of a place as entries of a registry document."""

from __future__ import annotations

from ..._client.client import QuayClient
from ..._document.section import Entry, Listing
from ..._engine.resource import State
from .policy import (
    METHODS,
    canonical,
    policy_of,
    value_rule,
)
from .resource import policies_of

ENTRY = Entry(complete=lambda _parent, entry: canonical(entry))


def declarable(entries: list[State] | None) -> list[State]:
    """Each policy once, in one order, without those that only Quay's API makes, such as of 0d or 7y."""
    policies = {tuple(policy.values()): policy for policy in map(policy_of, entries or ())}
    known = [policies[key] for key in sorted(policies) if policies[key]["method"] in METHODS]
    return [policy for policy in known if not value_rule(policy["value"], [policy["method"]])]


def listed_in(place: str) -> Listing:
    """Lists the policies of ``place``, which the parent's options fill."""

    def listed(client: QuayClient, parent: State) -> list[State]:
        return declarable(policies_of(client, {"place": place.format(**parent)}))

    return listed
