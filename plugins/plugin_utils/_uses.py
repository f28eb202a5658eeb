# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: where YAML files use modules, roles and filters of a Quay collection."""

from __future__ import annotations

import re
import typing as t

import yaml
from ansible.errors import AnsibleError
from ansible.parsing.splitter import parse_kv
from ansible.playbook.handler import Handler

ACTIONS = ("action", "local_action")
INCLUDES = tuple(
    prefix + name for prefix in ("", "ansible.builtin.", "ansible.legacy.") for name in ("include_role", "import_role")
)
KEYWORDS = (*Handler.fattributes, "local_action")
NULL, TEXT, MERGE = (f"tag:yaml.org,2002:{name}" for name in ("null", "str", "merge"))
# Stands for options that are not in the file.
UNREAD = "*"
Nodes = dict[str, t.Any]


class Use(t.NamedTuple):
    """A module in a task, a role, its variables elsewhere, a filter, a group of module_defaults, or the collection.

    ``options``: paths such as ``config.url``; one that ends with ``*`` stands for all that can be below it.
    """

    kind: str
    name: str
    line: int
    options: tuple[str, ...]

    def has(self, option: str) -> bool:
        """Whether the option is specified, or can be."""
        return any(one == option or (one.endswith(UNREAD) and option.startswith(one[:-1])) for one in self.options)


class Reader:
    """Reads files. ``modules`` and ``roles``, with their variables, are those that a short name can mean."""

    def __init__(self, collection: str, modules: t.Container[str], roles: t.Mapping[str, t.Container[str]]) -> None:
        self.collection, self.modules, self.roles = collection, modules, roles
        self.name = re.compile(rf"(?:{re.escape(collection)}\.|dockhand\.quay\.)?(quay\w*)")
        self.filter = re.compile(rf"(?:\||\bmap\(\s*['\"])\s*{self.name.pattern}")

    def read(self, text: str) -> list[Use]:
        """What the text uses, by line. Raises yaml.YAMLError, and RecursionError if it is nested too deeply."""
        self.uses: list[Use] = []
        self.seen: set[int] = set()
        self.of_roles: set[int] = set()
        documents = list(yaml.compose_all(text, yaml.SafeLoader))
        for node in documents:
            self._node(node)
        return sorted(self.uses, key=lambda use: use.line)

    def _add(self, kind: str, name: str, node: t.Any, options: t.Iterable[str] = ()) -> None:
        self.uses.append(Use(kind, name, node.start_mark.line + 1, tuple(dict.fromkeys(options))))

    def _node(self, node: t.Any, in_list: bool = False) -> None:
        # An alias is the node that it stands for.
        if id(node) in self.seen:
            return
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            for name in self.filter.findall(node.value):
                self._add("filters", name, node)
        elif isinstance(node, yaml.SequenceNode):
            for inner in node.value:
                self._node(inner, in_list=True)
        elif isinstance(node, yaml.MappingNode):
            self._mapping(node, in_list)

    def _mapping(self, node: t.Any, in_list: bool) -> None:
        nodes = _entries(node)
        others = [key for key in nodes if key not in KEYWORDS and not key.startswith("with_")]
        self._variables(node, nodes)
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                self._task(key, value, node, in_list and others in ([], [key.value]))
                self._keyword(key, value)
            self._node(value)

    def _task(self, key: t.Any, value: t.Any, task: t.Any, in_tasks: bool) -> None:
        """The module or the role of a task; it is a task if it has nothing but keywords in addition."""
        name, value = _action(value) if key.value in ACTIONS else (key.value, value)
        if name not in INCLUDES and not self._is_module(name, value, in_tasks):
            return
        nodes = _entries(task)
        options = {**_arguments(value), **_arguments(nodes.get("args"))}
        if name in INCLUDES:
            self._role(options.get("name"), task, nodes)
        else:
            self._add("modules", name.split(".")[-1], key, _paths(options))

    def _is_module(self, name: str, value: t.Any, in_tasks: bool) -> bool:
        """A name without a collection may be that of a variable."""
        found = self.name.fullmatch(name)
        if not found or "." in name:
            return bool(found)
        is_text = isinstance(value, yaml.ScalarNode) and value.tag != NULL
        is_value = isinstance(value, yaml.SequenceNode) or (is_text and not re.search(r"=|\{\{", value.value))
        return in_tasks and not is_value and name in self.modules

    def _keyword(self, key: t.Any, value: t.Any) -> None:
        """What the value of a key says about names: of roles, collections, and modules with defaults."""
        if key.value in ("roles", "dependencies"):
            for one in _items(value):
                nodes = _entries(one)
                self._role(nodes.get("role", nodes.get("name")) if nodes else one, one, nodes)
        elif key.value == "collections":
            for one in _items(value):
                self._collection(_entries(one).get("name", one))
        elif key.value == "module_defaults" and isinstance(value, yaml.MappingNode):
            for name, options in value.value:
                if isinstance(name, yaml.ScalarNode) and name.value in self.modules:
                    self._add("modules", name.value, name, _paths(_arguments(options)))
        elif key.value.startswith("group/") and self.name.match(key.value[len("group/") :]):
            self._add("groups", key.value, key)
        else:
            # Dependencies of a collection, in galaxy.yml.
            self._collection(key)

    def _collection(self, node: t.Any) -> None:
        if isinstance(node, yaml.ScalarNode) and node.value.partition(":")[0] == self.collection:
            self._add("collections", self.collection, node)

    def _role(self, name: t.Any, place: t.Any, nodes: Nodes) -> None:
        """A role of a play, of a task or of another role; its variables are next to it or below vars."""
        found = self.name.fullmatch(name.value) if isinstance(name, yaml.ScalarNode) else None
        if found and ("." in name.value or found[1] in self.roles):
            variables = {**nodes, **_entries(nodes.get("vars"))}
            own = {key: value for key, value in variables.items() if key.startswith(f"{found[1]}_")}
            self._add("roles", found[1], place, _paths(own))
            self.of_roles |= {id(place), id(nodes.get("vars"))}

    def _variables(self, node: t.Any, nodes: Nodes) -> None:
        """Variables of a role in a play or in a file of variables."""
        for role, variables in self.roles.items() if id(node) not in self.of_roles else ():
            own = {key: value for key, value in nodes.items() if key in variables}
            if own:
                first = next((key for key, _value in node.value if key.value in own), node)
                self._add("variables", role, first, _paths(own))


