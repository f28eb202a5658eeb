# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: registry documents in files: read, merged by organization, and written."""

from __future__ import annotations

import contextlib
import os
import tempfile
import typing as t

from ansible_collections.dockhand.quay.plugins.module_utils._errors import BadInput, QuayError

try:
    import yaml
except ImportError:
    yaml = None  # type: ignore[assignment]

Content = dict[str, t.Any]
ENDINGS = (".yml", ".yaml", ".json")
# What names an entry, in the order of the sections at the top.
KEYS = ("username", "name")


def load(src: str, basedir: str) -> t.Any:
    """The document of a file, or of all files of a folder and those below it, merged."""
    if yaml is None:
        raise QuayError("Option src needs the Python library PyYAML where this task runs; option document does not.")
    path = os.path.join(basedir, src)
    if not os.path.isdir(path):
        return _content(path, src)
    files = sorted(
        os.path.join(folder, name)
        for folder, _folders, names in os.walk(path)
        for name in names
        if name.endswith(ENDINGS) and not name.startswith(".")
    )
    if not files:
        raise BadInput("src", src, f"the folder holds no file that ends in {', '.join(ENDINGS)}")
    whole: Content = {}
    for file in files:
        content = _content(file, os.path.relpath(file, path))
        if not isinstance(content, dict):
            raise BadInput("src", os.path.relpath(file, path), "a registry document is a mapping")
        _merge(whole, content, os.path.relpath(file, path))
    return whole


def _content(path: str, shown: str) -> t.Any:
    try:
        with open(path, encoding="utf-8") as file:
            return yaml.load(file, Loader=_loader())
    except OSError as error:
        raise BadInput("src", shown, f"it cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput("src", shown, f"it is no YAML: {' '.join(str(error).split())}") from None


def _loader() -> t.Any:
    """A safe loader, in C where there is one, that takes ``!unsafe`` texts as they are: nothing is templated here."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def text(loader: t.Any, node: t.Any) -> t.Any:
        return loader.construct_scalar(node)

    Loader.add_constructor("!unsafe", text)
    return Loader


def _merge(whole: Content, more: Content, file: str) -> None:
    """Lists are joined, the entries of one organization too; two different values for one option are an error."""
    for name, value in more.items():
        present = whole.get(name)
        if present is None or value is None:
            whole[name] = value if present is None else present
        elif isinstance(present, list) and isinstance(value, list):
            _join(present, value, file)
        elif present != value:
            raise BadInput("src", file, f"{name} has another value in another file of the folder")


def _join(present: list[t.Any], more: list[t.Any], file: str) -> None:
    named = {_key(entry): entry for entry in present if _key(entry)}
    for entry in more:
        twin = named.get(_key(entry))
        if twin is None or _key(entry) is None:
            present.append(entry)
        else:
            _merge(twin, entry, file)


def _key(entry: t.Any) -> t.Any:
    return next((entry[key] for key in KEYS if isinstance(entry, dict) and key in entry), None)


def dump(document: Content) -> str:
    """The document as YAML, texts exact; what looks like a template is marked, so that Ansible leaves it alone."""
    if yaml is None:
        raise QuayError("Option dest needs the Python library PyYAML where this task runs.")

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, data: t.Any) -> bool:
            return True

    def text(dumper: t.Any, value: str) -> t.Any:
        is_template = any(mark in value for mark in ("{{", "{%", "{#"))
        return dumper.represent_scalar("!unsafe" if is_template else "tag:yaml.org,2002:str", value)

    Dumper.add_representer(str, text)
    return str(yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120, explicit_start=True))


def differs(path: str, text: str) -> bool:
    """Whether the file does not hold this text yet."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read() != text
    except FileNotFoundError:
        return True


def write(path: str, text: str) -> None:
    """Replace the file at once, so that nobody ever reads half of it."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".quay_export-")
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(partial, 0o666 & ~mask)
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial)
        raise
