# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of the export against a server in memory."""

from __future__ import annotations

import gzip
import json
from types import SimpleNamespace

from ansible_collections.dockhand.quay.plugins.module_utils._objects.usage_logs import export as operation
from ansible_collections.dockhand.quay.plugins.module_utils._usage import stream as usage_logs

DEFAULTS = {name: entry.get("default") for name, entry in operation.EXPORT_USAGE_LOGS.spec.items()}


class Registry(SimpleNamespace):
    """Runs the export against the logs in ``logs`` at the time ``now``."""

    def run(self, check_mode=False, **options):
        self.monkeypatch.setattr(operation, "this_second", lambda: self.now)
        self.monkeypatch.setattr(usage_logs, "Reader", lambda client: self.logs)
        self.logs.now = self.now
        client = SimpleNamespace(transport=SimpleNamespace(endpoint=SimpleNamespace(url="http://quay")))
        self.warned = []
        params = {**DEFAULTS, "starttime": "7d", **options}
        return operation.export(
            SimpleNamespace(
                params=params, check_mode=check_mode, basedir=str(self.path), client=client, warn=self.warned.append
            )
        )

    def numbers(self, dest):
        packed = gzip.open if dest.endswith(".gz") else open
        with packed(self.path / dest, "rt") as file:
            return [json.loads(line)["metadata"]["number"] for line in file]
