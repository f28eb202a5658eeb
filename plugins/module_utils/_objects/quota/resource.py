# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: storage quotas (quay endpoints/api/namespacequota.py, superuser.py)."""

from __future__ import annotations

import dataclasses

from ..._client.capabilities import require
from ..._client.client import Names, QuayClient
from ..._client.views import QuotaView
from ..._engine.field import Field, State
from ..._engine.member import Member
from ..._engine.resource import Change, Observed, Resource, Steps, Wish
from ..._text.codec import rule, size, size_text
from ..._text.name_rules import namespace_rule
from ..shared import find_organization

BOUNDLESS = 8 * 10**18
RANGE = (range(1, 2**63), "use at least 1 byte and less than 8 EiB, or state=absent to remove the quota")
LIMITS = {"warning_pct": "Warning", "reject_pct": "Reject"}
QUOTA_PATH = "/{+place}/{organization}/quota"
LIMITS_PATH = "/organization/{organization}/quota/{id}/limit"


def quotas_of(client: QuayClient, names: Names) -> list[State]:
    """The organization shows its quota to members and to superusers with full access; the others ask elsewhere.

    Raises ParentMissing and QuayError.
    """
    quotas = find_organization(client, names).get("quotas")
    if quotas is None:
        require(client, "quotas")
        quotas = client.get("/superuser/organization/{organization}/quota", names, missing=(), view=list[QuotaView])
    # The default of the whole registry comes in the same list, without an id.
    return [quota for quota in quotas if quota["id"] is not None]


def limits_of(entry: State, name: str) -> list[tuple[int, int]]:
    """Percent and id of each limit of one kind."""
    return sorted((one["limit_percent"], one["id"]) for one in entry["limits"] if one["type"] == LIMITS[name])


def parse(entry: State) -> State:
    """A quota in canonical form; Quay has a float for some numbers."""
    percents = {name: tuple(percent for percent, _id in limits_of(entry, name)) for name in LIMITS}
    return {"quota": int(entry["limit_bytes"]), **percents}


def read(client: QuayClient, names: Names, wish: Wish) -> Observed:
    """The place of the writes is asked for only if there is something to write. Raises ParentMissing and QuayError."""
    observed = SHAPE.choose(QUOTA, quotas_of(client, names), names, wish)
    there, fields = observed.fields is not None, observed.fields or {}
    differs = any(fields.get(name) != value for name, value in wish.fields.items())
    writes = there if wish.state == "absent" else differs or not there
    if writes:
        observed = dataclasses.replace(observed, names={**observed.names, "place": _place(client)})
    return observed


def _place(client: QuayClient) -> str:
    """Where full access is off, superusers have a route of their own for the quota, though none for its limits."""
    full_access = client.config().get("features", {}).get("SUPERUSERS_FULL_ACCESS", True)
    return "organization" if full_access else "superuser/organization"


def adapt(_client: QuayClient, _names: Names, observed: Observed, wish: Wish) -> Wish:
    """Limits need a quota that they are a part of; where there is none, none to remove is nothing to do."""
    if wish.state == "absent" or observed.fields is not None or "quota" in wish.fields:
        return wish
    if not any(wish.fields.values()):
        return dataclasses.replace(wish, state="absent")
    return dataclasses.replace(wish, fields={"quota": BOUNDLESS, **wish.fields})


def write_quota(change: Change) -> Steps:
    """A limit needs the id of its quota, which Quay does not tell when it makes one."""
    body = {"limit_bytes": change.after["quota"]}
    if change.observed.fields is None:
        limited = any(change.after[name] for name in LIMITS)
        yield dataclasses.replace(change.step("create", "POST", QUOTA_PATH, body, SHAPE.needs), look=limited)
    elif "quota" in change.differs:
        yield change.step("change", "PUT", SHAPE.entry_path, body, SHAPE.needs)


def write_limits(change: Change) -> Steps:
    """One limit of each kind at most; one that is there is changed in place."""
    for name in sorted(change.differs & LIMITS.keys() if change.observed.fields is not None else ()):
        present, kept = limits_of(change.facts["entry"], name), None
        for percent in change.after[name]:
            kept = next((limit for limit in present if limit[0] == percent), present[0] if present else None)
            body = {"type": LIMITS[name], "threshold_percent": percent}
            if kept is None:
                yield change.step(f"set {name} of", "POST", LIMITS_PATH, body, SHAPE.needs)
            elif kept[0] != percent:
                yield change.step(
                    f"set {name} of", "PUT", LIMITS_PATH + "/{limit_id}", body, SHAPE.needs, limit_id=kept[1]
                )
        for limit in present:
            if limit is not kept:
                path = LIMITS_PATH + "/{limit_id}"
                yield change.step(f"remove {name} of", "DELETE", path, None, SHAPE.needs, limit_id=limit[1])


def _limit(name: str) -> Field:
    """Canonical: the percents of all limits of this kind; shown: the one percent, 0 for none, or several as a list."""
    return Field(
        name,
        "int",
        on_create=(),
        rule=lambda percent: (
            "" if 0 <= percent <= 100 else "use 1 to 100 percent of the quota, or 0 to remove the limit"
        ),
        canonical=lambda percent: (percent,) if percent else (),
        shown=lambda percents: list(percents) if len(percents) > 1 else sum(percents),
    )


SHAPE = Member(QUOTA_PATH, "quotas", "id", match=(), view=list[QuotaView], parse=parse, needs="quotas")
QUOTA = Resource(
    kind="quota",
    label="of organization {organization}",
    keys=(Field("organization", required=True, rule=namespace_rule),),
    fields=(Field("quota", rule=rule(size, *RANGE), canonical=size, shown=size_text), *map(_limit, LIMITS)),
    shape=SHAPE,
    read=read,
    locate=lambda _client, _params: {"place": "organization"},
    adapt=adapt,
    writes=(write_quota, write_limits),
)
