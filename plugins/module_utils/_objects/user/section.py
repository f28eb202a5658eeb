# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: users as a section of a registry document."""

from __future__ import annotations

import typing as t

from ..._client.capabilities import lack
from ..._client.client import QuayClient, address
from ..._document.bulk_reads import Answers, Gathering, Missing, Reading, Wanted
from ..._document.item import Item
from ..._document.section import Bulk, Export, Order, Removal, Returned, Section
from ..._engine.resource import State
from ..._errors import FeatureOff
from ..removal_guard import references
from ..user_quota.resource import PATH as QUOTAS
from .accounts import PAGE, accounts
from .limits import SETTABLE
from .read import ACCOUNT
from .resource import USER
from .superuser import finish


def gather(items: list[Item], _wanted: Wanted) -> list[tuple[list[Item], Gathering]]:
    """One for all: pages of the whole list, as long as that asks no more than a look at each account would."""
    return [(items, _gather([item.params["username"] for item in items]))] if len(items) > 1 else []


def _gather(usernames: list[str]) -> Gathering:
    (answers,) = yield [_accounts(usernames)]
    return t.cast("Answers", answers)


def _accounts(usernames: list[str]) -> Reading:
    def read(client: QuayClient) -> Answers:
        unseen, found, whole = set(usernames), {}, True
        for number, view in enumerate(accounts(client)):
            if not unseen or number >= PAGE * len(usernames):
                whole = False
                break
            if view["username"] in unseen:
                unseen.remove(view["username"])
                found[view["username"]] = view
        known: State = {**found, **(dict.fromkeys(unseen, Missing()) if whole else {})}
        return {
            **{address(ACCOUNT, {"username": username}): view for username, view in known.items()},
            **{address(QUOTAS, {"username": username}): quotas for username, quotas in _quotas(client, known)},
        }

    return read


def _quotas(client: QuayClient, known: State) -> t.Iterator[tuple[str, t.Any]]:
    """The list has the quotas, too, or else the server has none."""
    for username, view in known.items():
        if isinstance(view, Missing) or "quotas" in view:
            yield username, view if isinstance(view, Missing) else view["quotas"]
        elif lack(client, "quotas"):
            yield username, FeatureOff(lack(client, "quotas"), 405, "")


def leaves(item: Item) -> bool:
    """Whether somebody who can sign in will be disabled or removed."""
    before, after = item.work.planned.before or {}, item.work.planned.after or {}
    return bool(before.get("enabled")) and not after.get("enabled")


def exported(entry: State, item: Item) -> State:
    """The address of an account that is not Quay's own comes from the directory, and no document can set it."""
    is_own = item.work.observed.facts["authentication"] in SETTABLE["email"]
    return entry if is_own else {name: value for name, value in entry.items() if name != "email"}


SECTION = Section(
    name="users",
    resource=USER,
    order=Order(is_late=leaves),
    removal=Removal(guard=lambda _client, items: references("users", items)),
    export=Export(entry=exported),
    bulk=Bulk(gather=gather, place="/superuser/users/{username}"),
    returned=Returned(once={"passwords": "password"}, finish=finish),
)
