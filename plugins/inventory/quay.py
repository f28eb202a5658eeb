# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: quay
short_description: Organizations or repositories of a Quay registry as hosts
version_added: 0.9.0
description:
  - Each organization, or each repository, becomes a host, so that forks, C(--limit) and the job slicing of automation
    controller spread the work on a registry.
  - Tasks for such a host run on the controller, since its connection is local.
  - The file is named C(quay.yml), C(quay.yaml), or ends in C(.quay.yml) or C(.quay.yaml).
  - Whatever Quay does not list, because the credentials have ended or the rights do not suffice, is an error. An
    inventory is never empty or short for such a reason.
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
      - What becomes a host.
      - The host of an organization has its name, the host of a repository the full one, such as C(payments/api).
      - Repositories in personal namespaces are left out.
    type: str
    default: organizations
    choices: [organizations, repositories]
  scope:
    description:
      - With V(superuser), all organizations of the registry. The account must be a superuser, and a token needs the
        scope C(super:user).
      - With V(user), the organizations of which the account is a member. A token needs the scope C(user:read).
      - For O(kind=repositories) the account must administer each organization (a token needs the scope C(org:admin)),
        unless it is a superuser where C(FEATURE_SUPERUSERS_FULL_ACCESS) is on.
    type: str
    default: superuser
    choices: [superuser, user]
  include:
    description:
      - Names that are wanted, exactly or as patterns with C(*), C(?) and C([a-z]). An empty list wants none.
      - With O(kind=repositories), V(payments) means all repositories of an organization, and V(payments/api) one.
        An asterisk stands for slashes too.
      - A name without such characters must be there, or else it is an error.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description: Names that are left out even if O(include) has them, written in the same way.
    type: list
    elements: str
    default: []
  host_prefix:
    description:
      - Text in front of the name of each host, which keeps several registries apart in one inventory.
      - Always give one where machines are in the same inventory.
    type: str
    default: ""
  workers:
    description:
      - How many organizations are read at the same time, 1 to 32. More than four rarely help.
      - Counts only for O(kind=repositories), where the list of each organization is read.
    type: int
    default: 4
notes:
  - Of variables, only extra variables count for the options here. Files of certificates are looked for in the folder of
    the inventory.
  - Options may be templates, which see the extra variables. In O(compose), O(groups) and O(keyed_groups) they are
    expressions that see the variables of the host.
  - Where an inventory fails, Ansible warns and goes on without it. Set E(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED), so
    that it stops.
  - "The variables of each host: C(quay_host), the address of the registry; C(quay_organization); C(quay_used_bytes),
    what its images take (null where Quay does not tell); C(ansible_connection), always V(local);
    C(ansible_python_interpreter), that of the controller."
  - "Organizations have C(quay_email) and C(quay_quota_bytes), both null with O(scope=user), and C(quay_is_admin),
    null with O(scope=superuser)."
  - "Repositories have C(quay_repository), the full name; C(quay_visibility), V(public) or V(private); C(quay_state),
    V(NORMAL), V(READ_ONLY) or V(MIRROR); C(quay_description); C(quay_last_modified), the time of the newest tag in
    ISO 8601, null without one."
  - "Hosts are in the group C(quay_organizations) or C(quay_repositories). Repositories are also in C(quay_public) or
    C(quay_private), in C(quay_state_normal), C(quay_state_read_only) or C(quay_state_mirror), and in the group
    of their organization: C(quay_organization_payments). There, all but letters and digits becomes C(_). Where two
    organizations would share such a group there is none, and a warning."
  - Whoever may create organizations chooses names of hosts. With an organization that has the name of a machine, plays
    for this machine would run on the controller. The plugin refuses a host that an inventory read before it has, but it
    cannot see what is read after it, so that only O(host_prefix) keeps machines apart.
  - Further variables of an organization belong in C(host_vars/) or C(group_vars/). With a second inventory
    that has its host, this one is refused, just as with machines.
  - An organization with the name of a group, such as V(all), is an error, since Ansible takes the name for the group.
  - Credentials are never variables of hosts.
  - With the cache, the list is as old as O(cache_timeout) allows. Its key holds the options that choose what is listed,
    and the account. Of a user and password this is the user, so a list in the cache is given with a wrong password too.
  - All organizations cost a request for each 100 of them. All repositories for a superuser with full access cost a
    request for each 100 and three more; otherwise two for each organization.
"""

EXAMPLES = r"""
# All organizations of a registry. Host and token come from QUAY_HOST and QUAY_TOKEN.
plugin: dockhand.quay.quay

---
# The organizations that the account is a member of, but for the archives, with templates for the connection.
plugin: dockhand.quay.quay
quay_host: https://quay.example.com
quay_token: "{{ lookup('ansible.builtin.env', 'PAYMENTS_TOKEN') }}"
scope: user
exclude: ["*-archive"]

---
# Repositories of some organizations, remembered for an hour, in groups by the first part of the organization's name.
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
from ansible_collections.dockhand.quay.plugins.module_utils._client.http import REQUESTS_ERROR
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

# Their texts are expressions, for each host anew.
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
            raise AnsibleParserError(f"{unknown[0]} is no option of the inventory plugin {self.NAME}.")
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
            raise AnsibleParserError(f"{name} is a template that cannot be filled in: {error}") from None

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
                    raise BadInput(option, entry, "it names a repository, which needs kind=repositories")
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
                cure = "give one of the two inventories a host_prefix"
                raise AnsibleParserError(f"Host {name} of {url} is a host of {other} already: {cure}.")

    def _refuse_groups(self, hosts: dict[str, Variables], groups: dict[str, list[str]], url: str) -> None:
        """Ansible gives to the group what is meant for a host of the same name, such as the local connection."""
        composed = map(self._sanitize_group_name, self.get_option("groups") or ())
        taken = {*self.inventory.groups, *itertools.chain(*groups.values()), *composed}
        for name in hosts:
            if name in taken:
                cure = "give the inventory a host_prefix, or leave it out with exclude"
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
