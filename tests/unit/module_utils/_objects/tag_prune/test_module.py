# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.dockhand.quay.plugins.module_utils._objects.tag_prune.module import TAG_PRUNE, rules_of


def test_each_pattern_of_a_comma_list_counts():
    given = {"repository": "payments/api", "tags": "pr-*, v*", "protect": "latest, v1"}
    params = ArgumentSpecValidator(TAG_PRUNE.spec).validate(given).validated_parameters
    rules, _since = rules_of(params)
    assert (rules.tags, rules.protect) == (["pr-*", "v*"], ["latest", "v1"])
