# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay
short_description: Organizations or repositories of a Quay registry as hosts
version_added: 1.0.0
description:
  - Adds each organization or each repository as a host, so that forks, C(--limit) and job slicing in automation
    controller distribute the work on a registry.
  - Tasks for these hosts run on the controller, because their connection is local.
  - The inventory file must be named C(quay.yml) or C(quay.yaml), or end in C(.quay.yml) or C(.quay.yaml).
  - If Quay does not list everything, because credentials have expired or rights are missing, this is an error. An
    inventory is never empty or incomplete for such a reason.
author:
  - The dockhand.quay authors (@dockhand)
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
  - dockhand.quay.lookup
options:
  plugin:
    description: Always V(dockhand.quay.quay).
    type: str
    required: true
    choices: [dockhand.quay.quay]
  kind:
    description:
      - Kind of object to add as hosts.
      - Hosts of organizations are named after the organization, hosts of repositories have the full name, such as
        C(payments/api).
      - Repositories in personal namespaces are not included.
    type: str
    default: organizations
    choices: [organizations, repositories]
  scope:
    description:
      - V(superuser) lists all organizations of the registry. The account must be a superuser, and a token needs the
        scope C(super:user).
      - V(user) lists the organizations of which the account is a member. A token needs the scope C(user:read).
      - For O(kind=repositories), the account must administer each organization (a token needs the scope C(org:admin)),
        unless it is a superuser and C(FEATURE_SUPERUSERS_FULL_ACCESS) is on.
    type: str
    default: superuser
    choices: [superuser, user]
  include:
    description:
      - Names to include, exact or as patterns with C(*), C(?) and C([a-z]). An empty list includes none.
      - With O(kind=repositories), V(payments) includes all repositories of an organization, and V(payments/api) a
        single one. An asterisk also matches slashes.
      - A name without wildcards must exist; otherwise the inventory fails.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description: Names to exclude even if O(include) matches them, in the same format.
    type: list
    elements: str
    default: []
  host_prefix:
    description:
      - Prefix for the name of each host, which distinguishes several registries in one inventory.
      - Always set a prefix if the same inventory contains machines.
    type: str
    default: ""
  workers:
    description:
      - Number of organizations to read in parallel, 1 to 32. More than 4 rarely help.
      - Used only for O(kind=repositories), which reads the list of each organization.
    type: int
    default: 4
notes:
  - Only extra variables are available for the options. Certificate files are searched in the folder of the inventory.
  - Options can be templates, which see the extra variables. In O(compose), O(groups) and O(keyed_groups) they are
    expressions that see the variables of the host.
  - If an inventory fails, Ansible warns and continues without it. Set E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) to
    stop instead.
  - The variables of each host are C(quay_host), the URL of the registry; C(quay_organization); C(quay_used_bytes), the
    size of its images (null if Quay does not return it); C(ansible_connection), always V(local); and
    C(ansible_python_interpreter), that of the controller.
  - Organizations also have C(quay_email) and C(quay_quota_bytes), both null with O(scope=user), and C(quay_is_admin),
    null with O(scope=superuser).
  - Repositories also have C(quay_repository), the full name; C(quay_visibility), V(public) or V(private);
    C(quay_state), V(NORMAL), V(READ_ONLY) or V(MIRROR); C(quay_description); C(quay_last_modified), the time of the
    newest tag in ISO 8601, or null.
  - Hosts are in the group C(quay_organizations) or C(quay_repositories). Repositories are also in C(quay_public) or
    C(quay_private), and in C(quay_state_normal), C(quay_state_read_only) or C(quay_state_mirror).
  - Each repository is also in the group of its organization, such as C(quay_organization_payments). In this name, all
    characters but letters and digits become C(_). If two organizations would share a group, it is not created, and a
    warning is issued.
  - Everyone who can create organizations can choose host names. If an organization had the name of a machine, plays for
    this machine would run on the controller. The plugin rejects a host that an earlier inventory has, but it cannot see
    later ones, so only O(host_prefix) keeps machines separate reliably.
  - Set further variables of an organization in C(host_vars/) or C(group_vars/). If a second inventory contains its
    host, this inventory is rejected, as with machines.
  - An organization with the name of a group, such as V(all), is an error, because Ansible would use the name for the
    group.
  - Credentials are never added as variables of hosts.
  - With the cache, the list can be as old as O(cache_timeout). The cache key contains the account and the options that
    select what is listed. For user name and password it contains the user name only, so a cached list is also returned
    with a wrong password.
  - Listing all organizations takes one request for each 100 of them. Listing all repositories takes, for a superuser
    with full access, one request for each 100 and three more; otherwise two for each organization.
