"""`make test`: every target, two at a time where that is safe, and a table of what passed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Cheap failures first; targets share no files. Benchmarks want the machine for themselves.
TOGETHER = ("lint", "unit", "docs", "build", "contract", "integration", "sanity", "ends", "molecule", "faults")
ALONE = ("bench",)
SETTINGS = {"FAULTS": "short", "SANITY": "short"}
SILENCE = 10 * 60  # seconds without a byte of output, after which a target counts as hung
PROGRESS = 60  # seconds between two reports of what is running
LOOK = 1.0
LOGS = Path(".build/logs")
SHOWN_PASSED, SHOWN_FAILED, LINE = 3, 400, 100


class Target:
    """One run of a target of the Makefile, with its output in a file."""

    def __init__(self, name: str) -> None:
        self.name, self.log = name, LOGS / f"{name}.log"
        self.start = time.monotonic()
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                ["make", "--no-print-directory", name],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Unbuffered, so that silence means silence.
                env={**os.environ, **SETTINGS, "ANSIBLE_NOCOLOR": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.start

    def lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines()

    def wait(self, silence: float = SILENCE) -> bool:
        """Whether it passed; one that says nothing for ``silence`` seconds is stopped."""
        size, heard = 0, time.monotonic()
        while self.process.poll() is None:
            time.sleep(LOOK)
            if self.log.stat().st_size != size:
                size, heard = self.log.stat().st_size, time.monotonic()
            elif time.monotonic() - heard > silence:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
                with self.log.open("a") as output:
                    output.write(f"\nstopped: no output for {silence:.0f} seconds\n")
        return self.process.returncode == 0


class Suite:
    """All targets of one run."""

    def __init__(self) -> None:
        self.running: list[Target] = []
        self.results: list[tuple[str, bool, float]] = []
        self._ended = threading.Event()

    def run(self, name: str) -> None:
        """Run one target; print the end of its output, or all of it if it failed."""
        target = Target(name)
        self.running.append(target)
        passed = target.wait()
        self.running.remove(target)
        self.results.append((name, passed, target.seconds))
        title = f"--- {name}: {'passed' if passed else 'FAILED'} in {target.seconds:.0f} s ({target.log})"
        print("\n".join([title, *target.lines()[-(SHOWN_PASSED if passed else SHOWN_FAILED) :], ""]), flush=True)

    def report(self) -> None:
        """Print once a minute what is running and its last line."""
        while not self._ended.wait(PROGRESS):
            for target in tuple(self.running):
                last = next((line for line in reversed(target.lines()) if line.strip()), "")
                print(f"... {target.name}, {target.seconds:.0f} s: {last.strip()[-LINE:]}", flush=True)

    def all(self) -> None:
        """Run every target."""
        threading.Thread(target=self.report, daemon=True).start()
        for names, workers in ((TOGETHER, 2), (ALONE, 1)):
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(self.run, names))
        self._ended.set()

    def stop(self, signum: int, frame: object) -> None:
        """End with everything that was started."""
        for target in tuple(self.running):
            os.killpg(target.process.pid, signal.SIGTERM)
        os._exit(128 + signum)


def main() -> int:
    """Run the targets and print the table."""
    LOGS.mkdir(parents=True, exist_ok=True)
    start, suite = time.monotonic(), Suite()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, suite.stop)
    suite.all()
    failed = sum(not passed for _name, passed, _seconds in suite.results)
    for name, passed, seconds in suite.results:
        print(f"{name:12} {'passed' if passed else 'FAILED':8} {seconds:6.0f} s")
    print(f"{'all':12} {'':8} {time.monotonic() - start:6.0f} s")
    print(f"targets: {len(suite.results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
