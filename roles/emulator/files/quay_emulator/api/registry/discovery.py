# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API description: which paths and methods there are, and what their bodies may hold."""

from __future__ import annotations

import re

from flask import current_app, request

from ...endpoints import auth
from ...endpoints.routing import Area, Route
from ...endpoints.schema import as_released, flag
from ...releases import DESCRIBED, first_release

area = Area()
# The real server names these path parameters otherwise.
PARAMETERS = {
    "/api/v1/organization/{namespace}": "/api/v1/organization/{orgname}",
    "/api/v1/superuser/organizations/{orgname}": "/api/v1/superuser/organizations/{name}",
}


def documented(path: str) -> str:
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)
    return next((new + path[len(old) :] for old, new in PARAMETERS.items() if path.startswith(old)), path)


def operation(route: Route) -> dict:
    module, _dot, name = route.function.__qualname__.rpartition(".")
    module = module or route.function.__module__.rpartition(".")[2]
    found: dict = {"operationId": f"{module}.{name}", "parameters": []}
    if route.takes is not None:
        reference = {"$ref": f"#/definitions/{route.takes['title']}"}
        found["parameters"].append({"name": "body", "in": "body", "required": True, "schema": reference})
    return found


def definition(schema: dict) -> dict:
    return {key: value for key, value in as_released(schema).items() if key != "title"}


@area.route("GET", "/discovery")
def discovery():
    """Only the routes that are there, so that a client can see which features are on."""
    since = auth.store().settings.since
    paths: dict[str, dict] = {}
    definitions: dict[str, dict] = {}
    for route in current_app.config["routes"]:
        if not route.path.startswith("/api/v1/") or (route.internal and not flag("internal")):
            continue
        methods = paths.setdefault(documented(route.path), {})
        if not since(first_release(DESCRIBED, route.path)):
            continue
        methods[route.method.lower()] = operation(route)
        if route.takes is not None:
            definitions[route.takes["title"]] = definition(route.takes)
    return {
        "swagger": "2.0",
        "host": request.host,
        "basePath": "/",
        "schemes": ["http"],
        "info": {"version": "v1", "title": "Quay Frontend"},
        "securityDefinitions": {},
        "paths": paths,
        "definitions": definitions,
        "tags": [],
    }