"""

EXAMPLES = r"""
# All organizations of a registry. Host and token come from QUAY_HOST and QUAY_TOKEN.
plugin: dockhand.quay.quay

---
# The organizations of the account, except archives, with a template for the token.
plugin: dockhand.quay.quay
quay_host: https://quay.example.com
quay_token: "{{ lookup('ansible.builtin.env', 'PAYMENTS_TOKEN') }}"
scope: user
exclude: ["*-archive"]

---
# Repositories of some organizations, cached for an hour, in groups by the first part of the organization name.
plugin: dockhand.quay.quay
kind: repositories
include: [payments, lab-*]
compose:
  department: quay_organization.split('-') | first
keyed_groups:
  - key: department
    prefix: department
groups:
  without_tags: quay_last_modified is none
strict: true
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/quay
cache_timeout: 3600
"""

import hashlib
import itertools
import json
import os
import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import Params, credentials
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import REQUESTS_ERROR
from ansible_collections.dockhand.quay.plugins.module_utils._engine.operation import Context
from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput
from ansible_collections.dockhand.quay.plugins.plugin_utils._hosts import (
    Variables,
    groups_of,
    organization_groups,
    organization_variables,
    repository_variables,
)
from ansible_collections.dockhand.quay.plugins.plugin_utils._listing import Listing, Selection
from ansible_collections.dockhand.quay.plugins.plugin_utils._options import (
    VARIABLES,
    connection,
    message_of,
    secrets_of,
    specified,
)
from ansible_collections.dockhand.quay.plugins.plugin_utils._trust import foreign, template

# Their texts are expressions, evaluated for each host.
CONSTRUCTED = ("compose", "groups", "keyed_groups")
# What decides which hosts there are.
CHOICE = ("kind", "scope", "include", "exclude")
# What a host that exists already must have in common with the one of its name.
IDENTITY = ("ansible_connection", "quay_host", "quay_organization", "quay_repository")
LOCAL = {
    "ansible_connection": template("local"),
    "ansible_python_interpreter": template("{{ ansible_playbook_python }}"),
}


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = "dockhand.quay.quay"

    def verify_file(self, path: str) -> bool:
        """Whether the file is named as one of this plugin."""
        name = f".{os.path.basename(path)}"
        return bool(super().verify_file(path)) and name.endswith((".quay.yml", ".quay.yaml"))

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Add the hosts that the file ``path`` describes."""
        super().parse(inventory, loader, path, cache)
        unknown = sorted(self._read_config_data(path).keys() - self.option_definitions.keys())
        if unknown:
            raise AnsibleParserError(f"{unknown[0]} is not an option of the inventory plugin {self.NAME}.")
        if REQUESTS_ERROR:
            raise AnsibleParserError(f"The inventory plugin {self.NAME} needs the Python library requests.")
        params = {**connection(self, self._direct, self._named), **{name: self.get_option(name) for name in CHOICE}}
        basedir, secrets = os.path.dirname(os.path.abspath(path)), secrets_of(params)
        context = Context(params, False, False, self.display.warning, basedir, secrets=secrets)
        try:
            found = self._found(path, context.client, params, cache)
        except AnsibleError:
            raise
        except Exception as error:
            raise AnsibleParserError(message_of(error, self.NAME, secrets)) from None
        prefix, url = self.get_option("host_prefix"), context.client.transport.endpoint.url
        hosts = {f"{prefix}{name}": {"quay_host": url, **variables} for name, variables in found.items()}
        groups = self._groups(hosts)
        self._refuse_others(hosts, url)
        self._refuse_groups(hosts, groups, url)
        self._add(hosts, groups)
        self._construct(hosts)

    def set_options(self, task_keys: t.Any = None, var_options: t.Any = None, direct: t.Any = None) -> None:
        """The options of the file and the extra variables, with their templates filled in."""
        self.templar.available_variables = var_options or {}
        self._direct, self._named = specified(
            {name: self._filled(name, value) for name, value in (direct or {}).items()},
            {name: self._filled(name, value) for name, value in (var_options or {}).items() if name in VARIABLES},
        )
        super().set_options(task_keys=task_keys, var_options=self._named, direct=self._direct)

    def _filled(self, name: str, value: t.Any) -> t.Any:
        if name in CONSTRUCTED:
            return value
        try:
            return self.templar.template(value)
        except AnsibleError as error:
            raise AnsibleParserError(f"{name} is a template that cannot be rendered: {error}") from None

    def _found(self, path: str, client: QuayClient, params: Params, may_be_cached: bool) -> dict[str, Variables]:
        """The variables of each organization or repository, from the cache or from Quay."""
        if not self.get_option("cache"):
            return self._read(client, params)
        account = client.auth.username or credentials(params).get("quay_token", "")
        choice = [client.transport.endpoint.url, account, *(params[name] for name in CHOICE)]
        key = f"{self.get_cache_key(path)}_{hashlib.sha256(json.dumps(choice).encode()).hexdigest()[:12]}"
        try:
            found = self._cache[key] if may_be_cached else None
        except KeyError:
            found = None
        if found is None:
            found = self._cache[key] = self._read(client, params)
        return t.cast("dict[str, Variables]", found)

    def _read(self, client: QuayClient, params: Params) -> dict[str, Variables]:
        selection = Selection(*(tuple(map(str, params[name])) for name in ("include", "exclude")))
        listing = Listing(client, params["scope"], selection, self.get_option("workers"))
        if params["kind"] == "repositories":
            return {name: repository_variables(view) for name, view in listing.repositories().items()}
        for option in ("include", "exclude"):
            for entry in getattr(selection, option):
                if "/" in entry:
                    raise BadInput(option, entry, "repositories need kind=repositories")
        return {name: organization_variables(view) for name, view in listing.organizations().items()}

    def _groups(self, hosts: dict[str, Variables]) -> dict[str, list[str]]:
        """The groups of each host, but for those that are constructed."""
        in_organizations = {variables["quay_organization"] for variables in hosts.values()}
        own, mixed = organization_groups(in_organizations if self.get_option("kind") == "repositories" else ())
        for sentence in mixed:
            self.display.warning(sentence)
        every = {name: (*groups_of(one), own.get(one["quay_organization"])) for name, one in hosts.items()}
        return {name: [group for group in groups if group] for name, groups in every.items()}

    def _refuse_others(self, hosts: dict[str, Variables], url: str) -> None:
        """Tasks for a host that exists would reach another machine or registry than before."""
        for name, variables in hosts.items():
            known, own = self.inventory.hosts.get(name), {**LOCAL, **variables}
            if known and any(known.vars.get(key) != own.get(key) for key in IDENTITY):
                registry = known.vars.get("quay_host", url)
                other = "another inventory" if registry == url else registry
                cure = "set host_prefix in one of the two inventories"
                raise AnsibleParserError(f"Host {name} of {url} is already a host of {other}: {cure}.")

    def _refuse_groups(self, hosts: dict[str, Variables], groups: dict[str, list[str]], url: str) -> None:
        """Ansible gives to the group what is meant for a host of the same name, such as the local connection."""
        composed = map(self._sanitize_group_name, self.get_option("groups") or ())
        taken = {*self.inventory.groups, *itertools.chain(*groups.values()), *composed}
        for name in hosts:
            if name in taken:
                cure = "set host_prefix, or leave it out with exclude"
                raise AnsibleParserError(f"Host {name} of {url} has the name of a group: {cure}.")

    def _add(self, hosts: dict[str, Variables], groups: dict[str, list[str]]) -> None:
        for name, variables in hosts.items():
            self.inventory.add_host(name)
            for key, value in {**LOCAL, **{key: foreign(value) for key, value in variables.items()}}.items():
                self.inventory.set_variable(name, key, value)
            for group in groups[name]:
                self.inventory.add_child(self.inventory.add_group(group), name)

    def _construct(self, hosts: t.Collection[str]) -> None:
        """Keyed groups come last: one that has the name of a host would get what is meant for the host."""
        for option, construct in (
            ("compose", self._set_composite_vars),
            ("groups", self._add_host_to_composed_groups),
            ("keyed_groups", self._add_host_to_keyed_groups),
        ):
            for name in hosts:
                variables = self.inventory.get_host(name).get_vars()
                construct(self.get_option(option), variables, name, strict=self.get_option("strict"))
