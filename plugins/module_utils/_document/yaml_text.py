# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: text of YAML or JSON becomes a document, with scalars that know how they were written."""

from __future__ import annotations

import typing as t

from .._errors import QuayError
from .texts import Written

try:
    import yaml
except ImportError:
    yaml = None  # type: ignore[assignment]

MERGE_TAG = "tag:yaml.org,2002:merge"
VAULT_MARK = "$ANSIBLE_VAULT;"
#: How many values a document may have with all that its aliases stand for: more than any registry has.
MOST_VALUES = 1_000_000
VAULT_ADVICE = "load it with ansible.builtin.include_vars and hand it over as document"


class NotADocument(ValueError):
    """The text cannot be read; the message never quotes it, since it may hold secrets."""


def require_yaml(option: str) -> None:
    """Raise QuayError if PyYAML is missing, which ``option`` needs."""
    if yaml is None:
        raise QuayError(f"{option}: the Python library PyYAML is missing where this task runs. Install it there.")


def parse(text: str) -> t.Any:
    """The content of a file; raises NotADocument with line and column, and not a word of the text."""
    if text.startswith(VAULT_MARK):
        raise NotADocument(f"the file is encrypted with Ansible Vault; {VAULT_ADVICE}")
    loader = _loader()(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _refuse_twin_keys(node)
        if _values(node, {}) > MOST_VALUES:
            raise NotADocument(f"its aliases make more than {MOST_VALUES:,} values of it")
        return _plain_keys(loader.construct_document(node))
    except NotADocument:
        raise
    except yaml.MarkedYAMLError as error:
        raise NotADocument(f"invalid YAML{_place(error.problem_mark)}") from None
    except yaml.YAMLError:
        raise NotADocument("invalid YAML: a character that YAML does not allow") from None
    except RecursionError:
        raise NotADocument("it is nested too deeply, or an alias contains itself") from None
    except (TypeError, ValueError, OverflowError):
        raise NotADocument("invalid YAML: a number or date that does not exist") from None
    finally:
        loader.dispose()


def _loader() -> t.Any:
    """A safe loader, in C if there is one, that takes ``!unsafe`` texts as they are: nothing is templated here."""

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        pass

    def scalar(construct: t.Callable[[t.Any, t.Any], t.Any]) -> t.Callable[[t.Any, t.Any], Written]:
        return lambda loader, node: Written(construct(loader, node), str(node.value))

    def vault(_loader: t.Any, node: t.Any) -> t.NoReturn:
        raise NotADocument(f"a value is encrypted with Ansible Vault{_place(node.start_mark)}; {VAULT_ADVICE}")

    for kind in ("bool", "int", "float", "timestamp"):
        Loader.add_constructor(f"tag:yaml.org,2002:{kind}", scalar(getattr(Loader, f"construct_yaml_{kind}")))
    Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    Loader.add_constructor("!vault", vault)
    return Loader


def _refuse_twin_keys(root: t.Any) -> None:
    """A key that a mapping has twice would hide what it had; looked for before ``<<`` is resolved."""
    seen: set[int] = set()
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if id(node) in seen or not isinstance(node, yaml.CollectionNode):
            continue
        seen.add(id(node))
        if not isinstance(node, yaml.MappingNode):
            nodes += node.value
            continue
        keys = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != MERGE_TAG:
                if key.value in keys:
                    raise NotADocument(f"a mapping has the same key twice{_place(key.start_mark)}")
                keys.add(key.value)
            nodes += [key, value]


def _values(node: t.Any, known: dict[int, int]) -> int:
    """How many values the node holds, with what its aliases stand for; ``known`` are the counts by id."""
    if not isinstance(node, yaml.CollectionNode):
        return 1
    if id(node) not in known:
        pairs = isinstance(node, yaml.MappingNode)
        inner = [one for pair in node.value for one in pair] if pairs else node.value
        known[id(node)] = 1 + sum(_values(one, known) for one in inner)
    return known[id(node)]


def _place(mark: t.Any) -> str:
    return f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""


def _plain_keys(content: t.Any) -> t.Any:
    """All keys as texts, as JSON has them; raises NotADocument for what no document can hold, such as !!set."""
    if isinstance(content, dict):
        return {_key(key): _plain_keys(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_plain_keys(value) for value in content]
    if content is None or isinstance(content, (str, Written)):
        return content
    raise NotADocument(f"a value of type {type(content).__name__}, which no option takes")


def _key(key: t.Any) -> str:
    if isinstance(key, Written):
        return key.text
    return str(key) if isinstance(key, str) else "null"
