# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: whether an answer is one of Quay's: reads against a view, writes by their route. Pure."""

from __future__ import annotations

import functools
import json
import re
import typing as t

# The values of a list or mapping come one by one, so that a check costs no call for each.
Check = t.Callable[[t.Iterable[t.Any]], str]
NOTHING = object()
# What any read of Quay's API answers.
JSON = t.Union[dict, list]  # type: ignore[type-arg]
# What Quay says in place of an object (quay endpoints/api).
WORDS = frozenset(("Created", "Updated", "Deleted", "Okay", "Valid", "Anonymous"))
_NO_BODY = NOTHING
_EMPTY_TEXT = frozenset(("",))
_ANYTHING = t.Union[dict, list, str, int, bool]  # type: ignore[type-arg]
_POLICIES = r"(autoprunepolicy|immutabilitypolicy)"
# What Quay answers to a write: keys of an object, one of several texts, a list, or no body. The first that matches
# counts; a route that is not here answers anything but null, and no body only to DELETE.
_WRITES: tuple[tuple[str, t.Any], ...] = (
    (rf"DELETE .+/{_POLICIES}/[^/]+$", ("uuid",)),
    (rf"POST .+/{_POLICIES}/$", ("uuid",)),
    (rf"PUT .+/{_POLICIES}/[^/]+$", _NO_BODY),
    (r"\w+ /organization/[^/]+/team/[^/]+/syncing$", ("name", "role")),
    (r"(POST|DELETE) /organization/[^/]+/proxycache$", WORDS),
    (r"POST /organization/[^/]+/validateproxycache$", WORDS),
    (r"DELETE /repository/.+/build/[^/]+$", WORDS),
    (r"POST /organization/[^/]+/mirror/verify$", ("success", "message")),
    (r"DELETE ", _NO_BODY),
    (r"POST /organization/$", WORDS),
    (r"PUT /organization/[^/]+$", ("name",)),
    (r"PUT /organization/[^/]+/team/[^/]+$", ("name", "role")),
    (r"PUT /organization/[^/]+/team/[^/]+/members/[^/]+$", ("name", "kind")),
    (r"PUT /organization/[^/]+/team/[^/]+/invite/[^/]+$", ("email", "kind")),
    (r"(POST|PUT) /organization/[^/]+/prototypes(/[^/]+)?$", ("id", "role", "delegate")),
    (r"PUT /(user|organization/[^/]+)/robots/[^/]+$", ("name", "token")),
    (r"POST /(user|organization/[^/]+)/robots/[^/]+/regenerate$", ("name", "token")),
    (r"POST /(user|organization/[^/]+)/robots/[^/]+/federation$", list),
    (r"POST /(organization|superuser/organization|superuser/users)/[^/]+/quota(/[^/]+/limit)?$", WORDS),
    (r"PUT /(organization|superuser/organization|superuser/users)/[^/]+/quota/[^/]+(/limit/[^/]+)?$", ("id",)),
    (r"POST /user/apptoken$", ("token",)),
    (r"POST /organization/[^/]+/applications/[^/]+/tokens$", ("uuid", "token")),
    (r"POST /superuser/keys$", ("kid", "private_key")),
    (r"PUT /superuser/keys/[^/]+$", ("kid",)),
    (r"POST /superuser/users/$", ("username", "password")),
    (r"PUT /superuser/users/[^/]+$", ("username",)),
    (r"PUT /superuser/organizations/[^/]+$", ("name",)),
    (r"POST /superuser/takeownership/[^/]+$", ("namespace",)),
    (r"POST /entities/link/", ("entity",)),
    (r"POST /user/convert$", ("success",)),
    (r"POST /user/initialize$", ("username",)),
    (r"POST /user/starred$", ("namespace", "repository")),
    (r"POST /repository$", ("namespace", "name")),
    (r"POST /repository/.+/notification/$", ("uuid",)),
    (r"POST /repository/.+/(build/|trigger/[^/]+/start)$", ("id", "phase")),
    (r"(POST|PUT) /repository/.+/trigger/[^/]+(/activate)?$", ("id", "service")),
    (r"PUT /repository/.+/permissions/(user|team)/[^/]+$", ("role",)),
    (r"(POST|PUT) /repository/.+/(changevisibility|changestate)$", ("success",)),
    (r"PUT /repository/.+/tag/[^/]+$", WORDS),
    (r"POST /repository/.+/tag/[^/]+/restore$", dict),
    (r"POST /repository/.+/tag/[^/]+/expire$", str),
    (r"POST /repository/.+/manifest/[^/]+/labels$", ("label",)),
    (r"(POST|PUT) .+/mirror$", _EMPTY_TEXT),
    # Answers 200, 201 or 204 without a body.
    (r"POST .+/mirror/sync-(now|cancel)$|POST /messages$|POST /superuser/approvedkeys/", _NO_BODY),
    (r"POST .+/(notification/|namespacenotifications/|notifications/)[^/]+$", _NO_BODY),
    (r"POST /superuser/registrysize/$", str),
    (r"POST /(user|organization/[^/]+|repository/.+)/exportlogs\?", ("export_id",)),
    (r"PUT /repository/[^/]+/.+$", ("success",)),
)


