# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which entries the options of a task mean, and which of them are refused before any request."""

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput

from tests.unit.module_utils._usage.readings import NOW, YESTERDAY, oldest_first, reading
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
