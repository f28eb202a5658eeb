# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: the connection options of lookups and inventories (fragment dockhand.quay.lookup)."""

from __future__ import annotations

import os
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._client.connection import (
    CREDENTIALS_SPEC,
    PASSWORD_SPEC,
    SERVER_SPEC,
    Params,
)

FILES = ("ca_path", "client_cert", "client_key")
VARIABLES = [name if name.startswith("quay_") else f"quay_{name}" for name in (*SERVER_SPEC, *CREDENTIALS_SPEC)]


def connection(plugin: t.Any, direct: Params, variables: Params) -> Params:
    """The parameters of a client; ``direct`` and ``variables`` are what the plugin's set_options got."""
    params = {name: plugin.get_option(name) for name in SERVER_SPEC}
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
