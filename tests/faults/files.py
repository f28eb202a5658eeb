# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that are no plain files, as destination and as source; names of the server that would be paths."""

from __future__ import annotations

import os
import pathlib
import stat
import typing as t

from tests.faults.case import Case, Options, Place, aside, task, unclean
from tests.integration.place import Api

# Far more than it takes, but for a busy machine.
SECONDS = 90
# No file that these tests write is larger.
LARGEST = 1 << 20
DOCUMENT = "organizations: [{name: payments}]\n"
Told = t.Optional[tuple[t.Optional[Options], str]]


def cases(short: bool) -> t.Iterator[Case]:
    """All of them are cheap."""
    for name, prepare in DESTINATIONS.items():
        for module in ("quay_export", "quay_usage_logs"):
            yield Case(f"{module} to {name}", lambda place, p=prepare, m=module: write_to(place, m, p(place.folder)))
    for name, prepare in SOURCES.items():
        yield Case(f"quay_apply from {name}", lambda place, p=prepare: read_from(place, p(place.folder)))
    for module in ("quay_export", "quay_usage_logs"):
        yield Case(f"{module} to a disk that is full", lambda place, m=module: on_a_full_disk(place, m))
    yield Case("quay_export keeps the mode of a file", keeps_mode)
    yield Case("quay_export follows a symlink", follows_symlink)
    for name in ("../../escaped", "..", ".hidden", "a/b", "x" * 300, "-rf", "a\nb", "\x1b[2J"):
        yield Case(f"quay_export split, an organization {name[:12]!r}", lambda place, n=name: stays_below(place, n))


def fifo(folder: pathlib.Path) -> pathlib.Path:
    os.mkfifo(folder / "fifo")
    return folder / "fifo"


def text(folder: pathlib.Path, content: bytes | str) -> pathlib.Path:
    file = folder / "file.yml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def loop(folder: pathlib.Path) -> pathlib.Path:
    """A folder with two symlinks to folders above it: endless, if they are followed."""
    inner = folder / "src" / "inner"
    inner.mkdir(parents=True)
    text(folder / "src", DOCUMENT)
    (inner / "one").symlink_to(folder / "src")
    (inner / "two").symlink_to(folder)
    return folder / "src"


def with_fifo(folder: pathlib.Path) -> pathlib.Path:
    (folder / "src").mkdir()
    text(folder / "src", DOCUMENT)
    os.mkfifo(folder / "src" / "fifo.yml")
    return folder / "src"


def link(folder: pathlib.Path, target: str) -> pathlib.Path:
    (folder / "link").symlink_to(target)
    return folder / "link"


def locked(folder: pathlib.Path) -> pathlib.Path:
    (folder / "locked").mkdir(mode=0o500)
    return folder / "locked" / "file.yml"


def device(folder: pathlib.Path, name: str) -> pathlib.Path:
    """One like /dev/NAME: root could really replace that one."""
    real = pathlib.Path("/dev") / name
    if os.geteuid():
        return real
    os.mknod(folder / name, 0o666 | stat.S_IFCHR, real.stat().st_rdev)
    return folder / name


DESTINATIONS: dict[str, t.Callable[[pathlib.Path], pathlib.Path]] = {
    "/dev/null": lambda folder: device(folder, "null"),
    "/dev/full": lambda folder: device(folder, "full"),
    "a FIFO": fifo,
    "a folder": lambda folder: folder,
    "a folder that is not there": lambda folder: folder / "no" / "such" / "file.yml",
    "a file as folder": lambda folder: text(folder, "x") / "file.yml",
    "a symlink to nothing": lambda folder: link(folder, "/no/such/place/file.yml"),
    "a symlink to itself": lambda folder: link(folder, "link"),
    "a name with a NUL": lambda folder: folder / "a\0b",
    "a name that is too long": lambda folder: folder / ("x" * 300),
    "a folder without permission": locked,
}
SOURCES: dict[str, t.Callable[[pathlib.Path], pathlib.Path]] = {
    "nothing": lambda folder: folder / "no.yml",
    "an empty file": lambda folder: text(folder, ""),
    "a FIFO": fifo,
    "/dev/zero": lambda folder: device(folder, "zero"),
    "an empty folder": lambda folder: folder,
    "a folder with symlinks above it": loop,
    "a folder with a FIFO": with_fifo,
    "a symlink to itself": lambda folder: link(folder, "link"),
    "a name with a NUL": lambda folder: folder / "a\0b",
    "a file of Vault": lambda folder: text(folder, "$ANSIBLE_VAULT;1.1;AES256\n6162\n"),
    "bytes that are no text": lambda folder: text(folder, b"\xff\xfe\x00\x01"),
    "a byte order mark": lambda folder: text(folder, b"\xef\xbb\xbf" + DOCUMENT.encode()),
    "a list": lambda folder: text(folder, "- 1\n"),
    "a number": lambda folder: text(folder, "42\n"),
    "YAML nested without end": lambda folder: text(folder, "[" * 20_000),
    "YAML of a million laughs": lambda folder: text(folder, laughs()),
    "YAML that calls Python": lambda folder: text(folder, "!!python/object/apply:os.getcwd []\n"),
    "two documents in a file": lambda folder: text(folder, f"---\n{DOCUMENT}---\n{DOCUMENT}"),
    "keys that are no texts": lambda folder: text(folder, "{1: 2, [a]: b, null: c}\n"),
}


