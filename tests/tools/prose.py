# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts between markers that follow from other files: sections of registry documents, variables of playbooks."""

from __future__ import annotations

import re
import textwrap
import typing as t
from pathlib import Path

import yaml

from tests.tools.schema import document_reader

ROOT = Path(__file__).resolve().parents[2]
PLAYBOOKS = ROOT / "docs" / "playbooks.yml"
DIFFERENCES = ROOT / "playbooks" / "vars" / "porting.yml"
INTERFACE = ROOT / "tests" / "contract" / "interface.yml"
# How the porting guide begins a difference that is no advice.
KINDS = {"change": "Change: ", "better": "", "drop": "No longer needed: "}
WIDTH = 120
# How files of each kind begin and end a comment.
COMMENTS = {".md": ("<!-- ", " -->"), ".rst": (".. ", ""), ".py": ("# ", ""), ".yml": ("# ", "")}
Spec = dict[str, t.Any]


def filled(file: Path, parts: dict[str, str]) -> str:
    """The text of a file with fresh parts between its markers."""
    text = file.read_text(encoding="utf-8")
    before, after = COMMENTS[file.suffix]
    for name, content in parts.items():
        begin, end = f"{before}{name}: written by make generate{after}", f"{before}end of {name}{after}"
        found = re.search(rf"^( *){re.escape(begin)}\n.*?^ *{re.escape(end)}$", text, re.MULTILINE | re.DOTALL)
        if not found:
            raise SystemExit(f"{file} has no place for {name}: it needs the lines {begin} and {end}")
        space = "\n" if file.suffix in (".md", ".rst") else ""
        inner = textwrap.indent(f"{begin}\n{space}{content}\n{space}{end}", found[1], lambda line: bool(line.strip()))
        text = text[: found.start()] + inner + text[found.end() :]
    return text


def sections_in_documentation() -> dict[str, dict[str, str]]:
    """For each file of documentation that lists the sections of a registry document."""
    reader = document_reader()
    sections = reader.sections
    places = {"quay_apply": sections, "quay_export": reader.exported}
    files = {f"plugins/modules/{name}.py": prose(some, 6) for name, some in places.items()}
    files |= {f"roles/{name}/meta/argument_specs.yml": prose(sections, 10) for name in ("provision", "drift_report")}
    files["roles/provision/README.md"] = table_of_sections(sections)
    parts = {file: {"sections": text} for file, text in files.items()}
    exclusive, every = reader.exclusive, sorted({section.name for section in reader.exported})
    parts["plugins/modules/quay_apply.py"]["exclusive"] = choices("choices:", exclusive, 4)
    parts["plugins/modules/quay_export.py"]["choices"] = choices("choices:", every, 4)
    parts["docs/controller/templates.yml"] = {
        "exclusive": choices("exclusive: &exclusive", exclusive, 2),
        "choices": choices("sections: &sections", every, 2),
    }
    return parts


def choices(key: str, names: t.Iterable[str], depth: int) -> str:
    """A list in YAML, on one line if it fits."""
    line = f"{key} [{', '.join(sorted(names))}]"
    return line if len(line) <= WIDTH - depth else "\n".join([key, *(f"  - {name}" for name in sorted(names))])


def prose(sections: t.Iterable[t.Any], depth: int) -> str:
    """An item of a YAML list for each section: where it is and which module has its options."""
    lines = []
    for section in sections:
        form = "a dictionary" if section.single else "a list"
        place = f" in each entry of C({section.parent})" if section.parent else ""
        text = f"- C({section.name}){place}, {form} with the options of M(dockhand.quay.quay_{section.resource.kind})."
        lines += textwrap.wrap(text, WIDTH - depth, subsequent_indent="  ", break_long_words=False)
    return "\n".join(lines)


