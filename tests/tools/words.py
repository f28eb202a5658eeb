# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts that users read: plain words, sentences of bearable length, names of tasks that begin with a verb.

CONTRIBUTING.md has the rules. Prose is found in Markdown, reStructuredText, the documentation of modules, plugins and
fragments, argument specs and changelog fragments; names of tasks in examples, roles, playbooks, scenarios and stories.
"""

from __future__ import annotations

import ast
import re
import sys
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 35
# What has no other use than the plainer word beside it.
WORDS = {
    r"\banew\b": "again; re-creates",
    r"\bshall\b": "must, should",
    r"(?<!there )(?<!There )\bis no (?!longer\b|more\b)": "is not a",
    r"\bempty text\b": "empty string",
    r"\bbeside\b": "next to; in addition",
    r"\bfor ever\b": "forever; indefinitely",
    r"\btold\b|\btells?\b": "reports, shows",
    r"\bcure\b": "fix",
    r"\bdeeds?\b": "one-off action",
    r"\bnot given\b": "not specified",
    r"\bbegins? at the playbook\b": "is relative to the playbook directory",
    r"\bstands? before\b|\bwins over\b": "takes precedence over",
    r"\bnobody (?:knows|writes|tells)\b": "say what is unknown, or what to do",
    r"\bnought\b|\bthereof\b|\bwherein\b": "a usual word",
    r"(?:^|[.;:] )Where (?!to\b|things\b)": "If, When",
    r"\bwhere (?:none|nothing|something|somebody|both|there (?:is|are))\b": "if, when",
}
# Exceptions: a file, and what it may say. Each has its reason.
ALLOWED = {
    "CODE_OF_CONDUCT.md": "adopted as published",
}
# Names of tasks begin with one of these; the list grows with use.
VERBS = frozenset((Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").split())
TASKS = ("plugins/modules/*.py", "plugins/lookup/*.py", "plugins/filter/*.py")
PLAYS = (
    "roles/*/tasks/*.yml",
    "playbooks/*.yml",
    "extensions/molecule/*/*.yml",
    "docs/molecule_example/**/*.yml",
    "docs/controller/project/*.yml",
    "tests/integration/targets/*/tasks/*.yml",
)
PAGES = ("*.md", "docs/docsite/rst/*.rst", "roles/*/README.md")
SPECS = ("roles/*/meta/argument_specs.yml", "changelogs/fragments/*.yml", "docs/playbooks.yml")
CODE = ("plugins/**/*.py",)
TEXTS = ("DOCUMENTATION", "RETURN")
Found = t.Iterator[tuple[int, str]]


def sentences(text: str) -> t.Iterator[str]:
    """One by one; code and markup count as a word each."""
    text = re.sub(r"``[^`]*``|`[^`]*`(?:_|<[^>]*>)?|\b[A-Z]{1,2}\([^()]*(?:\([^()]*\))?[^()]*\)", "X", text)
    yield from re.split(r"(?<=[.!?:;])\s+|\s\|\s", text)


def faults_of(text: str) -> t.Iterator[str]:
    """What is wrong with a paragraph."""
    for pattern, better in WORDS.items():
        plain = re.sub(r"``[^`]*``|`[^`]*`", "X", text)
        yield from (f"{found.group().strip()!r}: {better}" for found in re.finditer(pattern, plain))
    for sentence in sentences(text):
        if len(sentence.split()) > LONGEST:
            yield f"{len(sentence.split())} words: {sentence[:60]}…"


def paragraphs(page: str) -> Found:
    """Of Markdown and reStructuredText, without blocks of code and simple tables, with the number of the first line."""
    page = re.sub(r"^```.*?^```$", _blank, page, flags=re.MULTILINE | re.DOTALL)
    page = re.sub(r"^\.\. code-block::.*\n(?:(?: {3}.*)?\n)+", _blank, page, flags=re.MULTILINE)
    page = re.sub(r"^\s*(?:\* |\d\. |#\. |- |\|)", lambda found: f"\n{found.group()}", page, flags=re.MULTILINE)
    number = 1
    for block in re.split(r"\n\s*\n", page):
        # A simple table has a line of equals signs in front.
        if not block.startswith("==="):
            yield number, " ".join(line.strip(" *|") for line in block.splitlines())
        number += block.count("\n") + 1


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def descriptions(value: t.Any) -> t.Iterator[str]:
    """All texts of a piece of documentation, a paragraph each."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("sample", "choices", "default", "author", "name"):
                yield from descriptions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from descriptions(inner)
    elif isinstance(value, str):
        yield value


