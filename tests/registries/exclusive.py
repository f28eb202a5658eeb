# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A round of exclusive mode over all that it can name; what was deleted is counted in Quay's own log.

Before it, the export of everything must change nothing when it is applied.
"""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client.capabilities import CAPABILITIES

from tests.integration.server import API, Quay
from tests.registries.documents import (
    FEDERATIONS,
    IMMUTABLE,
    ONE_POLICY,
    POLICIES,
    Document,
    notifications,
    plain_sections,
)
from tests.registries.properties import (
    APPLY,
    EXPORT_DOCUMENT,
    READER,
    back,
    changes,
    check_export,
    check_settled,
    check_whole_export,
    run,
)

# What Quay's log calls the deletion of an entry: of an organization's lists, and of what these entries have.
LISTS = {
    **{section.name: f"delete_{section.resource.kind}" for section in plain_sections(CAPABILITIES)},
    "default_perms": "delete_prototype_permission",
    "immutability": "delete_immutability_policy",
    "prune": "delete_namespace_autoprune_policy",
    "repositories": "delete_repo",
    "robots": "delete_robot",
    "teams": "org_delete_team",
}
PARTS = {
    # Written as a whole, which the log calls a creation.
    "federations": "",
    "immutability": "delete_immutability_policy",
    "members": "org_remove_team_member",
    "notifications": "delete_repo_notification",
    "perms": "delete_repo_permission",
    "prune": "delete_repository_autoprune_policy",
}


def check_exclusive(connection: Document, grown: Document) -> None:
    """Check mode predicts it, Quay's log has each deletion once and no other, and nothing is left to do.

    ``grown`` is everything(), of which reduced() is kept.
    """
    unknown = set(READER.exclusive) - LISTS.keys() - PARTS.keys() - {"messages"}
    assert not unknown, f"tests/registries/exclusive.py has to know what Quay logs for {sorted(unknown)}"
    wanted = dict(count(grown) - count(reduced(grown)))
    # Those of others are everybody's, and stay.
    others = run(EXPORT_DOCUMENT, connection, sections=["messages"])["document"].get("messages", [])
    grown, kept = (
        {**document, "messages": [*others, *document["messages"]]} if "messages" in document else document
        for document in (grown, reduced(grown))
    )
    run(APPLY, connection, document=grown)
    check_whole_export(connection)
    (name,) = (organization["name"] for organization in grown["organizations"])
    assert deletions(connection, name) == {}
    predicted = back(connection, kept, check=True)["plan"]
    happened = back(connection, kept)["plan"]
    assert happened == predicted, (happened, predicted)
    found = deletions(connection, name)
    assert found == wanted, f"Quay's log has the deletions {found}, not {wanted}"
    again = changes(back(connection, kept))
    assert again == [], again
    check_settled(connection, kept)
    check_export(connection, kept)


def everything(name: str, account: str, kinds: t.Container[str]) -> Document:
    """Organization ``name`` with three entries in each list, the first of them with all parts that the server has.

    ``account``: who acts; ``kinds`` as for a Maker.
    """
    # Who makes a repository is its administrator anyway.
    names = {account: "user", f"{name}+one": "user", "one": "team"}
    grants = [{"name": grantee, "type": kind, "role": "admin"} for grantee, kind in names.items()]
    immutable = [*IMMUTABLE] if "immutability" in kinds else []
    policies = [*(POLICIES if "prune_patterns" in kinds else ONE_POLICY)]
    parts: dict[str, Document] = {
        "robots": {"federations": [*FEDERATIONS[:1]] if "robot_federation" in kinds else []},
        "teams": {"members": [account, f"{name}+one"]},
        "repositories": {
            "perms": grants,
            "prune": policies if "repository_prune" in kinds else [],
            "immutability": immutable,
            "notifications": notifications(account),
        },
    }
    lists = [*parts, *(section.name for section in plain_sections(kinds))]
    made = organization(
        name,
        default_perms=grants,
        immutability=immutable,
        prune=policies if "organization_prune" in kinds else [],
        **{one: [{"name": "one", **parts.get(one, {})}, {"name": "two"}, {"name": "three"}] for one in lists},
    )
    messages = [{"content": f"{name} {number}"} for number in ("one", "two", "three")]
    return {**made, "messages": messages} if "messages" in kinds else made


def reduced(document: Document) -> Document:
    """Of each list the first entry, without its parts; no policies."""
    (grown,) = document["organizations"]
    lists = {key: entries[:1] for key, entries in grown.items() if key in LISTS}
    without = {
        key: [{part: [] if part in PARTS else value for part, value in entry.items()} for entry in entries]
        for key, entries in lists.items()
    }
    made = organization(**{**grown, **without, "prune": [], "immutability": []})
    return {**made, "messages": document["messages"][:1]} if "messages" in document else made


def organization(name: str, **declared: t.Any) -> Document:
    return {"organizations": [{"name": name, **declared}]}


def count(document: Document) -> collections.Counter[str]:
    """The entries by what their deletion is called."""
    (declared,) = document["organizations"]
    counts = collections.Counter({kind: len(declared.get(key, ())) for key, kind in LISTS.items()})
    for entry in (entry for key in LISTS for entry in declared.get(key, ())):
        counts.update({kind: len(entry.get(part, ())) for part, kind in PARTS.items() if kind})
    return counts


def deletions(connection: Document, name: str) -> dict[str, int]:
    """How many of each kind Quay's log has for the organization."""
    credentials = {key: text for key, text in connection.items() if key != "quay_host"}
    counts: collections.Counter[str] = collections.Counter()
    answer = Quay(connection["quay_host"], credentials).ask("GET", f"{API}/organization/{name}/aggregatelogs")
    for entry in answer["aggregated"]:
        counts[entry["kind"]] += entry["count"]
    return {kind: number for kind, number in counts.items() if "delete" in kind or "remove" in kind}