def laughs() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(lines) + "\n"


def write_to(place: Place, module: str, dest: pathlib.Path) -> str:
    """A file there, or a clean message; what is no plain file stays what it was."""
    before = kind(dest)
    options = {"dest": str(dest)} if module == "quay_export" else {"dest": str(dest), "organization": "payments"}
    told = run(place, module, options)
    if before not in ("", "file") and kind(dest) != before:
        return f"{before} became {kind(dest) or 'nothing'}"
    return judge(told)


def on_a_full_disk(place: Place, module: str) -> str:
    """A clean message, and the old file stays."""
    file = text(place.folder, "old")
    options = {"dest": str(file)} if module == "quay_export" else {"dest": str(file), "organization": "payments"}
    told = run(place, module, options, largest=4)
    if told and told[0]:
        return "success is reported"
    return judge(told) or ("" if file.read_text() == "old" else "the old file is lost")


def read_from(place: Place, source: pathlib.Path) -> str:
    return judge(run(place, "quay_apply", {"src": str(source)}))


def keeps_mode(place: Place) -> str:
    file = text(place.folder, "old")
    file.chmod(0o600)
    fault = judge(run(place, "quay_export", {"dest": str(file)}))
    mode = stat.S_IMODE(file.stat().st_mode)
    return fault or ("" if mode == 0o600 else f"the mode is {mode:o}")


def follows_symlink(place: Place) -> str:
    target = text(place.folder, "old")
    dest = link(place.folder, str(target))
    fault = judge(run(place, "quay_export", {"dest": str(dest)}))
    return fault or ("" if dest.is_symlink() and target.read_text() != "old" else "the symlink was replaced")


def stays_below(place: Place, name: str) -> str:
    """Whatever the server calls an organization, files stay in dest."""
    from ansible_collections.dockhand.quay.plugins.module_utils._client.client import QuayClient

    dest = place.folder / "deep" / "dest"
    dest.mkdir(parents=True)
    call = QuayClient.call

    def renamed(value: t.Any) -> t.Any:
        """What the server answers, with another name for the organization."""
        if isinstance(value, dict):
            return {key: renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return name if value == "payments" else value

    def work() -> Told:
        from unittest import mock

        with mock.patch.object(QuayClient, "call", lambda *args, **more: renamed(call(*args, **more))):
            return run_here(place, "quay_export", {"dest": str(dest), "split": True})

    Api(place.emulator).organizations("payments")
    told = aside(work, SECONDS)
    outside = [file for file in place.folder.rglob("*") if file.is_file() and dest not in file.parents]
    return f"a file outside dest: {outside[0]}" if outside else judge(told)


def run(place: Place, module: str, options: Options, largest: int = LARGEST) -> Told:
    Api(place.emulator).organizations("payments")
    return t.cast(Told, aside(lambda: run_here(place, module, options, largest), SECONDS))


def run_here(place: Place, module: str, options: Options, largest: int = LARGEST) -> Told:
    import importlib
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    operation = importlib.import_module(f"ansible_collections.dockhand.quay.plugins.modules.{module}").OPERATION
    return task(operation, {**place.connection, **options})


def judge(told: Told) -> str:
    if told is None:
        return f"no end within {SECONDS} seconds, or the process died"
    return "" if told[0] is not None else unclean(told[1])


def kind(file: pathlib.Path) -> str:
    """What lies there, or nothing."""
    try:
        mode = file.lstat().st_mode
    except (OSError, ValueError):
        return ""
    return "file" if stat.S_ISREG(mode) else "a symlink" if stat.S_ISLNK(mode) else f"type {stat.S_IFMT(mode):o}"
