# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The areas of the API, one file each, like Quay's own endpoints/api: every module with an ``area`` is one."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from ..endpoints.routing import Area


@functools.lru_cache(maxsize=1)
def areas() -> list[Area]:
    """The areas of all modules below this package."""
    found = pkgutil.walk_packages(__path__, f"{__name__}.")
    modules = [importlib.import_module(one.name) for one in found if not one.ispkg]
    return [module.area for module in modules if hasattr(module, "area")]
