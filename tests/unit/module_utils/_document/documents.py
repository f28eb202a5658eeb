# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads registry documents of all kinds."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._document.reader import DocumentReader
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

READER = DocumentReader(SECTIONS)


def faults(content):
    return READER.read(content).faults
