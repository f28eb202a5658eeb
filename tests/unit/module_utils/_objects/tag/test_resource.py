# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._engine.plan import plan
from ansible_collections.dockhand.quay.plugins.module_utils._engine.resource import Observed, Wish
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag.resource import (
    FURTHEST,
    NEAREST,
    TAG,
    adapt,
    moment_of,
)

NAMES = {"image": "lab/app:v1", "repository": "lab/app", "tag": "v1", "source": "v1", "digest": ""}
FORM = "%Y-%m-%d %H:%M %z"
PATH = "/repository/lab/app/tag/v1"


def observed(expiration=None, immutable=False, digest="sha256:1", target="sha256:1", **facts):
    fields = {"manifest_digest": digest, "expiration": expiration, "immutable": immutable}
    return Observed(fields, {"start": int(time.time()), "lives": True, "target": target, **facts})


def steps(seen, state="present", **fields):
    wish = adapt(None, NAMES, seen, Wish(fields, state, options={"expiration_format": FORM}))
    return [(step.method, step.path.replace(PATH, ""), step.body) for step in plan(TAG, NAMES, seen, wish).steps]


def test_a_time_with_a_zone_is_that_moment_everywhere():
    assert moment_of("2100-01-01 12:00 +0200", FORM) == 4102480800
    with pytest.raises(BadInput, match="use a time in the future"):
        moment_of("2020-01-01 12:00 +0200", FORM)


@pytest.mark.parametrize(("wanted", "kept"), [(60, NEAREST), (2 * NEAREST, 2 * NEAREST), (2 * FURTHEST, FURTHEST)])
def test_an_expiration_is_compared_as_quay_keeps_it(wanted, kept):
    seen = observed()
    start = seen.facts["start"]
    text = time.strftime("%Y-%m-%d %H:%M:%S +0000", time.gmtime(start + wanted))
    wish = Wish({"expiration": text}, options={"expiration_format": "%Y-%m-%d %H:%M:%S %z"})
    assert adapt(None, NAMES, seen, wish).fields["expiration"] == start + kept
    seen.fields["expiration"] = start + kept
    assert plan(TAG, NAMES, seen, adapt(None, NAMES, seen, wish)).steps == ()


def test_what_quay_sets_only_on_the_moved_tag_comes_after_the_move():
    seen = observed(expiration=4102480800, target="sha256:2", immutable=True)
    assert steps(seen, immutable=False, expiration="2028-01-01 12:00 +0000") == [
        ("PUT", "", {"immutable": False}),
        ("PUT", "", {"manifest_digest": "sha256:2"}),
        ("PUT", "", {"expiration": 1830340800}),
    ]


def test_a_moved_tag_loses_its_expiration():
    seen = observed(expiration=4102480800, target="sha256:2")
    wish = adapt(None, NAMES, seen, Wish({}, options={"expiration_format": FORM}))
    planned = plan(TAG, NAMES, seen, wish)
    assert [step.body for step in planned.steps] == [{"manifest_digest": "sha256:2"}]
    assert (planned.before["expiration"], "expiration" in planned.after) == ("2100-01-01T10:00:00Z", False)


def test_the_expiration_of_a_moved_tag_counts_from_now():
    seen = observed(target="sha256:2")
    seen.facts["start"] = 1
    end = int(time.time()) + 4 * NEAREST
    text = time.strftime("%Y-%m-%d %H:%M:%S +0000", time.gmtime(end))
    wish = Wish({"expiration": text}, options={"expiration_format": "%Y-%m-%d %H:%M:%S %z"})
    assert adapt(None, NAMES, seen, wish).fields["expiration"] == end


def test_an_expiration_goes_before_a_tag_becomes_immutable():
    seen = observed(expiration=4102480800)
    assert steps(seen, immutable=True, expiration="") == [("PUT", "", {"expiration": None, "immutable": True})]


def test_restored_is_by_a_route_of_its_own():
    seen = Observed(None, {"start": 1, "lives": False, "target": "sha256:2", "restore": True})
    assert steps(seen) == [("POST", "/restore", {"manifest_digest": "sha256:2"})]


@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_immutable_tag_stays_unless_that_is_lifted(state):
    seen = observed(immutable=True, target="sha256:2")
    with pytest.raises(QuayError, match="it is immutable. Set immutable to false"):
        steps(seen, state)
    assert steps(seen, state, immutable=False)[0] == ("PUT", "", {"immutable": False})
