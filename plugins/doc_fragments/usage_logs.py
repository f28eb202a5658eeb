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
      - Scope of the usage logs.
      - V(superuser) covers the whole registry. Requires a token of a superuser with the scope C(super:user); a
        superuser with read-only access is sufficient.
      - V(organization) requires an administrator's token with the scope C(org:admin). V(user) is the account itself and
        requires the scope C(user:admin). V(repository) requires an administrator's token with the scope C(repo:admin).
        With C(FEATURE_SUPERUSERS_FULL_ACCESS), a superuser can use them for all organizations and repositories.
    type: str
    choices: [superuser, organization, user, repository]
    default: superuser
  organization:
    description: Organization, or the account of another user, with O(scope=organization).
    type: str
  repository:
    description:
      - With O(scope=repository), the repository as V(namespace/repository).
      - With any other scope, only entries about this repository are included.
    type: str
  performer:
    description:
      - Only entries of this account, a user or a robot account as V(namespace+name).
    type: str
  kinds:
    description: Only entries of these kinds, such as V(push_repo), V(pull_repo) or V(delete_tag).
    type: list
    elements: str
  starttime:
    description:
      - Start of the period, as an ISO 8601 date or time, or as an age such as V(7d), V(12h) or V(4 weeks).
      - Times without a time zone are UTC. A date means the start of that day.
    type: str
    default: 1d
  endtime:
    description:
      - End of the period (exclusive), in the same formats. A date means the end of that day, so the day is included.
      - If not specified or in the future, the period ends now.
    type: str
"""
    STREAM = r"""
options:
  namespace:
    description: With O(scope=superuser), only entries of this organization or user are included.
    type: str
  workers:
    description: Number of days to read in parallel, 1 to 32. Values above 4 gain little.
    type: int
    default: 4
notes:
  - Quay filters by whole days, and by performer in the scopes V(organization) and V(user). All other filters are
    applied here, exactly; Quay still sends whole days.
  - Each day is read completely and compared with the counts that Quay returns by day and kind. Quay's lists can
    lose entries if the last entry of a page and the first of the next have the same time. This happens often if the
    database stores whole seconds, as MySQL does. If entries are missing, the day is read again with pages that start at
    other entries.
  - Some days cannot be verified, because the server does not count (C(FEATURE_AGGREGATED_LOG_COUNT_RETRIEVAL) is off),
    or because the period starts within a day that has more than 2,000 other entries.
"""
