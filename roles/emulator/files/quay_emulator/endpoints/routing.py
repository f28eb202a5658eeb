# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an area says which paths it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from ..releases import ROUTES, first_release
from ..settings import Settings

Condition = Callable[[Settings], bool]


class RepositoryPath(BaseConverter):
    """namespace/name, where the name may have further slashes: the source of all fall-through."""

    regex = r"[^/]+(?:/[^/]+)+"
    part_isolating = False
    weight = 200


class Digest(BaseConverter):
    """Of a manifest: an algorithm and a hash."""

    regex = r"[A-Za-z0-9_+.-]+:[A-Fa-f0-9]+"


class AnyPath(BaseConverter):
    """What the web of the real server takes."""

    regex = r"[^/]+(?:/[^/]+)*"
    part_isolating = False
    weight = 200


@dataclass(frozen=True, eq=False)
class Route:
    """A method of a path, and when there is such a thing."""

    method: str
    path: str
    function: Callable
    when: Condition | None = None
    internal: bool = False
    takes: dict | None = None

    @property
    def endpoint(self) -> str:
        return f"api.{self.function.__module__}.{self.function.__qualname__}.{self.method} {self.path}"

    def exists(self, settings: Settings) -> bool:
        in_release = settings.since(first_release(ROUTES, self.path))
        return in_release and (self.when is None or self.when(settings))


class Area:
    """The routes of one file; a route may hang on a feature, and on the release."""

    def __init__(self):
        self.routes: list[Route] = []

    def route(
        self,
        method: str,
        path: str,
        when: Condition | None = None,
        internal: bool = False,
        takes: dict | None = None,
    ):
        """What is internal is hidden from the plain discovery; ``takes`` is the named schema of its body."""

        def keep(function):
            self.routes.append(Route(method, f"/api/v1{path}", function, when, internal, takes))
            return function

        return keep

    def web(self, path: str, method: str = "GET"):
        """A page outside of the API that answers JSON."""

        def keep(function):
            self.routes.append(Route(method, path, function, internal=True))
            return function

        return keep


def feature(*names: str) -> Condition:
    return lambda settings: all(settings.feature(name) for name in names)


def as_json(function):
    """As Flask-RESTful: what a handler returns is JSON, also None and plain strings."""

    def view(repository: str | None = None, **names) -> ResponseReturnValue:
        if repository is not None:
            names["namespace"], names["name"] = repository.split("/", 1)
        answer = function(**names)
        if isinstance(answer, Response):
            return answer
        status, headers = 200, {}
        if isinstance(answer, tuple):
            answer, status, *more = answer
            headers = more[0] if more else headers
        if status == 204:
            response = jsonify(None)
            response.data = b""
        else:
            response = jsonify(answer)
        response.status_code = status
        response.headers.update(headers)
        return response

    return view
