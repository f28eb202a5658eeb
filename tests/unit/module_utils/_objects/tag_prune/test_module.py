# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.module import TAG_PRUNE, rules_of


def validated(**given):
    return ArgumentSpecValidator(TAG_PRUNE.spec).validate({"repository": "payments/api", **given}).validated_parameters


def test_each_pattern_of_a_comma_list_counts():
    rules, _since = rules_of(validated(tags="pr-*, v*", protect="latest, v1"))
    assert (rules.tags, rules.protect) == (["pr-*", "v*"], ["latest", "v1"])


def test_to_keep_no_tag_is_no_rule():
    """As the only rule, as of ``default(0)``, it would delete all."""
    with pytest.raises(BadInput) as caught:
        rules_of(validated(keep_newest=0))
    assert str(caught.value) == "keep_newest: invalid value 0: use 1 or more."
    assert rules_of(validated(keep_newest=1, max_deletions=0))[0].keep_newest == 1