def table_of_sections(sections: t.Sequence[t.Any]) -> str:
    """The table in Markdown: a mark for each section around one, its options, its module."""

    def rows(parent: str, depth: int) -> t.Iterator[str]:
        for section in (one for one in sections if one.parent == parent):
            name = f"{'… ' * depth}`{section.name}`{' (a dictionary)' if section.single else ''}"
            options = ", ".join(_named(*option) for option in section.argument_spec(()).items() if option[0] != "state")
            yield f"| {name} | {options} | `quay_{section.resource.kind}` |"
            yield from rows(section.name, depth + 1)

    return "\n".join(["| Section | Options | Module |", "| --- | --- | --- |", *rows("", 0)])


def _named(option: str, spec: Spec) -> str:
    inner = ", ".join(f"`{name}`" for name in spec.get("options", ()))
    return f"`{option}`{f' ({inner})' if inner else ''}"


def playbooks(form: t.Literal["markdown", "rst"]) -> str:
    """A table of variables for each playbook: its own of docs/playbooks.yml, and those of the role it applies."""
    tables = []
    for name, playbook in yaml.safe_load(PLAYBOOKS.read_text(encoding="utf-8")).items():
        rows = [[f"`{variable}`", _default(spec), _first(spec)] for variable, spec in _variables(playbook).items()]
        title = f"`dockhand.quay.{name}`: {playbook['description']}"
        tables.append(_markdown(title, rows) if form == "markdown" else _rst(title, rows))
    return "\n\n".join(tables)


def _variables(playbook: Spec) -> dict[str, Spec]:
    own = t.cast("dict[str, Spec]", playbook.get("variables", {}))
    if "role" not in playbook:
        return own
    file = ROOT / "roles" / playbook["role"] / "meta" / "argument_specs.yml"
    spec = yaml.safe_load(file.read_text(encoding="utf-8"))["argument_specs"]["main"]
    return {**spec["options"], **own}


def _default(spec: Spec) -> str:
    if spec.get("required"):
        return "required"
    value = spec.get("default")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text}`" if text and "default" in spec else ""


def _first(spec: Spec) -> str:
    """The first paragraph of the description, without Ansible's markup."""
    description = spec["description"]
    text = description[0] if isinstance(description, list) else description
    text = re.sub(r"\bO\([^()]*\.(\w+)#module:([^()]*)\)", r"`\2` of `\1`", text)
    return re.sub(r"\b[CEMOV]\((?:dockhand\.quay\.)?([^()]*)\)", r"`\1`", text)


def porting() -> dict[str, str]:
    """For the porting guide: what concerns everything, and a table of the names that playbooks use today."""
    differences = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))["porting_differences"]
    interface = yaml.safe_load(INTERFACE.read_text(encoding="utf-8"))
    everywhere = [f"* {_difference(one)}" for one in differences if "names" not in one]
    lines = [".. list-table::", "   :header-rows: 1", "   :widths: 30 70", "", "   * - Name", "     - Difference"]
    for kind, plural in (("module", "modules"), ("role", "roles"), ("filter", "filters")):
        for name in interface[plural]:
            told = [_difference(one) for one in differences if name in one.get("names", ())] or ["Same."]
            lines += [f"   * - :ansplugin:`{name} <dockhand.quay.{name}#{kind}>`"]
            lines += [
                f"     - {told[0]}" if len(told) == 1 else f"     - * {told[0]}",
                *(f"       * {one}" for one in told[1:]),
            ]
    return {"everywhere": "\n".join(everywhere), "modules": "\n".join(lines)}


def _difference(one: Spec) -> str:
    text = next(prefix + one[kind] for kind, prefix in KINDS.items() if kind in one)
    return re.sub(r"`([^`]+)`", r"``\1``", text.strip())


def _markdown(title: str, rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (["Variable", "Default", "Meaning"], ["---"] * 3, *rows)]
    return "\n".join([title, "", *lines])


def _rst(title: str, rows: list[list[str]]) -> str:
    lines = [title, "", ".. list-table::", "   :header-rows: 1", "   :widths: 30 15 55", ""]
    for row in (["Variable", "Default", "Meaning"], *rows):
        lines += [f"   * - {row[0]}", *(f"     - {cell}".rstrip() for cell in row[1:])]
    return re.sub(r"`([^`]+)`", r"``\1``", "\n".join(lines))
