# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make matrix`: unit tests and a few stories on every pair of ansible-core and Python (tests/requirements/matrix.yml).

It takes the interpreters of pyenv and PATH, and tells what it could not test. `make matrix CORE=2.20` tests one core;
`make ends` (--ends) tests the oldest and the newest that this Python supports.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import importlib.metadata
import os
import shutil
import subprocess
import sys
import time
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "tests" / "requirements" / "matrix.txt"
TABLE = yaml.safe_load((ROOT / "tests" / "requirements" / "matrix.yml").read_text(encoding="utf-8"))
LOGS = ROOT / ".build" / "matrix"
# On a Python that only modules run on; lookups and filters stay on Ansible's own.
REMOTE_UNITS = ("tests/unit/module_utils", "tests/unit/emulator")
SYSTEM = Path("/usr/bin")
SHOWN_OF_A_FAILURE = 200


@dataclasses.dataclass(frozen=True)
class Pair:
    """ansible-core ``release`` on the Python ``controller``, its modules on the Python ``modules``."""

    core: str
    release: str
    controller: str
    modules: str

    @property
    def pythons(self) -> set[str]:
        """The versions that it needs."""
        return {self.controller, self.modules}

    def __str__(self) -> str:
        told = f"ansible-core {self.release} on Python {self.controller}"
        return told if self.modules == self.controller else f"{told}, modules on Python {self.modules}"


def candidates(version: str) -> t.Iterator[Path]:
    """Where a Python of this version can be. The shims of pyenv work for the chosen version alone."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{version}[.-]*/bin/python{version}"), reverse=True)
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    for folder in (*folders, SYSTEM):
        if folder.name != "shims" and (folder / f"python{version}").exists():
            yield folder / f"python{version}"


def works(python: Path) -> bool:
    """Whether a virtual environment can be made of it."""
    command = [str(python), "-c", "import ensurepip, ssl, venv"]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@functools.cache
def interpreter(version: str) -> Path | None:
    """The first Python of this version that works."""
    return next((python for python in candidates(version) if works(python)), None)


def all_pairs(core: str) -> t.Iterator[Pair]:
    """Each core, or one, with its Pythons; then with one of them and modules on an older Python."""
    for row in TABLE["cores"]:
        if core not in ("", row["core"]):
            continue
        controllers = row["controllers"]
        any_found = next((version for version in controllers if interpreter(version)), controllers[0])
        for version in controllers:
            yield Pair(row["core"], row["release"], version, version)
        for version in TABLE["targets"]:
            yield Pair(row["core"], row["release"], any_found, version)


def ends() -> t.Iterator[Pair]:
    """The oldest and the newest core on this Python, but for the one that all other targets of `make test` run on."""
    own = ".".join(map(str, sys.version_info[:2]))
    rows = [row for row in TABLE["cores"] if own in row["controllers"]]
    for row in rows[:1] + rows[1:][-1:]:
        pair = Pair(row["core"], row["release"], own, own)
        if row["release"] == importlib.metadata.version("ansible-core"):
            print(f"{pair}: what every other target runs on")
        else:
            yield pair


def environment(name: str, version: str, output: t.BinaryIO, *packages: str) -> Path:
    """The Python of .venv/NAME, which is created again if the pins changed."""
    folder = ROOT / ".venv" / name
    python, stamp = folder / "bin" / "python", folder / ".pins"
    pins = "\n".join([str(interpreter(version)), *packages, PINS.read_text(encoding="utf-8")])
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != pins:
        shutil.rmtree(folder, ignore_errors=True)
        make = [str(interpreter(version)), "-m", "venv", str(folder)]
        install = [str(python), "-m", "pip", "install", "-qq", "--requirement", str(PINS), *packages]
        for command in (make, install):
            subprocess.run(command, check=True, stdout=output, stderr=output)
        stamp.write_text(pins, encoding="utf-8")
    return python


def without_ansible(python: Path, core: str, controller: Path) -> dict[str, str]:
    """Unit tests on a Python that has no Ansible find module_utils of this core: as where a module runs."""
    folder = python.parents[1] / f"core-{core}"
    folder.mkdir(exist_ok=True)
    link = folder / "ansible"
    link.unlink(missing_ok=True)
    link.symlink_to(next((controller.parents[1] / "lib").glob("python*/site-packages/ansible")))
    return {"PYTHONPATH": str(folder)}


def pytest(python: Path, output: t.BinaryIO, arguments: t.Sequence[str], more: t.Mapping[str, str]) -> None:
    """Run tests on this Python, without the caller's settings for Ansible and Quay."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ANSIBLE_", "QUAY_"))}
    settings = {
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".collections"),
    }
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, stdout=output, stderr=output, env={**kept, **settings, **more})


