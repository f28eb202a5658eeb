# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: what the server says of itself (quay endpoints/api/capabilities.py, superuser.py)."""

from __future__ import annotations

import typing as t

from ..._engine.operation import Context, Params, inform
from ..shared import read_needing

Object = dict[str, t.Any]


class ConfigDumpView(t.TypedDict):
    """GET /superuser/config."""

    config: Object


def read_capabilities(context: Context) -> Params:
    """The answer as it is, which differs from release to release. Raises FeatureOff and QuayError."""
    return {"capabilities": read_needing(context.client, "capabilities", "/registry/capabilities", view=dict)}


def read_config(context: Context) -> Params:
    """Quay hides some secrets by their names and returns the environment of its process, too, which is left out.

    Raises FeatureOff and QuayError.
    """
    answer = read_needing(context.client, "config_dump", "/superuser/config", view=ConfigDumpView)
    return {"config": answer["config"]}


CAPABILITIES_INFO = inform({}, read_capabilities, {})
CONFIG_INFO = inform({}, read_config, {})
