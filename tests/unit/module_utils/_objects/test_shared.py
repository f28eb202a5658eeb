# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import types

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError
from ansible_collections.dockhand.quay.plugins.module_utils._objects.shared import refuse_lost


@pytest.mark.parametrize(
    ("result", "check_mode", "lost"),
    [
        ({"token": None}, False, True),
        ({"token": None}, True, False),
        ({"token": "x"}, False, False),
        ({}, False, False),
    ],
)
def test_a_secret_that_no_response_has_shown_is_lost(result, check_mode, lost):
    context = types.SimpleNamespace(check_mode=check_mode)
    if not lost:
        refuse_lost(context, result, "token", "The token")
        return
    with pytest.raises(QuayError, match="^The token was lost with a response") as caught:
        refuse_lost(context, result, "token", "The token")
    assert caught.value.result == result
