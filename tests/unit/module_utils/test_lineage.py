# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task notices that its playbook was killed, whatever lies between them."""

from __future__ import annotations

import os
import pathlib
import shlex
import signal
import subprocess
import sys
import textwrap
import time

import pytest

TASK = """
    import os, sys, time
    from ansible_collections.dockhand.quay.plugins.module_utils._lineage import Lineage
    lineage = Lineage()
    open(sys.argv[1] + ("/wrong" if lineage.has_ended() else "/before"), "w").close()
    while not lineage.has_ended():
        time.sleep(0.02)
    open(sys.argv[1] + "/after", "w").close()
"""
# A worker that starts what is given, or does the task itself.
PLAYBOOK = """
    import os, subprocess, sys, time
    if os.fork():
        time.sleep(60)
    elif sys.argv[2:]:
        subprocess.run(sys.argv[2:])
    else:
        exec(os.environ["TASK"])
"""
WAYS = {
    "in the worker": "",
    "as a module": "{module} && true",
    "as a module behind another shell": "/bin/sh -c {quoted} && true",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_playbook_is_noticed(tmp_path, way):
    task = textwrap.dedent(TASK)
    module = shlex.join([sys.executable, "-c", task, str(tmp_path)]) + " && true"
    shell = WAYS[way].format(module=module, quoted=shlex.quote(module))
    started = ["/bin/sh", "-c", shell] if shell else []
    playbook = shlex.join([sys.executable, "-c", textwrap.dedent(PLAYBOOK), str(tmp_path), *started])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TASK": task}
    terminal = ["/bin/sh", "-c", f"{playbook} & echo $!; wait"]
    with subprocess.Popen(terminal, env=environment, stdout=subprocess.PIPE, text=True) as process:
        killed = int(process.stdout.readline())
        try:
            _wait_for(tmp_path / "before")
            # Whoever started the playbook may go.
            process.kill()
            process.wait()
            time.sleep(0.2)
            assert not (tmp_path / "after").exists()
        finally:
            os.kill(killed, signal.SIGKILL)
        _wait_for(tmp_path / "after")


def test_a_shell_that_ends_is_no_playbook(tmp_path):
    """The shell forks itself for the brackets, and what it has started there goes on without it."""
    task = shlex.join([sys.executable, "-c", "import os; exec(os.environ['TASK'])", str(tmp_path)])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TASK": textwrap.dedent(TASK)}
    script = ["/bin/sh", "-c", f"({task}; true) & wait"]
    with subprocess.Popen(script, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            _wait_for(tmp_path / "before")
            process.kill()
            process.wait()
            time.sleep(0.3)
            assert not (tmp_path / "after").exists()
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(file: pathlib.Path) -> None:
    end = time.monotonic() + 20
    while not file.exists():
        assert time.monotonic() < end, f"no {file.name}"
        time.sleep(0.02)
