# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of repositories."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._engine.field import Field, State
from ..._text.name_rules import repository_rule
from ..repository.read import find_repository, full_name
from .policy import names_of
from .resource import policies, policy_resource


def locate(client: QuayClient, params: State) -> Names:
    """The policy in canonical form, and its place. Raises BadInput and QuayError."""
    policy = names_of(params)
    repository = full_name(client, params["repository"])
    return {**policy, "repository": repository, "place": f"repository/{repository}"}


REPOSITORY_PRUNE = policy_resource(
    "repository_prune",
    Field("repository", required=True, rule=repository_rule),
    policies("repository_prune", find_repository),
    locate=locate,
    needs="repository_prune",
)
