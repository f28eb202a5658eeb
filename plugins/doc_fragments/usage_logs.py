# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    # Whose usage logs, and of which time.
    DOCUMENTATION = r"""
options:
  scope:
    description:
      - Whose usage logs.
      - V(superuser) has those of the whole registry. Needs a token of a superuser (one who may only read will do) with
        scope C(super:user).
      - V(organization) needs an administrator's token with scope C(org:admin), V(user) means the account itself
        and needs scope C(user:admin), V(repository) an administrator's token with scope C(repo:admin).
        A superuser may use them for all organizations and repositories where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on.
    type: str
    choices: [superuser, organization, user, repository]
    default: superuser
  organization:
    description: Organization, or the account of another user, with O(scope=organization).
    type: str
  repository:
    description:
      - With O(scope=repository) the repository, as V(namespace/repository).
      - With another scope only the entries about this repository.
    type: str
  performer:
    description:
      - Only what this account has done, a user or a robot as V(namespace+name).
    type: str
  kinds:
    description: Only entries of these kinds, such as V(push_repo), V(pull_repo) or V(delete_tag).
    type: list
    elements: str
  starttime:
    description:
      - Time of the first entry, as ISO 8601 date or time, or as an age, such as V(7d), V(12h) or V(4 weeks).
      - Times without a zone are UTC, and a date means its first second.
    type: str
    default: 1d
  endtime:
    description:
      - Time before which the last entry is, in the same forms. A date means its end, so that day is included.
      - Where it is not given, or lies in the future, the entries until now are meant.
    type: str
"""
    STREAM = r"""
options:
  namespace:
    description: With O(scope=superuser) only the entries of this organization or user.
    type: str
  workers:
    description: How many days are read at the same time, 1 to 32. More than four rarely help.
    type: int
    default: 4
notes:
  - Quay takes whole days, a performer in the scopes V(organization) and V(user), and no other filter. The rest
    is filtered here, exactly; with it, Quay sends whole days nonetheless.
  - Each day is read to its end and compared with the counts that Quay gives by day and kind, since Quay's lists lose
    entries that share a time at the edge of a page. That is seen often where the database keeps whole seconds, as MySQL
    does. What is missing is found by reading again with other page edges where that is possible.
  - Some days cannot be checked, since the server does not count (C(FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL) is off),
    or since the period begins within a day that has more than 2,000 other entries.
"""
