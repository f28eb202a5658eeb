# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of registry documents, put into a folder and loaded."""

from __future__ import annotations

from ansible_collections.dockhand.quay.plugins.module_utils._document import files
from ansible_collections.dockhand.quay.plugins.module_utils._document.merging import Merger
from ansible_collections.dockhand.quay.plugins.module_utils._document.section import in_order
from ansible_collections.dockhand.quay.plugins.module_utils._document.texts import plain
from ansible_collections.dockhand.quay.plugins.module_utils._objects.registry.sections import SECTIONS

MERGER = Merger(in_order(SECTIONS))


def load(src, basedir):
    return plain(files.load(src, basedir, MERGER))


def put(folder, **files):
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
