"""`make test`: every target, two at a time where that is safe, and a table of what passed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Cheap failures first. The targets of one stage share no files; benchmarks want the machine for themselves.
STAGES = (("lint", "unit"), ("contract", "docs", "build"), ("integration", "sanity", "ends", "molecule"), ("bench",))
LIMIT = 30 * 60  # seconds, after which a target counts as hung
LOGS = Path(".build/logs")
RUNNING: set[subprocess.Popen[bytes]] = set()


def run(target: str) -> tuple[str, bool, float]:
    """Run one target with its output in a file; show the end of it, or all of it where the target failed."""
    log = LOGS / f"{target}.log"
    start = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["make", "--no-print-directory", target],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "ANSIBLE_NOCOLOR": "1", "NO_COLOR": "1"},
            start_new_session=True,
        )
        RUNNING.add(process)
        try:
            passed = process.wait(LIMIT) == 0
        except subprocess.TimeoutExpired:
            output.write(b"\nstopped: it took too long\n")
            os.killpg(process.pid, signal.SIGKILL)
            passed = process.wait() == 0
        RUNNING.discard(process)
    seconds = time.monotonic() - start
    lines = log.read_text(errors="replace").splitlines()
    shown = lines[-3:] if passed else lines[-400:]
    title = f"--- {target}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s ({log})"
    print("\n".join([title, *shown, ""]), flush=True)
    return target, passed, seconds


def stop(signum: int, frame: object) -> None:
    """End with everything that was started."""
    for process in tuple(RUNNING):
        os.killpg(process.pid, signal.SIGTERM)
    sys.exit(128 + signum)


def main() -> int:
    """Run the stages and print the table."""
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    LOGS.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for stage in STAGES:
            results.extend(pool.map(run, stage))
    failed = sum(not passed for target, passed, seconds in results)
    for target, passed, seconds in results:
        print(f"{target:12} {'passed' if passed else 'FAILED':8} {seconds:6.0f} s")
    print(f"{'all':12} {'':8} {time.monotonic() - start:6.0f} s")
    print(f"targets: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
