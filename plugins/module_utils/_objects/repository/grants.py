# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: who may do what with a repository (quay endpoints/api/permission.py).

A grant is a dict of name, type (user, which includes robots, or team) and role.
"""

from __future__ import annotations

import typing as t

from ..._engine.resource import Change, State, Steps, Wish
from ..._text.name_rules import account_rule, is_uuid, namespace_rule

GRANTS_PATH = "/repository/{namespace}/{+repository}/permissions/{kind}/"
# Until garbage collection a deleted user stays in the grants under such a name (quay data/model/user.py).
Grants = list[State]


def identity(grant: State) -> tuple[str, str]:
    """What identifies a grant: its type, and the name of whom it is for."""
    return grant["type"], grant["name"]


def rule(grants: Grants) -> str:
    """Names as Quay allows them, each at most once."""
    seen = set()
    for grant in grants:
        kind, name = identity(grant)
        broken = (account_rule if kind == "user" else namespace_rule)(name)
        if broken:
            return f"{kind} {name!r}: {broken}"
        if (kind, name) in seen:
            return f"{kind} {name!r} is listed twice"
        seen.add((kind, name))
    return ""


def declared(wish: Wish) -> Grants:
    """The grants that must exist afterwards; none if the repository must not."""
    return t.cast("Grants", wish.fields.get("perms", [])) if wish.state == "present" else []


def is_exclusive(wish: Wish) -> bool:
    """Whether grants that are not declared must be removed."""
    return wish.state == "present" and "perms" in wish.fields and not wish.append


def kinds_of(wish: Wish) -> tuple[str, ...]:
    """The types of grants to look at."""
    return ("team", "user") if is_exclusive(wish) else tuple(sorted({item["type"] for item in declared(wish)}))


def born(caller: str | None, prototypes: t.Iterable[State]) -> Grants:
    """Admin for the caller, then the default permissions (quay data/model/permission.py: one for all gives way)."""
    roles: dict[tuple[str, str], str] = {}
    for prototype in prototypes:
        delegate, activator = prototype["delegate"], prototype["activating_user"]
        key = (delegate["kind"], delegate["name"])
        applies = activator["name"] == caller if activator else key not in roles
        if applies and key != ("user", caller):
            roles[key] = prototype["role"]
    if caller:
        roles["user", caller] = "admin"
    return [{"name": name, "type": kind, "role": role} for (kind, name), role in roles.items()]


def undeclared(grants: Grants, wish: Wish) -> Grants:
    """Those that ``append=false`` would remove."""
    named = set(map(identity, declared(wish)))
    return [item for item in grants if is_exclusive(wish) and identity(item) not in named]


def grant(change: Change) -> Steps:
    """One request for each grant that differs; what could lock the caller out comes last."""
    if "perms" not in change.differs:
        return
    before, after = change.entries("perms")
    differing = [key for key in sorted({**before, **after}) if before.get(key) != after.get(key)]
    for kind, name in sorted(differing, key=lambda key: _danger(key, before.get(key), change.facts.get("caller"))):
        wanted = after.get((kind, name))
        if wanted is None:
            verb, method, body = f"remove {kind} {name} from", "DELETE", None
        else:
            verb, method, body = f"give {kind} {name} the role {wanted['role']} in", "PUT", {"role": wanted["role"]}
        yield change.step(verb, method, GRANTS_PATH + "{grantee}", body, kind=kind, grantee=name)


def _danger(key: tuple[str, str], before: State | None, caller: str | None) -> int:
    """New grants first, then changes and removals, administrators after them, and the caller at the very end."""
    if key == ("user", caller):
        return 3
    if before is None:
        return 0
    return 2 if before["role"] == "admin" else 1


def managed(grants: Grants, namespace: str, wish: Wish) -> Grants:
    """Without the row of the namespace's owner, which nobody can change, and without what deleted users left."""
    named, kinds = set(map(identity, declared(wish))), kinds_of(wish)
    kept = [
        item
        for item in grants
        if identity(item) != ("user", namespace)
        and item["type"] in kinds
        and (identity(item) in named or item["type"] == "team" or not is_uuid(item["name"]))
    ]
    return sorted(kept, key=identity)
