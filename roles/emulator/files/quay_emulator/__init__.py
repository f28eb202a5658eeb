# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An emulator of the REST API of a Quay container registry, for demos and tests.

    python -m quay_emulator --port 0 --port-file URL.txt [--settings FILE.json] [--pid-file FILE]

It listens on 127.0.0.1 only and keeps its state in memory.  It starts with one superuser,
``quayadmin`` with the password ``password``, who has an OAuth token of all scopes,
``quayadmin000000000000000000000000token00`` (40 characters).
With ``{"empty": true}`` in the settings it starts without any user, for ``/api/v1/user/initialize``.

Switches for tests are below ``/_emulator/``, see ``control/switches.py``.
"""

from __future__ import annotations

SUPERUSER = "quayadmin"
PASSWORD = "password"
TOKEN = "quayadmin" + "token00".rjust(31, "0")
