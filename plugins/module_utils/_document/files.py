# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: registry documents in files: found, read, and put into text."""

from __future__ import annotations

import os
import re
import stat
import typing as t

from .._errors import BadInput
from .merging import Merger
from .yaml_text import NotADocument, parse, require_yaml, yaml

Content = dict[str, t.Any]
ENDINGS = (".yml", ".yaml", ".json")
# A line ends with the word that passes the first of them; the second is what yamllint allows.
FOLDED, LONGEST_LINE = 70, 80
LONG_LINES = "# yamllint disable rule:line-length\n"
# yamllint allows two of them, and none at the end of a file.
_MANY_BLANK_LINES = re.compile(r"\n{4}|\n\n\Z")


def load(src: str, basedir: str, merger: Merger) -> t.Any:
    """The document of a file, or of all files of a folder and those below it, merged.

    Raises BadInput, which names the file, and QuayError if PyYAML is missing.
    """
    require_yaml("src")
    path = os.path.join(basedir, src)
    if "\0" in path:
        raise BadInput("src", src, "remove the NUL character")
    if not os.path.isdir(path):
        content = _content(path, src)
        if content is None:
            raise BadInput("src", src, "the file is empty")
        return content
    files = sorted(_files_below(path, src))
    if not files:
        raise BadInput("src", src, f"the folder contains no file that ends in {', '.join(ENDINGS)}")
    whole: Content = {}
    for file in files:
        shown = os.path.relpath(file, path)
        content = _content(file, shown)
        if content is None:
            # A file with nothing but comments.
            continue
        if not isinstance(content, dict):
            raise BadInput("src", shown, "use a mapping, such as {organizations: []}")
        whole = merger.merged(whole, content, shown)
    return whole


def _files_below(path: str, src: str) -> t.Iterator[str]:
    """All but hidden ones, each once, however links lead there.

    Raises BadInput for a folder that cannot be read: what is in it would seem undeclared.
    """

    def refuse(error: OSError) -> None:
        raise BadInput("src", src, f"{os.path.relpath(error.filename, path)} cannot be read: {error.strerror}")

    seen: set[str] = set()
    for folder, folders, names in os.walk(path, onerror=refuse, followlinks=True):
        seen.add(os.path.realpath(folder))
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and os.path.realpath(os.path.join(folder, name)) not in seen
        ]
        yield from (os.path.join(folder, name) for name in names if name.endswith(ENDINGS) and name[0] != ".")


def _content(path: str, shown: str) -> t.Any:
    try:
        # A pipe would wait for somebody who writes.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise BadInput("src", shown, "use a regular file")
        with open(path, encoding="utf-8-sig") as file:
            return parse(file.read())
    except OSError as error:
        raise BadInput("src", shown, f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput("src", shown, "use a text file in UTF-8") from None
    except NotADocument as error:
        raise BadInput("src", shown, str(error)) from None


def dump(document: Content) -> str:
    """The document as YAML, as yamllint and ansible-lint want it: texts exact, those of several lines as blocks.

    What looks like a template is marked, so that Ansible leaves it alone. Raises QuayError if PyYAML is missing.
    """
    require_yaml("dest")

    # The emitter in C cannot indent lists.
    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: t.Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> t.Any:
            return super().increase_indent(flow, False)

    def text(dumper: t.Any, value: str) -> t.Any:
        is_template = any(mark in value for mark in ("{{", "{%", "{#"))
        style = ('"' if _MANY_BLANK_LINES.search(value) else "|") if "\n" in value else None
        return dumper.represent_scalar("!unsafe" if is_template else "tag:yaml.org,2002:str", value, style)

    Dumper.add_representer(str, text)
    written = yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=FOLDED, explicit_start=True)
    return LONG_LINES + written if max(map(len, written.splitlines())) > LONGEST_LINE else str(written)
