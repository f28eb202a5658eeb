# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: auto-prune policies of repositories."""

from __future__ import annotations

from ..._client.client import Names, QuayClient
from ..._engine.resource import Field, Observed, State, Wish
from ..._errors import ParentMissing
from ..._text.name_rules import repository_rule
from ..repository import read as repository_read
from .policy import names_of, observe
from .resource import policies_of, policy_resource


def locate(client: QuayClient, params: State) -> Names:
    policy = names_of(params, "")
    repository = repository_read.locate(client, {"name": params["repository"], "perms": None})["name"]
    return {**policy, "repository": repository, "place": f"repository/{repository}"}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    entries = policies_of(client, names)
    if entries is None:
        raise ParentMissing(f"Repository {names['repository']} does not exist.")
    return observe(entries, names, wish)


REPOSITORY_PRUNE = policy_resource(
    "repository_prune", Field("repository", required=True, rule=repository_rule), locate, read
)
