# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: registry documents in files: read, merged by organization, and put into text."""

from __future__ import annotations

import json
import os
import re
import typing as t

from .._errors import BadInput, QuayError

try:
    import yaml
except ImportError:
    yaml = None  # type: ignore[assignment]

Content = dict[str, t.Any]
ENDINGS = (".yml", ".yaml", ".json")
# What names an entry, and what one of the same name can differ in, with its default: a default permission.
NAMES = ("username", "name")
BESIDE_NAMES = {"type": "user", "creator": ""}
MERGE_TAG = "tag:yaml.org,2002:merge"
# A password that wants quotes looks like an alias or a tag, which the parser's sentences name.
_SECRET = re.compile(r"""(?<=(?:lias|chor|ndle| tag) )['"](?!!vault').*['"]""")


def load(src: str, basedir: str) -> t.Any:
    """The document of a file, or of all files of a folder and those below it, merged."""
    if yaml is None:
        raise QuayError("Option src needs the Python library PyYAML where this task runs; option document does not.")
    path = os.path.join(basedir, src)
    if not os.path.isdir(path):
        return _content(path, src)
    files = sorted(_files_below(path, src))
    if not files:
        raise BadInput("src", src, f"the folder holds no file that ends in {', '.join(ENDINGS)}")
    whole: Content = {}
    for file in files:
        content = _content(file, os.path.relpath(file, path))
        if content is None:
            # A file with nothing but comments.
            continue
        if not isinstance(content, dict):
            raise BadInput("src", os.path.relpath(file, path), "a registry document is a mapping")
        whole = _merged(whole, content, os.path.relpath(file, path))
    return whole


def _files_below(path: str, src: str) -> t.Iterator[str]:
    """All but hidden ones. A folder that cannot be read is no empty one: what is in it would seem undeclared."""

    def refuse(error: OSError) -> None:
        raise BadInput("src", src, f"{os.path.relpath(error.filename, path)} cannot be read: {error.strerror}")

    for folder, folders, names in os.walk(path, onerror=refuse, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(folder, name) for name in names if name.endswith(ENDINGS) and name[0] != ".")


def _content(path: str, shown: str) -> t.Any:
    try:
        with open(path, encoding="utf-8") as file:
            content = yaml.load(file, Loader=_loader())
        # As option document has it: dates are texts there, and so are all keys.
        return json.loads(json.dumps(content, default=str))
    except OSError as error:
        raise BadInput("src", shown, f"it cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput("src", shown, f"it is no YAML: {' '.join(_SECRET.sub('', str(error)).split())}") from None
    except (TypeError, ValueError) as error:
        raise BadInput("src", shown, f"JSON could not express it: {error}") from None


def _loader() -> t.Any:
    """A safe loader, in C where there is one, that takes ``!unsafe`` texts as they are: nothing is templated here."""

    seen: set[int] = set()

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        def flatten_mapping(self, node: t.Any) -> None:
            """Comes to every mapping, before ``<<`` is resolved: a key that is there twice would hide what it had."""
            keys = [key.value for key, _value in node.value if key.tag != MERGE_TAG]
            twin = next((key for key in keys if keys.count(key) > 1), None)
            if twin is not None and id(node) not in seen:
                problem = f"key {twin} is there twice in the mapping"
                raise yaml.constructor.ConstructorError(problem=problem, problem_mark=node.start_mark)
            seen.add(id(node))
            super().flatten_mapping(node)

    def text(loader: t.Any, node: t.Any) -> t.Any:
        return loader.construct_scalar(node)

    Loader.add_constructor("!unsafe", text)
    return Loader


def _merged(present: Content, more: Content, file: str) -> Content:
    """Lists are joined, the entries of one organization too; two different values for one option are an error.

    Nothing is changed in place, since what YAML's aliases name is the same object in several places.
    """
    whole = dict(present)
    for name, value in more.items():
        known = whole.get(name)
        if known is None or value is None:
            whole[name] = value if known is None else known
        elif isinstance(known, list) and isinstance(value, list):
            whole[name] = _joined(known, value, file)
        elif known != value:
            raise BadInput("src", file, f"{name} has another value in another file of the folder")
    return whole


def _joined(present: list[t.Any], more: list[t.Any], file: str) -> list[t.Any]:
    joined = list(present)
    places = {_key(entry): place for place, entry in enumerate(present) if _key(entry)}
    for entry in more:
        place = places.get(_key(entry))
        if place is None:
            joined.append(entry)
        else:
            _check_states(joined[place], entry, file)
            joined[place] = _merged(joined[place], entry, file)
    return joined


def _check_states(present: Content, more: Content, file: str) -> None:
    """An entry of a file that gives no state is present."""
    known, state = (entry.get("state") or "present" for entry in (present, more))
    if known != state:
        name = more.get("username") or more.get("name")
        raise BadInput("src", file, f"{name} is declared {state} here and {known} in another file of the folder")


def _key(entry: t.Any) -> tuple[str, ...] | None:
    """What tells whether two entries mean the same object."""
    if not isinstance(entry, dict) or not entry.keys() & set(NAMES):
        return None
    names = (str(entry.get(key)) for key in NAMES)
    return (*names, *(str(entry.get(key) or default) for key, default in BESIDE_NAMES.items()))


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
