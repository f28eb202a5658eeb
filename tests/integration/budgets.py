# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a module may send for one object when there is nothing to change, or for a one-off action."""

from __future__ import annotations

import typing as t

Options = dict[str, t.Any]

BUDGETS = {
    # The application, and the user whom the token is for.
    "quay_api_token": 2,
    "quay_application": 1,
    "quay_application_info": 1,
    "quay_application_token": 1,
    "quay_application_token_info": 1,
    "quay_authorization": 1,
    "quay_authorization_info": 1,
    "quay_build": 1,
    # An empty list proves no repository.
    "quay_build_info": 2,
    "quay_build_trigger": 1,
    "quay_build_trigger_info": 2,
    "quay_capabilities_info": 1,
    "quay_config_info": 1,
    "quay_default_perm": 1,
    "quay_default_perm_info": 1,
    "quay_docker_token": 2,
    "quay_docker_token_info": 1,
    "quay_first_user": 1,
    "quay_layer_info": 2,
    # The object, what the server has, whether the account may read the logs, and the export.
    "quay_log_export": 4,
    "quay_login": 0,
    "quay_manifest_info": 2,
    "quay_manifest_label": 2,
    "quay_manifest_label_info": 2,
    "quay_message": 1,
    "quay_message_info": 1,
    "quay_mirror_health_info": 3,
    "quay_notification": 1,
    # An empty list proves no repository.
    "quay_notification_info": 2,
    "quay_organization": 1,
    "quay_organization_immutability": 1,
    "quay_organization_immutability_info": 1,
    "quay_organization_info": 1,
    # Who is in no team is looked for among those who have rights to repositories.
    "quay_organization_member": 2,
    "quay_organization_member_info": 2,
    "quay_organization_mirror": 1,
    "quay_organization_mirror_info": 2,
    "quay_organization_prune": 1,
    "quay_organization_prune_info": 1,
    "quay_proxy_cache": 1,
    # None proves no organization.
    "quay_proxy_cache_info": 2,
    "quay_pull_stat_info": 1,
    "quay_quota": 1,
    # Organizations and users.
    "quay_quota_info": 2,
    "quay_registry_size": 1,
    "quay_registry_size_info": 1,
    "quay_repository": 1,
    "quay_repository_immutability": 1,
    "quay_repository_immutability_info": 1,
    # The repositories, and what proves that the account sees all of the namespace.
    "quay_repository_info": 2,
    "quay_repository_mirror": 1,
    "quay_repository_mirror_info": 1,
    "quay_repository_prune": 1,
    "quay_repository_prune_info": 1,
    "quay_robot": 1,
    # An empty list proves no organization.
    "quay_robot_info": 2,
    "quay_search_info": 1,
    "quay_service_key": 1,
    "quay_service_key_info": 1,
    "quay_superuser": 1,
    "quay_tag": 1,
    "quay_tag_info": 1,
    "quay_tag_prune": 2,
    "quay_team": 1,
    "quay_team_info": 1,
    "quay_team_ldap": 1,
    "quay_team_oidc": 1,
    "quay_team_sync": 1,
    "quay_usage_logs_info": 1,
    "quay_user": 1,
    "quay_user_conversion": 1,
    "quay_user_info": 1,
    "quay_user_quota": 1,
    "quay_vulnerability_info": 2,
}
# What acts each time; the task itself keeps the budget, since there is no second run.
ONE_OFF = ("quay_api_token", "quay_first_user", "quay_log_export")
# As many requests as there are objects or entries: the test that counts them.
COUNTED_IN = {
    "quay_apply": "tests/integration/test_requests_of_registries.py",
    "quay_export": "tests/integration/test_requests_of_registries.py",
    "quay_usage_logs": "tests/unit/module_utils/_usage/test_stream.py",
}
# Objects in a page of a list.
PAGE, PAGES = 100, {"quay_search_info": 10}
# The option with which each object of a list is read by itself, and its default.
EACH = {
    "quay_build_info": ("logs", False),
    "quay_organization_info": ("details", False),
    "quay_team_info": ("members", True),
}
# Quay counts the entries of one month at a time.
MONTH = 30
# Without a namespace in the name, the account that acts is asked for; a missing robot and a missing organization look
# alike.
PERSONAL = {"quay_robot": ("+", 3), "quay_repository": ("/", 1), "quay_repository_prune": ("/", 1)}


def budget(module: str, options: Options, result: Options) -> int:
    """The most requests for one object with these options; lists may cost more the longer the ``result`` is."""
    further = _listed(module, options, result) if module.endswith("_info") else _more(module, options)
    return BUDGETS[module] + _permissions(options) + further


def _listed(module: str, options: Options, result: Options) -> int:
    """What a list costs: its further pages, and each object that is read by itself."""
    if module == "quay_usage_logs_info":
        age = str(options.get("starttime", "")).partition("d")[0]
        return ("performer" in options) + (int(age) // MONTH if age.isdecimal() else 0)
    longest = max((len(value) for value in result.values() if isinstance(value, list)), default=0)
    option, default = EACH.get(module, ("", False))
    return max(0, longest - 1) // PAGES.get(module, PAGE) + longest * bool(options.get(option, default))


def _permissions(options: Options) -> int:
    """One read for each type of account; all types with ``append: false``."""
    permissions = options.get("perms")
    if not isinstance(permissions, list):
        return 2 if permissions is not None else 0
    if options.get("append") is False:
        return 2
    types = {"team" if entry.get("type", "user") == "team" else "user" for entry in permissions}
    return len(types)


def _more(module: str, options: Options) -> int:
    extra = sum(name in options for name in ("members", "federations", "new_name"))
    extra += any(name.startswith("auto_prune") for name in options)
    extra += module == "quay_organization_mirror" and bool(options.get("verify"))
    extra += module == "quay_build" and bool(options.get("logs"))
    # Another tag as the image, and how long the time machine of the namespace goes back, and its list.
    extra += module == "quay_tag" and "tag" in options and "@" not in options["image"]
    extra += 2 * bool(options.get("permanent"))
    # What the server has, and the pulls of the tags that are immutable or in use.
    extra += 4 * ("not_pulled_since" in options)
    extra += module == "quay_notification" and bool(options.get("test"))
    # Whether the account itself is among those who would leave.
    extra += module == "quay_team" and "members" in options and options.get("append") is False
    sign, reads = PERSONAL.get(module, ("", 0))
    return extra if sign in str(options.get("name", options.get("repository"))) else extra + reads
