# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small part of JSON schema that Quay's request bodies need, and the order of its checks."""

from __future__ import annotations

from flask import request

from ..releases import BODY_KEYS
from .errors import MessageError, generic_bad_request, invalid

TYPES = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
}


def is_type(value, name: str) -> bool:
    if name in ("integer", "number"):
        kinds = (int,) if name == "integer" else (int, float)
        return isinstance(value, kinds) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def problem(value, schema: dict, where: str = "") -> str | None:
    """The first thing that is wrong, in words, or None."""
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, name) for name in types):
        return f"{value!r} is not of type {', '.join(map(repr, types))}\n\nOn instance{where}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{value!r} is not one of {schema['enum']!r}\n\nOn instance{where}"
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        return f"{value!r} is too long\n\nOn instance{where}"
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        return f"{value!r} is too short\n\nOn instance{where}"
    if is_type(value, "number"):
        if value < schema.get("minimum", value):
            return f"{value!r} is less than the minimum of {schema['minimum']}\n\nOn instance{where}"
        if value > schema.get("maximum", value):
            return f"{value!r} is greater than the maximum of {schema['maximum']}\n\nOn instance{where}"
    if isinstance(value, dict):
        return object_problem(value, schema, where)
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            return f"{value!r} is too short\n\nOn instance{where}"
        if schema.get("uniqueItems") and any(item in value[:n] for n, item in enumerate(value)):
            return f"{value!r} has non-unique elements\n\nOn instance{where}"
        found = (problem(item, schema.get("items", {}), f"{where}[{n}]") for n, item in enumerate(value))
        return next(filter(None, found), None)
    return None


def object_problem(value: dict, schema: dict, where: str) -> str | None:
    for name in schema.get("required", []):
        if name not in value:
            return f"{name!r} is a required property\n\nOn instance{where}"
    properties = schema.get("properties", {})
    if schema.get("additionalProperties", True) is False:
        for name in value:
            if name not in properties:
                return f"Additional properties are not allowed ({name!r} was unexpected)\n\nOn instance{where}"
    for name, inner in properties.items():
        if name in value and (found := problem(value[name], inner, f"{where}[{name!r}]")):
            return found
    return None


def raw_json():
    """The body as Flask would parse it: 415 without the content type, 400 M when malformed."""
    if not request.is_json:
        raise MessageError(
            "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.", 415
        )
    body = request.get_json(silent=True)
    if body is None and request.get_data().strip() != b"null":
        raise generic_bad_request()
    return body


def body(schema: dict):
    """The checked body of a call with a mandatory one."""
    data = raw_json()
    if data is None:
        raise invalid("Missing JSON body")
    data = known(data, schema)
    if text := problem(data, as_released(schema)):
        raise invalid(text)
    return data


def optional_body(schema: dict) -> dict:
    """As Quay's silent parse: what is no JSON counts as no body."""
    data = request.get_json(silent=True)
    if data is None:
        return {}
    data = known(data, schema)
    if text := problem(data, schema):
        raise invalid(text)
    return data


def text(**more) -> dict:
    return {"type": "string", **more}


def object_of(required: list[str] = (), **properties) -> dict:
    return {"type": "object", "required": list(required), "properties": properties}


def named(name: str, schema: dict) -> dict:
    """A schema by the name that it has in Quay's API description."""
    return {**schema, "title": name}


def unknown_keys(schema: dict) -> set[str]:
    """The keys of this body that the release does not know yet."""
    since = request.environ["emulator.store"].settings.since
    return {key for key, first in BODY_KEYS.get(schema.get("title"), {}).items() if not since(first)}


def known(data, schema: dict):
    """Without the keys that the release ignores."""
    late = unknown_keys(schema)
    return {key: value for key, value in data.items() if key not in late} if late and isinstance(data, dict) else data


def as_released(schema: dict) -> dict:
    """A schema as this release has it."""
    late = unknown_keys(schema)
    if not late:
        return schema
    properties = {key: value for key, value in schema["properties"].items() if key not in late}
    required = [key for key in schema.get("required", []) if key not in late]
    return {**schema, "properties": properties, "required": required}


FALSE_WORDS = ("false", "False", "FALSE", "0", "")


def flag(name: str, default: bool = False) -> bool:
    """A query boolean: everything but a few words is true."""
    value = request.args.get(name)
    return default if value is None else value not in FALSE_WORDS


def number(name: str, help_text: str, default: int | None = None) -> int | None:
    value = request.args.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise MessageError({name: help_text}, 400) from None