def _items(node: t.Any) -> t.Any:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _entries(node: t.Any) -> Nodes:
    """The values of a mapping, with those that it merges (``<<``)."""
    entries: Nodes = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.tag == MERGE:
            for one in _items(value):
                entries = {**_entries(one), **entries}
        elif isinstance(key, yaml.ScalarNode):
            entries[key.value] = value
    return entries


def _action(node: t.Any) -> tuple[str, t.Any]:
    """Name and options in the value of ``action`` or ``local_action``."""
    if isinstance(node, yaml.MappingNode):
        module = _entries(node).get("module")
        rest = [(key, value) for key, value in node.value if key.value != "module"]
        return module.value if isinstance(module, yaml.ScalarNode) else "", yaml.MappingNode(node.tag, rest)
    words = node.value.split(None, 1) if isinstance(node, yaml.ScalarNode) else []
    return (words or [""])[0], yaml.ScalarNode(TEXT, words[1]) if words[1:] else None


def _arguments(node: t.Any) -> Nodes:
    """The options of a task, from a mapping or from text such as ``name=alice``."""
    if node is None or node.tag == NULL:
        return {}
    if not isinstance(node, yaml.ScalarNode):
        return _entries(node) if isinstance(node, yaml.MappingNode) else {UNREAD: node}
    try:
        options = parse_kv(node.value)
    except AnsibleError:
        return {UNREAD: node}
    return {
        UNREAD if name == "_raw_params" else name: yaml.ScalarNode(TEXT, str(value)) for name, value in options.items()
    }


def _paths(nodes: Nodes, above: str = "") -> t.Iterator[str]:
    for name, node in nodes.items():
        yield above + name
        for inner in _items(node):
            if isinstance(inner, yaml.MappingNode):
                yield from _paths(_entries(inner), f"{above}{name}.")
            elif isinstance(inner, yaml.ScalarNode) and "{{" in inner.value:
                yield f"{above}{name}.{UNREAD}"