def tell(stories: t.Sequence[str]) -> list[str]:
    """The tests of these stories."""
    file = "tests/integration/test_stories.py"
    doors = [f"{file}::test_story[{story}-{door}]" for story in stories for door in ("worker", "module")]
    return ["-n", "2", *doors, *(f"{file}::test_doors_agree[{story}]" for story in stories)]


def test(pair: Pair, ends: bool, output: t.BinaryIO) -> None:
    """Run everything of one pair, or what `make ends` takes of it; raises what pytest or pip failed with."""
    name = f"core-{pair.core}-py{pair.controller}"
    controller = environment(name, pair.controller, output, f"ansible-core=={pair.release}")
    modules = controller
    if pair.modules == pair.controller:
        # The emulator needs no Ansible.
        pytest(controller, output, ["tests/unit", *(["--ignore=tests/unit/emulator"] if ends else [])], {})
    else:
        modules = environment(f"py{pair.modules}", pair.modules, output)
        pytest(modules, output, REMOTE_UNITS, without_ansible(modules, pair.core, controller))
    stories = TABLE["stories"][: 1 if ends else None]
    pytest(controller, output, tell(stories), {"STORY_PYTHON": str(modules), "STORY_TASKS": "" if ends else "all"})


def passed(pair: Pair, ends: bool) -> bool:
    """Test one pair and tell how it went."""
    log = LOGS / f"core-{pair.core}-py{pair.controller}-modules-py{pair.modules}.log"
    start = time.monotonic()
    try:
        with log.open("wb") as output:
            test(pair, ends, output)
        told = "passed"
    except subprocess.CalledProcessError:
        told = "FAILED"
        print("\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-SHOWN_OF_A_FAILURE:]))
    print(f"{pair}: {told} in {time.monotonic() - start:.0f} s ({log.relative_to(ROOT)})", flush=True)
    return told == "passed"


def lacking(pairs: t.Sequence[Pair]) -> bool:
    """Tell what could not be tested; whether CI must not take that."""
    broken = []
    for version in sorted(set().union(*(pair.pythons for pair in pairs))):
        if interpreter(version):
            continue
        offered = next(candidates(version), None)
        why = f"{offered} does not work" if offered else f"there is no Python {version} on this machine"
        print(f"not tested, as {why}:", *(pair for pair in pairs if version in pair.pythons), sep="\n  ")
        if offered and version in TABLE["wanted"]:
            broken.append(version)
    return bool(broken) and os.environ.get("CI") == "true"


def main() -> int:
    parser = argparse.ArgumentParser(description="Test pairs of ansible-core and Python.")
    parser.add_argument("--core", default="", choices=["", *(row["core"] for row in TABLE["cores"])])
    parser.add_argument("--ends", action="store_true")
    asked = parser.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    chosen = list(ends() if asked.ends else all_pairs(asked.core))
    results = [passed(pair, asked.ends) for pair in chosen if all(map(interpreter, pair.pythons))]
    refused = lacking(chosen)
    untested = len(chosen) - len(results)
    print(f"pairs: {results.count(True)} passed, {results.count(False)} failed, {untested} not tested")
    return 0 if results and all(results) and not refused else 1


if __name__ == "__main__":
    sys.exit(main())