def json_of(body: bytes) -> t.Any:
    """The content of an answer; NOTHING if it is not JSON, or nested too deeply to be Quay's."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return NOTHING


def object_of(body: bytes) -> dict[str, t.Any]:
    """The content of an answer; empty if it is not a JSON object."""
    content = json_of(body)
    return content if isinstance(content, dict) else {}


def no_json(answer: t.Any) -> str:
    """What a response with a body that is not JSON is, as far as its headers tell."""
    kind = answer.headers.get("Content-Type", "")
    if "json" in kind:
        return "it is cut off or invalid JSON"
    return "it is a web page" if "html" in kind else "it is not JSON"


def wrong(answer: t.Any, view: t.Any) -> str:
    """Why ``answer`` is not of type ``view``; empty if it is.

    ``view`` is a TypedDict, a list or a mapping of one, or a plain type; extra keys are fine, since servers have more.
    """
    return _compiled(view)((answer,))


def wrong_write(method: str, path: str, answer: t.Any) -> str:
    """Why Quay would not answer ``answer`` to this write; ``path`` below /api/v1, NOTHING for no body."""
    expected = _expected(f"{method} {path}")
    if answer is NOTHING:
        return "" if expected is _NO_BODY else "it is empty"
    if expected is _NO_BODY:
        return "it has a body"
    if isinstance(expected, frozenset):
        return "" if isinstance(answer, str) and answer in expected else f"it is {_kind(answer)}"
    if not isinstance(expected, tuple):
        return wrong(answer, expected)
    return wrong(answer, dict) or next((f"it has no {key}" for key in expected if key not in answer), "")


def _expected(call: str) -> t.Any:
    return next((expected for pattern, expected in _WRITES if re.match(pattern, call)), _ANYTHING)


def not_quays(method: str, address: str, why: str) -> str:
    """The message about an answer that something else than Quay gave."""
    return (
        f"The answer to {method} {address} is not a Quay API answer: {why}. Check that quay_host is the address of a "
        "Quay registry, and that no proxy or portal answers in its place."
    )


@functools.cache
def _compiled(view: t.Any) -> Check:
    """The check of one type; it takes many values at once and describes the first that is wrong."""
    if isinstance(view, type) and hasattr(view, "__required_keys__"):
        return _object(view)
    origin, arguments = t.get_origin(view), t.get_args(view)
    if origin is t.Union:
        return _either(arguments)
    if origin is t.Literal:
        return _literal(arguments)
    if origin is list:
        return _nested(list, _compiled(arguments[0]), iter)
    if origin is dict:
        return _nested(dict, _compiled(arguments[1]), lambda one: one.values())
    return _plain((view,))


def _plain(types: tuple[t.Any, ...]) -> Check:
    if t.Any in types:
        return lambda _values: ""
    # JSON has neither subclasses nor a boolean that is a number; a whole number may come as a float.
    kinds = frozenset((*types, float) if int in types else types)

    def check(values: t.Iterable[t.Any]) -> str:
        strange = {*map(type, values)} - kinds
        return f"it is {_name(strange.pop())}" if strange else ""

    return check


def _either(types: tuple[t.Any, ...]) -> Check:
    """One of several plain types, objects of several kinds, or null for what is otherwise an object."""
    shaped = [one for one in types if t.get_origin(one) or hasattr(one, "__required_keys__")]
    if not shaped:
        return _plain(types)
    if len(shaped) > 1:
        return _kinds(shaped)
    check = _compiled(shaped[0])
    return lambda values: check([value for value in values if value is not None])


def _literal(words: tuple[t.Any, ...]) -> Check:
    outer = _plain(tuple({*map(type, words)}))

    def check(values: t.Iterable[t.Any]) -> str:
        values = list(values)
        return outer(values) or ("" if {*values} <= {*words} else f"it is none of {', '.join(map(str, words))}")

    return check


def _kinds(views: t.Sequence[t.Any]) -> Check:
    """Objects of several kinds: the literal of a key that all of them have tells which."""
    hints = [t.get_type_hints(view) for view in views]
    (key,) = [name for name in hints[0] if all(t.get_origin(one.get(name)) is t.Literal for one in hints)]
    checks = {word: _compiled(view) for view, one in zip(views, hints) for word in t.get_args(one[key])}
    outer = _keyed([(key, _literal(tuple(checks)))], [])

    def check(values: t.Iterable[t.Any]) -> str:
        values = list(values)
        kinds = ((one, [value for value in values if value[key] == word]) for word, one in checks.items())
        return outer(values) or next(filter(None, (one(those) for one, those in kinds)), "")

    return check


def _nested(kind: type, check: Check, parts: t.Callable[[t.Any], t.Iterable[t.Any]]) -> Check:
    outer = _plain((kind,))

    def nested(values: t.Iterable[t.Any]) -> str:
        values = list(values)
        return outer(values) or next(filter(None, (check(parts(value)) for value in values)), "")

    return nested


def _object(view: t.Any) -> Check:
    hints = t.get_type_hints(view)
    required = [(key, _compiled(hints[key])) for key in sorted(view.__required_keys__)]
    optional = [(key, _compiled(hints[key])) for key in sorted(view.__optional_keys__)]
    return _keyed(required, optional)


def _keyed(required: t.Sequence[tuple[str, Check]], optional: t.Sequence[tuple[str, Check]]) -> Check:
    outer = _plain((dict,))

    def check(values: t.Iterable[t.Any]) -> str:
        values = list(values)
        broken = outer(values)
        if broken:
            return broken
        for key, part in required:
            try:
                broken = part([value[key] for value in values])
            except KeyError:
                return f"it has no {key}"
            if broken:
                return f"in {key}, {broken}"
        for key, part in optional:
            broken = part([value[key] for value in values if key in value])
            if broken:
                return f"in {key}, {broken}"
        return ""

    return check


def _kind(value: t.Any) -> str:
    return _name(type(value))


def _name(kind: type) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "a boolean", type(None): "null"}
    return names.get(kind, "a number")
