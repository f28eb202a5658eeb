# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of organizations and of personal namespaces."""

from __future__ import annotations

import contextlib
import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.resource import Field, Observed, State, Wish
from ..._errors import (
    CredentialsRefused,
    Forbidden,
    ParentMissing,
)
from ..._text.name_rules import namespace_rule
from .policy import names_of, observe
from .resource import policies_of, policy_resource


def locate(_client: QuayClient, params: State) -> Names:
    return {"namespace": params["namespace"], **names_of(params, f"organization/{params['namespace']}")}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """Quay shows a personal namespace like an organization; with scope user:admin alone, only its owner's own route."""
    place = names["place"]
    try:
        entries = policies_of(client, names)
    except Forbidden:
        if not _is_own(client, names):
            _check_namespace(client, names)
            raise
        place = "user"
        entries = policies_of(client, {"place": place})
    # To a superuser, what is missing looks like what has no policies.
    if not entries and wish.state == "present" and place != "user":
        _check_namespace(client, names)
    observed = observe(entries or (), names, wish)
    return dataclasses.replace(observed, facts={**observed.facts, "place": place})


def _check_namespace(client: QuayClient, names: Names) -> None:
    found = (client.get(f"/{kind}/{{namespace}}", names) for kind in ("organization", "users"))
    if not any(found):
        raise ParentMissing(f"Organization {names['namespace']} does not exist.")


def _is_own(client: QuayClient, names: Names) -> bool:
    # Whoever may not ask for the account's name may not use its route either.
    with contextlib.suppress(CredentialsRefused):
        return client.username() == names["namespace"]
    return False


ORGANIZATION_PRUNE = policy_resource(
    "organization_prune", Field("namespace", required=True, rule=namespace_rule), locate, read
)
