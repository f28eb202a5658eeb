# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what Quay takes for a build; each rule gives the broken one, or ""."""

from __future__ import annotations

import re
import typing as t
from urllib.parse import urlsplit

from ..._engine.action import check_waiting
from ..._engine.resource import State
from ..._errors import BadInput
from ..._text.name_rules import account_rule, namespace_rule, repository_rule


def archive_rule(address: str) -> str:
    """Addresses that Quay takes; for one beyond ASCII it would fail with 500."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "use a valid URL"
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "use an http:// or https:// URL"
    return "" if address.isascii() else "percent-encode the characters that are not ASCII"


def puller_rule(name: str) -> str:
    """A robot by its whole name, since builds pull with those of any namespace; or none."""
    if not name:
        return ""
    return account_rule(name) if "+" in name else "use the full name of a robot, namespace+short"


def tags_rule(tags: t.Sequence[str]) -> str:
    """Quay takes no empty list."""
    return "" if tags else "specify at least one tag, or leave the option out for latest"


def commit_rule(commit: str) -> str:
    """What a plain Git trigger takes (quay buildtrigger/basehandler.py)."""
    return "" if re.fullmatch("[A-Fa-f0-9]{7,}", commit) else "use 7 or more hexadecimal digits"


RULES: dict[str, t.Callable[[t.Any], str]] = {
    "repository": repository_rule,
    "id": namespace_rule,
    "archive_url": archive_rule,
    "docker_tags": tags_rule,
    "pull_robot": puller_rule,
    "commit_sha": commit_rule,
}


def check(params: State) -> None:
    """Hold the options against the rules before any request; raises BadInput."""
    check_waiting(params)
    for option, rule in RULES.items():
        broken = rule(params[option]) if params.get(option) is not None else ""
        if broken:
            raise BadInput(option, params[option], broken)
