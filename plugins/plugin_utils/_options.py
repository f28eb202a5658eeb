# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the connection options of lookups and inventories (fragment dockhand.quay.lookup)."""

from __future__ import annotations

import os
import typing as t

from ansible.module_utils.common.parameters import remove_values
from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import (
    CREDENTIALS_SPEC,
    PASSWORD_SPEC,
    SERVER_SPEC,
    Params,
    is_empty,
)
from ansible_collections.dockhand.quay.plugins.module_utils._errors import QuayError, unexpected
from ansible_collections.dockhand.quay.plugins.module_utils._text.shown import Secrets, secrets_in

FILES = ("ca_path", "client_cert", "client_key")


def _variable(name: str) -> str:
    return name if name.startswith("quay_") else f"quay_{name}"


VARIABLES = [_variable(name) for name in (*SERVER_SPEC, *CREDENTIALS_SPEC)]


def specified(direct: Params, variables: Params) -> tuple[Params, Params]:
    """Both without connection options that are empty, which includes variables of the environment."""

    def without_empty(values: Params, names: t.Iterable[str]) -> Params:
        return {name: value for name, value in values.items() if name not in names or not is_empty(value)}

    direct, variables = without_empty(direct, {*SERVER_SPEC, *CREDENTIALS_SPEC}), without_empty(variables, VARIABLES)
    for name, spec in SERVER_SPEC.items():
        given = name in direct or _variable(name) in variables
        if not given and any(is_empty(os.environ.get(env, "-")) for env in spec.get("fallback", (None, []))[1]):
            # Ansible would take an empty QUAY_VERIFY_SSL for false.
            direct[name] = spec.get("default")
    return direct, variables


def secrets_of(params: Params) -> Secrets:
    """What messages must not show of the parameters of a client."""
    hidden = (params[name] for name, spec in CREDENTIALS_SPEC.items() if spec.get("no_log") and params.get(name))
    return Secrets([*map(str, hidden), *secrets_in(params)])


def message_of(error: Exception, plugin: str, secrets: t.Iterable[str]) -> str:
    """The message about whatever a plugin raised, which holds no secret."""
    text = str(error) if isinstance(error, QuayError) else unexpected(error, plugin)
    return t.cast("str", remove_values(text, secrets))


def connection(plugin: t.Any, direct: Params, variables: Params) -> Params:
    """The parameters of a client; ``direct`` and ``variables`` are what the plugin's set_options got."""
    found: Params = {name: plugin.get_option(name) for name in SERVER_SPEC}
    params: Params = {name: None if is_empty(value) else value for name, value in found.items()}
    params.update({name: os.path.expanduser(params[name]) for name in FILES if params[name]})
    named = _credentials(direct, variables)
    return {**params, **{name: plugin.get_option(name) if name in named else None for name in CREDENTIALS_SPEC}}


def _credentials(direct: Params, variables: Params) -> set[str]:
    """Those of the options or else of the variables; those of the environment come in where there are none."""
    own = {name for name in CREDENTIALS_SPEC if direct.get(name)}
    others = {name for name in CREDENTIALS_SPEC if variables.get(name)}
    if own & {"quay_session", "quay_token"}:
        others = set()
    elif own:
        others &= set(PASSWORD_SPEC)
    return own | others
