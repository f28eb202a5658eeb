# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: plan_by_organization
short_description: Arrange the plan of quay_apply for readers
version_added: 1.0.0
description:
  - Groups the entries of RV(dockhand.quay.quay_apply#module:plan) by organization, and describes each difference as one
    line of text and in parts.
author:
  - The dockhand.quay authors (@dockhand)
positional: _input
options:
  _input:
    description: The plan that M(dockhand.quay.quay_apply) returned.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Compare the registry with its document
  dockhand.quay.quay_apply:
    src: registry.yml
  check_mode: true
  register: compared

- name: Show what differs
  ansible.builtin.debug:
    msg: "{{ differing | map(attribute='objects') | flatten | map(attribute='text') }}"
  vars:
    differing: "{{ compared.plan | dockhand.quay.plan_by_organization }}"
"""

RETURN = r"""
_value:
  description: The groups, sorted by name.
  type: list
  elements: dict
  contains:
    organization:
      description: Name of the organization; an empty string for objects outside organizations, such as user accounts.
      type: str
    objects:
      description: Entries of the plan, with three keys that replace C(fields).
      type: list
      elements: dict
      contains:
        finding:
          description:
            - State of the object in the registry, whatever a run would do about it.
            - V(missing) or V(different) compared with the declaration, V(undeclared), V(declared absent) but present,
              or V(protected), which is undeclared but not drift.
          type: str
        text:
          description: Difference in one line.
          type: str
          sample: "change  team payments/developers: members + bob; role member -> creator"
        changes:
          description:
            - Single differences.
            - Each has RV(ignore:field), RV(ignore:entry) (the entry of a list, or an empty string), and RV(ignore:from)
              and RV(ignore:to) as text.
            - RV(ignore:action) is V(add) or V(remove) for an entry of a list, otherwise V(change).
          type: list
          elements: dict
"""

import itertools
import json
import re
import typing as t

from ansible.errors import AnsibleFilterError
from ansible.utils.unsafe_proxy import wrap_var

Entry = dict[str, t.Any]
# Longer values are cut in the lines of text.
SHOWN = 60


def plan_by_organization(plan: t.Sequence[Entry]) -> list[Entry]:
    """The groups of a plan."""
    groups: dict[str, list[Entry]] = {}
    try:
        for entry in plan:
            groups.setdefault(entry["organization"], []).append(_described(entry))
    except (LookupError, TypeError, AttributeError) as error:
        raise AnsibleFilterError(f"This is no plan of quay_apply: {error!r}") from error
    return t.cast(
        "list[Entry]",
        wrap_var([{"organization": name, "objects": objects} for name, objects in sorted(groups.items())]),
    )


def _described(entry: Entry) -> Entry:
    changes = [change for name, ends in entry["fields"].items() for change in _changes(name, ends["from"], ends["to"])]
    # Of what is made or removed as a whole, the name is enough.
    if entry["action"] == "change":
        by_field = itertools.groupby(changes, lambda change: change["field"])
        details = "; ".join(f"{field} {', '.join(map(_clause, several))}" for field, several in by_field)
    else:
        details = entry.get("reason", "")
    text = f"{entry['action']:6}  {entry['object']}{': ' if details else ''}{details}"
    if entry.get("failure"):
        text += " (FAILED)"
    kept = {name: value for name, value in entry.items() if name != "fields"}
    return {**kept, "finding": _finding(entry), "changes": changes, "text": text}


def _finding(entry: Entry) -> str:
    if entry["protected"]:
        return "protected"
    if not entry["declared"]:
        return "undeclared"
    return {"create": "missing", "delete": "declared absent"}.get(entry["action"], "different")


def _changes(field: str, before: t.Any, after: t.Any) -> t.Iterator[Entry]:
    if not isinstance(before, list) and not isinstance(after, list):
        if _text(before) != _text(after):
            yield {"field": field, "action": "change", "entry": "", "from": _text(before), "to": _text(after)}
        return
    old, new = dict(map(_split, before or ())), dict(map(_split, after or ()))
    for entry in {**old, **new}:
        if old.get(entry) != new.get(entry):
            action = "add" if entry not in old else "remove" if entry not in new else "change"
            yield {
                "field": field,
                "action": action,
                "entry": entry,
                "from": old.get(entry, ""),
                "to": new.get(entry, ""),
            }


def _split(entry: t.Any) -> tuple[str, str]:
    """What names an entry of a list, and what it has: of a permission, who it is for and the role."""
    if not isinstance(entry, dict):
        return _text(entry), ""
    named = [entry[key] for key in sorted(entry, reverse=True) if key != "role"]
    return " ".join(map(_text, named)), _text(entry.get("role"))


def _text(value: t.Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value != {} else ""


def _clause(change: Entry) -> str:
    entry, old, new = change["entry"], change["from"], change["to"]
    if change["action"] == "change":
        return f"{entry + ' ' if entry else ''}{_quoted(old)} -> {_quoted(new)}"
    value = f" ({old or new})" if old or new else ""
    return f"{'+' if change['action'] == 'add' else '-'} {entry}{value}"


def _quoted(text: str) -> str:
    """As it is where it reads as one word; else cut and in quotation marks."""
    if re.fullmatch(rf"\S{{1,{SHOWN}}}", text):
        return text
    line = " ".join(text.split())
    return f"'{line if len(line) <= SHOWN else line[:SHOWN] + '…'}'"


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"plan_by_organization": plan_by_organization}
