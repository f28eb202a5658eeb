# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""What came of the work on an item is returned, and taken once."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._document.item import Verdict, attempt
from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._errors import CredentialsRefused, QuayError, ServerAway
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.report import message_of
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

ROBOTS = [{"name": "ci"}, {"name": "cd"}]
ORGANIZATION = {
    "name": "ops",
    "robots": ROBOTS,
    "repositories": [{"name": "a", "prune": [{"method": "tags", "value": 1}]}],
}


@pytest.fixture
def items():
    document = DocumentReader(SECTIONS).read({"organizations": [ORGANIZATION, {"name": "shop", "robots": ROBOTS}]})
    return {item.path: item for section in document.items.values() for item in section}


def raises(error):
    def work():
        raise error

    return work


def test_a_failure_is_a_verdict_unless_it_concerns_all():
    assert attempt(lambda: None) == Verdict()
    assert attempt(lambda: Verdict(kept_because="x")).kept_because == "x"
    assert attempt(raises(QuayError("It failed."))).failure == "It failed."
    with pytest.raises(CredentialsRefused):
        attempt(raises(CredentialsRefused("dead", 401, "")))
    with pytest.raises(ServerAway):
        attempt(raises(ServerAway("It is down.")))


def test_the_first_failure_stays(items):
    item = items["organizations[ops]"]
    for verdict in (
        Verdict(),
        Verdict(kept_because="kept"),
        Verdict(failure="first"),
        Verdict(failure="second"),
        Verdict(),
    ):
        item.judge(verdict)
    assert (item.failure, item.kept_because) == ("first", "")


def test_what_was_prevented_is_counted_by_its_first_cause(items):
    assert message_of(list(items.values())) == ""
    items["organizations[ops]"].judge(Verdict(failure="It failed."))
    for path in sorted(items, key=len):
        items[path].judge(items[path].blocked or Verdict())
    items["organizations[shop].robots[ci]"].judge(Verdict(failure="Another one."))
    assert message_of(list(items.values())).splitlines() == [
        "6 objects are not as declared:",
        "organizations[ops]: It failed.",
        "organizations[shop].robots[ci]: Another one.",
        "4 objects were not tried: organizations[ops] failed",
    ]
    assert items["organizations[ops].repositories[a].prune[tags]"].failure == "not tried: organizations[ops] failed"
