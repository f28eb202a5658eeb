# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flask application: Quay's order of checks around the areas of the API.

The routes depend on the features that are on, so a change of settings makes a new application
for the same store (see ``server.py``).
"""

from __future__ import annotations

import functools

from flask import Flask, Response, current_app, g, jsonify, redirect, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from . import api
from .endpoints import auth, errors
from .endpoints.routing import AnyPath, Digest, RepositoryPath, Route, as_json
from .settings import Settings

BROWSERS = ("mozilla", "chrome", "safari", "opera", "msie", "lynx", "links", "konqueror")
PAGE = """<!doctype html>
<html lang=en>
<title>{0}</title>
<h1>{0}</h1>
"""


def existing(settings: Settings) -> tuple[Route, ...]:
    """The routes that there are with these settings."""
    return tuple(route for area in api.areas() for route in area.routes if route.exists(settings))


@functools.lru_cache(maxsize=64)
def create_app(routes: tuple[Route, ...]) -> Flask:
    """An application without a state of its own: ``server.py`` hands the store on with each request."""
    app = Flask("quay_emulator", static_folder=None)
    app.secret_key = "not a secret: a test double"
    app.config.update(routes=routes, SESSION_COOKIE_NAME="_csrf_token", SESSION_COOKIE_SAMESITE="Lax")
    app.json.sort_keys = False
    app.url_map.converters.update(digest=Digest, repository=RepositoryPath, anything=AnyPath)
    for route in routes:
        app.add_url_rule(route.path, route.endpoint, as_json(route.function), methods=[route.method])
    # The web page behind everything takes GET only; without a slash at the end it redirects.
    for slash in ("", "/"):
        app.add_url_rule(f"/<anything:path>{slash}", "page", no_such_page, methods=["GET"])
    app.before_request(before)
    app.after_request(after)
    app.register_error_handler(errors.ApiError, lambda error: error.response())
    app.register_error_handler(HTTPException, http_error)
    return app


def no_such_page(**_path) -> Response:
    if not request.path.endswith("/"):
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(f"{request.base_url}/{query}", 308)
    return Response(PAGE.format("Quay"), status=404, content_type="text/html; charset=utf-8")


def before() -> None:
    """Routing first, then browser check, credentials, CSRF, read-only registry, anonymous access."""
    if request.routing_exception is not None or request.endpoint == "page":
        return
    g.auth = auth.Auth()
    if not request.path.startswith("/api/v1/") or request.endpoint.startswith("api.quay_emulator.api.user.initialize"):
        return
    check_browser()
    g.auth = auth.authenticate()
    request.environ["emulator.auth"] = g.auth
    if request.method in ("POST", "PUT", "DELETE"):
        auth.check_csrf()
    settings = auth.store().settings
    signing = request.path.startswith("/api/v1/sign")
    if settings["REGISTRY_STATE"] == "readonly" and request.method not in ("GET", "HEAD", "OPTIONS") and not signing:
        raise errors.MessageError("System is currently read-only.", 503, is_readonly=True)
    open_to_all = signing or request.path in ("/api/v1/user/", "/api/v1/discovery", "/api/v1/registry/capabilities")
    if g.auth.user is None and not settings.feature("ANONYMOUS_ACCESS") and not open_to_all:
        raise errors.LabeledHtmlError("Anonymous access is not allowed", 401)


def check_browser() -> None:
    agent = request.headers.get("User-Agent", "").lower()
    if (
        auth.store().settings["BROWSER_API_CALLS_XHR_ONLY"]
        and request.method == "GET"
        and any(name in agent for name in BROWSERS)
        and request.headers.get("X-Requested-With") != "XMLHttpRequest"
    ):
        text = "API calls must be invoked with an X-Requested-With header if called from a browser"
        raise errors.LabeledHtmlError(text, 400)


def after(response: Response) -> Response:
    if "next_csrf_token" in g:
        response.headers["X-Next-CSRF-Token"] = g.next_csrf_token
    return response


def http_error(error: HTTPException) -> Response:
    """405 is JSON on a path of the API, but a page where only the web takes GET."""
    if error.code == 500:
        return errors.CrashError().response()
    if isinstance(error, MethodNotAllowed) and stumbles():
        return errors.CrashError().response()
    if isinstance(error, MethodNotAllowed) and not page_takes_get(error):
        response = jsonify({"message": error.description})
        response.status_code = error.code
        response.headers["Allow"] = ", ".join(error.valid_methods)
        return response
    return error.get_response()


def stumbles() -> bool:
    """Up to 3.12 all but GET of an unknown path below an organization, without a slash at its end, is a crash."""
    below = request.path.startswith("/api/v1/organization/") and not request.path.endswith("/")
    return below and request.url_rule is None and not auth.store().settings.since("3.13")


def page_takes_get(error: MethodNotAllowed) -> bool:
    try:
        endpoint, _dummy = current_app.create_url_adapter(request).match(method="GET")
    except HTTPException:
        return False
    only_page = set(error.valid_methods) <= {"GET", "HEAD", "OPTIONS"}
    return endpoint == "page" and (only_page or request.path.endswith("/"))
