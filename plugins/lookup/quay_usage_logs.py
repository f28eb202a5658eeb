# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay_usage_logs
short_description: Read usage logs of Quay
version_added: 1.0.0
description:
  - Returns the entries of a period, newest first, each exactly once, over all pages.
  - For periods with more entries than a variable should hold, write a file with M(dockhand.quay.quay_usage_logs).
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - dockhand.quay.lookup
  - dockhand.quay.usage_logs
  - dockhand.quay.usage_logs.stream
options:
  _terms:
    description: The plugin has no terms; use its options.
  limit:
    description:
      - Maximum number of entries to return, newest first. Reading stops there.
      - A single request is sufficient if the newest page has enough entries, which is possible up to 20.
    type: int
notes:
  - C(module_defaults) apply to modules only. Set the variables instead, which apply to a whole play or inventory.
  - A day with missing entries, or one that could not be verified, is reported as a warning with figures. The day on
    which O(limit) stops the reading is not verified.
seealso:
  - module: dockhand.quay.quay_usage_logs
  - module: dockhand.quay.quay_usage_logs_info
"""

EXAMPLES = r"""
- name: Show who deleted tags this week
  ansible.builtin.debug:
    msg: "{{ deletions | map(attribute='performer.name', default='unknown') | unique }}"
  vars:
    deletions: "{{ query('dockhand.quay.quay_usage_logs', starttime='7d', kinds=['delete_tag']) }}"

- name: Show the last five events of an organization
  ansible.builtin.debug:
    msg: "{{ item.datetime_iso }} {{ item.kind }} {{ (item.performer | default({})).name | default('-') }}"
  loop: "{{ query('dockhand.quay.quay_usage_logs', scope='organization', organization='payments', limit=5) }}"
  loop_control:
    label: "{{ item.kind }}"

- name: Fail if anyone but the deployer pushed to production in September
  ansible.builtin.assert:
    that: pushed | map(attribute='performer.name', default='unknown') | difference(['payments+deployer']) | length == 0
  vars:
    pushed: >-
      {{ query('dockhand.quay.quay_usage_logs', scope='repository', repository='payments/api',
               starttime='2026-09-01', endtime='2026-09-30', kinds=['push_repo']) }}
"""

RETURN = r"""
_raw:
  description: The entries as Quay returns them, newest first.
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the entry.
      returned: always
      type: str
    datetime:
      description: Time as Quay writes it.
      returned: always
      type: str
      sample: Tue, 24 Nov 2026 07:22:59 -0000
    datetime_iso:
      description: The same time in ISO 8601, UTC.
      returned: always
      type: str
      sample: "2026-11-24T07:22:59Z"
    metadata:
      description: Details of the entry, depending on its kind.
      returned: always
      type: dict
    ip:
      description: Address that the request came from.
      returned: always
      type: str
    performer:
      description: Account that performed the action, with its C(name) and whether it C(is_robot).
      returned: if the account is known and still exists; not for anonymous pulls
      type: dict
    namespace:
      description: Organization or user, with its C(name) and C(kind).
      returned: with O(scope=superuser)
      type: dict
"""

import datetime as dt
import itertools
import typing as t

from ansible.errors import AnsibleError
from ansible.plugins.lookup import LookupBase
from ansible.utils.display import Display
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import REQUESTS_ERROR
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.module_utils._text.shown import Secrets
from ansible_collections.dockhand.quay.plugins.module_utils._usage.query import STREAM_SPEC, query
from ansible_collections.dockhand.quay.plugins.module_utils._usage.stream import (
    PAGE,
    UsageLogs,
    entries,
    incomplete_message,
    unchecked_message,
)
from ansible_collections.dockhand.quay.plugins.plugin_utils._options import (
    VARIABLES,
    connection,
    message_of,
    secrets_of,
    specified,
)

display = Display()


class LookupModule(LookupBase):
    def run(
        self, terms: list[t.Any], variables: dict[str, t.Any] | None = None, **kwargs: t.Any
    ) -> list[dict[str, t.Any]]:
        """The entries, newest first."""
        given = variables or {}
        # Ansible hands over variables as they are written.
        named = {name: self._templar.template(given[name]) for name in VARIABLES if name in given}
        direct, named = specified(kwargs, named)
        self.set_options(var_options=named, direct=direct)
        if terms:
            raise AnsibleError("quay_usage_logs takes options only, such as starttime='7d'.")
        if REQUESTS_ERROR:
            raise AnsibleError(
                "quay_usage_logs requires the Python library requests on the controller. Install it there."
            )
        params = {**connection(self, direct, named), **{name: self.get_option(name) for name in STREAM_SPEC}}
        secrets = secrets_of(params)
        try:
            return list(self._read(params, secrets, self.get_option("limit")))
        except AnsibleError:
            raise
        except Exception as error:
            raise AnsibleError(message_of(error, "the lookup quay_usage_logs", secrets)) from None

    def _read(self, params: dict[str, t.Any], secrets: Secrets, limit: int | None) -> t.Iterator[dict[str, t.Any]]:
        if limit is not None and limit < 1:
            raise BadInput("limit", limit, "use 1 or more")
        now = dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
        wanted = query(params, now)
        basedir = self._loader.get_basedir() if self._loader else "."
        context = Context(params, False, False, display.warning, basedir, secrets=secrets)
        logs = UsageLogs(context.client, wanted, now)
        try:
            first = logs.first_page() if limit and limit <= PAGE else []
            found = first if limit and len(first) >= limit else self._days(logs, params["workers"], limit)
            yield from itertools.islice(found, limit)
        finally:
            logs.close()

    def _days(self, logs: UsageLogs, workers: int, limit: int | None) -> t.Iterator[dict[str, t.Any]]:
        days = []
        for day in logs.latest(limit) if limit else logs.newest(workers):
            days.append(day)
            yield from entries(day)
            day.listing.close()
        for sentence in (
            incomplete_message([day.incomplete for day in days if day.incomplete]),
            unchecked_message([day.unchecked for day in days if day.unchecked]),
        ):
            if sentence:
                display.warning(sentence)
