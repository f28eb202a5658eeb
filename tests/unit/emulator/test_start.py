# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator as a process of its own."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

FILES = Path(__file__).parents[3] / "roles" / "emulator" / "files"


@pytest.fixture
def process(tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text('{"FEATURE_MAILING": true}')
    command = [sys.executable, "-m", "quay_emulator", "--port-file", str(tmp_path / "url")]
    command += ["--pid-file", str(tmp_path / "pid"), "--settings", str(settings)]
    with subprocess.Popen(command, cwd=FILES) as started:
        for _dummy in range(100):
            if (tmp_path / "url").exists():
                break
            time.sleep(0.1)
        yield started, tmp_path
        started.terminate()


@pytest.fixture
def connection(process):
    address = urlsplit((process[1] / "url").read_text())
    opened = http.client.HTTPConnection(address.hostname, address.port, timeout=5)
    yield opened
    opened.close()


def ask(connection, method, path, body=None):
    headers = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def test_files_settings_and_keep_alive(process, connection):
    started, folder = process
    assert int((folder / "pid").read_text()) == started.pid
    assert ask(connection, "GET", "/_emulator/settings")[1]["FEATURE_MAILING"] is True
    socket = connection.sock
    assert ask(connection, "POST", "/api/v1/organization/", {"name": "lab"})[0] == 403
    assert ask(connection, "GET", "/config")[0] == 200
    assert connection.sock is socket


@pytest.mark.parametrize("kind", ["cut", "lost_answer"])
def test_a_connection_is_closed_without_an_answer(connection, kind):
    ask(connection, "POST", "/_emulator/misbehave", {"kind": kind})
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask(connection, "GET", "/config")
    assert ask(connection, "GET", "/config")[0] == 200