def documented(source: str, names: t.Container[str]) -> t.Iterator[t.Any]:
    """The YAML that a Python file assigns to these names, also within a class."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            name = getattr(node.targets[0], "id", "")
            if name in names or (names is TEXTS and node.value.value.lstrip().startswith("options:")):
                yield from yaml.safe_load_all(node.value.value)


def names_of_tasks(entries: t.Any) -> t.Iterator[str]:
    """The names of plays, blocks and tasks, at any depth."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            if isinstance(entry.get("name"), str) and not entry.keys() & {"role", "playbook"}:
                yield entry["name"]
            for part in ("tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always"):
                yield from names_of_tasks(entry.get(part))


def begins_well(name: str) -> bool:
    """With a verb, or with something that a template fills in."""
    return name.startswith("{{") or name.partition(" ")[0].rstrip(",") in VERBS


def rules_of(source: str) -> Found:
    """The rules of invalid values: what a function named …rule returns, and what BadInput is made with."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.endswith("rule"):
            found = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadInput":
            found = node.args[2:]
        else:
            continue
        for text in (inner for one in found for inner in ast.walk(one) if isinstance(inner, ast.Constant)):
            if isinstance(text.value, str):
                yield text.lineno, text.value


def files(patterns: t.Iterable[str]) -> list[Path]:
    return sorted(file for pattern in patterns for file in ROOT.glob(pattern) if file.name not in ALLOWED)


def faults() -> t.Iterator[str]:
    for file in files(PAGES):
        for number, text in paragraphs(file.read_text(encoding="utf-8")):
            yield from (f"{file.relative_to(ROOT)}:{number}: {fault}" for fault in faults_of(text))
    for file in files((*TASKS, "plugins/inventory/*.py", "plugins/doc_fragments/*.py")):
        for content in documented(file.read_text(encoding="utf-8"), TEXTS):
            for text in descriptions(content):
                yield from (f"{file.relative_to(ROOT)}: {fault}" for fault in faults_of(text))
    for file in files(SPECS):
        for text in descriptions(yaml.safe_load(file.read_text(encoding="utf-8"))):
            yield from (f"{file.relative_to(ROOT)}: {fault}" for fault in faults_of(text))
    for file in files(CODE):
        for number, text in rules_of(file.read_text(encoding="utf-8")):
            if re.match("(?:it|a|an) ", text):
                yield f"{file.relative_to(ROOT)}:{number}: a rule says what to use ('use …', 'set …'): {text}"
    yield from faults_of_names()


def faults_of_names() -> t.Iterator[str]:
    contents = [(file, list(documented(file.read_text(encoding="utf-8"), ("EXAMPLES",)))) for file in files(TASKS)]
    contents += [(file, [_yaml(file.read_text(encoding="utf-8"))]) for file in files(PLAYS)]
    contents += [(file, [_yaml(block) for block in blocks_of_yaml(file)]) for file in files(PAGES)]
    for file, entries in contents:
        for name in (name for part in entries for name in names_of_tasks(part)):
            if not begins_well(name):
                yield f"{file.relative_to(ROOT)}: the name of a task begins with a verb: {name}"


def blocks_of_yaml(page: Path) -> list[str]:
    """The examples on a page."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        return re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\.\. code-block:: yaml\n(?: {3}:caption: .*\n)?\n((?:(?: {3}.*)?\n)+)", text, re.MULTILINE)


def _yaml(text: str) -> t.Any:
    """With Ansible's own tags as plain values."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_scalar(node))
    return yaml.load(text, Loader)


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found))
    sys.exit(bool(found))
