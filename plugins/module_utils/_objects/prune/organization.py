# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of organizations and of personal namespaces."""

from __future__ import annotations

import contextlib
import dataclasses

from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State
from ..._engine.resource import Observed, Wish
from ..._errors import CredentialsRefused, Forbidden
from ..._text.name_rules import namespace_rule
from ..shared import find_namespace
from .policy import names_of
from .resource import policies, policy_resource


def locate(_client: QuayClient, params: State) -> Names:
    """The policy in canonical form, and its place. Raises BadInput."""
    return {**names_of(params), "place": f"organization/{params['namespace']}"}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """Quay shows a personal namespace like an organization; with scope user:admin alone, only its owner's own route.

    Raises ParentMissing, Forbidden and QuayError.
    """
    try:
        return SHAPE.read(ORGANIZATION_PRUNE, client, names, wish)
    except Forbidden:
        if not _is_own(client, names):
            raise
    observed = OWN.read(ORGANIZATION_PRUNE, client, {**names, "place": "user"}, wish)
    return dataclasses.replace(observed, names={**observed.names, "place": "user"})


def _is_own(client: QuayClient, names: Names) -> bool:
    # Whoever may not ask for the account's name may not use its route either.
    with contextlib.suppress(CredentialsRefused):
        return bool(client.username() == names["namespace"])
    return False


SHAPE = policies("organization_prune", find_namespace, vague=True)
OWN = dataclasses.replace(SHAPE, needs="user_prune", vague=False)
ORGANIZATION_PRUNE = policy_resource(
    "organization_prune",
    Field("namespace", required=True, rule=namespace_rule),
    SHAPE,
    locate=locate,
    read=read,
    needs="organization_prune",
)
