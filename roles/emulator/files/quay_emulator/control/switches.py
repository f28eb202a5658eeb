# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches below /_emulator/: no credentials, JSON in and out, not in the list of requests."""

from __future__ import annotations

from flask import Flask, current_app, jsonify, request

from ..api.organization.applications import applications
from ..data import directory
from ..data.store import SCOPES
from ..endpoints.auth import parse_scopes
from . import builds as control_builds
from . import images as control_images
from . import keys as control_keys
from . import logs as control_logs
from . import mail, mirrors
from .misbehave import Fault


def create_control(emulator) -> Flask:
    app = Flask("quay_emulator.control", static_folder=None)
    app.json.sort_keys = False
    app.config["emulator"] = emulator
    for method, path, function in SWITCHES:
        app.add_url_rule(f"/_emulator/{path}", f"{method} {path}", locked(function), methods=[method])
    app.register_error_handler(Exception, wrong)
    return app


def locked(function):
    """No switch moves while a request is under way."""

    def view():
        emulator = current_app.config["emulator"]
        with emulator.lock:
            return jsonify(function(emulator))

    return view


def wrong(error: Exception):
    return {"error": f"{type(error).__name__}: {error}"}, getattr(error, "code", 400)


def settings(emulator):
    return emulator.settings


def change_settings(emulator):
    emulator.change_settings(request.get_json())
    return emulator.settings


def requests(emulator):
    return emulator.log


def clear_requests(emulator):
    emulator.log.clear()
    return {}


def reset(emulator):
    emulator.reset()
    return {}


def token(emulator):
    """An OAuth token; the scopes are a list or a text, all of them if not given."""
    body = request.get_json()
    scopes = body.get("scopes", SCOPES)
    scopes = parse_scopes(scopes if isinstance(scopes, str) else " ".join(scopes))
    user = emulator.store.user(body["username"])
    if user is None:
        raise ValueError(f"no user {body['username']}")
    return {"token": emulator.store.new_token(user, scopes, body.get("expires_in"))}


def user(emulator):
    """A new user, or a change of an existing one."""
    body = request.get_json()
    one = emulator.store.user(body["username"]) or emulator.store.add_user(body["username"], None)
    one.password = body.get("password", one.password)
    one.email = body.get("email") or one.email
    one.enabled = body.get("enabled", one.enabled)
    return {"username": one.name, "email": one.email, "enabled": one.enabled}


def application(emulator):
    """An application under a client ID of one's choice."""
    body = request.get_json()
    org = emulator.store.org(body["organization"])
    if org is None:
        raise ValueError("no such organization")
    applications.entries(org).append({**applications.make(org, body), "client_id": body["client_id"]})
    return {"client_id": body["client_id"]}


def misbehave(emulator):
    emulator.faults.append(Fault(**request.get_json()))
    return {}


def behave(emulator):
    emulator.faults.clear()
    return {}


def collect_garbage(emulator):
    emulator.store.collect_garbage()
    return {}


def sign_in(emulator):
    """Let somebody of the directory sign in by its own page, as people with OIDC do."""
    found = directory.sign_in(emulator.store, request.get_json()["username"])
    if found is None:
        raise ValueError("the directory has no such user")
    return {"username": found.name}


def sync(emulator):
    return {"teams": directory.sync_all(emulator.store)}


SWITCHES = [
    ("GET", "settings", settings),
    ("POST", "settings", change_settings),
    ("GET", "requests", requests),
    ("DELETE", "requests", clear_requests),
    ("POST", "reset", reset),
    ("POST", "token", token),
    ("POST", "user", user),
    ("POST", "application", application),
    ("POST", "misbehave", misbehave),
    ("DELETE", "misbehave", behave),
    ("POST", "collect_garbage", collect_garbage),
    ("POST", "sync", sync),
    ("POST", "sign_in", sign_in),
    *control_builds.SWITCHES,
    *control_logs.SWITCHES,
    *control_images.SWITCHES,
    *control_keys.SWITCHES,
    *mail.SWITCHES,
    *mirrors.SWITCHES,
]
