# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which entries the options of a task mean, and which of them are refused before any request."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._text.times import DAY
from ansible_collections.dockhand.quay.plugins.module_utils._usage.query import MOST_PARTS, parts, query

from tests.unit.module_utils._usage.readings import NOW, TODAY, YESTERDAY, oldest_first, reading
from tests.unit.module_utils.usage_logs_server import Logs, every


def test_filters():
    rows = every(60, 50, YESTERDAY) + every(61, 40, YESTERDAY, kind="push_repo", performer="bob", repository="web")
    rows += every(62, 30, YESTERDAY, namespace="other")

    def count(**options):
        return len(oldest_first(reading(Logs(NOW, rows), **options).days(1)))

    assert count(kinds=["push_repo"]) == count(kinds=["delete_tag", " push_repo"]) == 40
    assert count(performer="bob") == 40
    assert count(namespace="other") == 30
    assert count(repository="payments/api") == 50
    assert count(scope="organization", organization="payments", repository="web") == 40
    assert count(scope="organization", organization="payments", repository="payments/web", performer="bob") == 40
    assert count(scope="repository", repository="payments/api", performer="bob") == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"starttime": "11/24/2026"}, "starttime: invalid value '11/24/2026': use an ISO 8601 date"),
        ({"starttime": "2026-11-25"}, "starttime: invalid value '2026-11-25': use a time in the past."),
        ({"starttime": "1d", "endtime": "2d"}, "endtime: invalid value '2d': use a time after starttime (1d)."),
        ({"scope": "organization"}, "scope: invalid value 'organization': set organization too."),
        ({"organization": "payments"}, "organization: invalid value 'payments': use it with scope=organization only"),
        (
            {"scope": "user", "namespace": "payments"},
            "namespace: invalid value 'payments': use it with scope=superuser only",
        ),
        ({"repository": "api"}, "repository: invalid value 'api': for scope superuser, use the form namespace/"),
        ({"workers": 0}, "workers: invalid value 0: use 1 to 32."),
    ],
)
def test_bad_input(options, sentence):
    with pytest.raises(BadInput) as told:
        reading(Logs(NOW), **options)
    assert str(told.value).startswith(sentence)


def asked(**options):
    return query({"scope": "superuser", "starttime": "3d", "endtime": None, **options}, NOW)


def test_a_period_that_is_over_has_an_end_and_one_that_is_not_has_none():
    assert asked(endtime="2026-11-24").end is None
    assert asked(endtime="2026-11-23").end == TODAY
    assert asked(starttime="1990-01-01").start.year == 2013
    ancient = asked(starttime="1990-01-01", endtime="1990-01-02")
    assert ancient.end - ancient.start == DAY


def test_quay_filters_and_counts_only_what_it_knows():
    assert asked(scope="organization", organization="ops", performer="bob").quay_filters == {"performer": "bob"}
    assert asked(performer="bob").quay_filters == {}
    assert (asked().countable, asked(kinds=["pull_repo"]).countable) == (True, True)
    assert not asked(performer="bob").countable
    assert not asked(namespace="ops").countable
    assert asked(scope="repository", repository="ops/a").countable
    assert not asked(scope="organization", organization="ops", repository="a").countable


def test_a_repository_is_found_by_its_short_and_its_full_name():
    full, short = (asked(scope="organization", organization="ops", repository=name) for name in ("ops/a", "a"))
    one = {"kind": "pull_repo", "metadata": {"repo": "a"}}
    for entry in (one, {**one, "namespace": {"name": "ops"}}, {**one, "metadata": {"repo": "a", "namespace": "ops"}}):
        assert full.wants(entry) and short.wants(entry)
    assert not full.wants({**one, "namespace": {"name": "shop"}})
    assert not full.wants({**one, "metadata": None}) and not short.wants({**one, "metadata": {}})


def test_a_day_is_parted_by_namespace_performer_and_repository():
    rows = [
        {"kind": "x", "namespace": {"name": "ops"}, "performer": {"name": "bob"}, "metadata": {"repo": "a"}},
        {"kind": "x", "namespace": None, "performer": None, "metadata": {}},
    ]
    found = {(part.scope, part.organization, part.performer, part.repository) for part in parts(asked(), rows)}
    assert found == {
        ("organization", "ops", "", ""),
        ("organization", "ops", "bob", ""),
        ("repository", "", "", "ops/a"),
    }
    assert parts(asked(scope="repository", repository="ops/a"), rows) == []
    assert parts(asked(scope="user", performer="bob"), rows) == []
    many = [{**rows[0], "performer": {"name": str(number)}} for number in range(3 * MOST_PARTS)]
    assert sum(bool(part.performer) for part in parts(asked(), many)) == MOST_PARTS
