# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not about an object: configuration, CSRF token, health, discovery, kinds of errors."""

from __future__ import annotations

import re

from flask import current_app, request

from ...endpoints import auth
from ...endpoints.errors import STATUS, not_found
from ...endpoints.routing import Area
from ...endpoints.schema import flag

area = Area()


@area.web("/csrf_token")
def csrf_token():
    return {"csrf_token": auth.csrf_token()}


@area.web("/config")
def config():
    settings = auth.store().settings
    names = [
        "AUTHENTICATION_TYPE",
        "REGISTRY_TITLE",
        "TAG_EXPIRATION_OPTIONS",
        *(name for name in settings if name.startswith("FEATURE_")),
    ]
    return {
        "account_recovery_mode": False,
        "config": {**{name: settings[name] for name in names}, "SERVER_HOSTNAME": request.host},
        "external_login": [],
        "features": {name[8:]: bool(settings[name]) for name in names if name.startswith("FEATURE_")},
        "oauth": {},
        "registry_state": settings["REGISTRY_STATE"],
        "version_number": f"Quay {settings['VERSION']}",
    }


@area.web("/health/endtoend")
@area.web("/health/instance")
def health():
    return {"data": {"services": {"auth": True, "database": True, "web_gunicorn": True}}, "status_code": 200}


# The real server names these path parameters otherwise.
PARAMETERS = {
    "/api/v1/organization/{namespace}": "/api/v1/organization/{orgname}",
    "/api/v1/superuser/organizations/{orgname}": "/api/v1/superuser/organizations/{name}",
}


def documented(path: str) -> str:
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path)
    return next((new + path[len(old) :] for old, new in PARAMETERS.items() if path.startswith(old)), path)


@area.route("GET", "/discovery")
def discovery():
    """Only the routes that are there, so that a client can see which features are on."""
    paths: dict[str, dict] = {}
    hidden = set() if flag("internal") else current_app.config["internal"]
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.rule.startswith("/api/v1/") and rule.endpoint not in hidden:
            operation = rule.endpoint.split(" ")[0].removeprefix("api.quay_emulator.api.").rsplit(".", 1)[0]
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                paths.setdefault(documented(rule.rule), {})[method.lower()] = {"operationId": operation}
    return {
        "swagger": "2.0",
        "host": request.host,
        "basePath": "/",
        "schemes": ["http"],
        "info": {"version": "v1", "title": "Quay Frontend"},
        "securityDefinitions": {},
        "paths": paths,
        "definitions": {},
        "tags": [],
    }


@area.route("GET", "/registry/capabilities")
def capabilities():
    manifests = {"supported": False, "required_architectures": [], "optional_architectures_allowed": False}
    return {"sparse_manifests": manifests, "mirror_architectures": ["amd64", "arm64", "ppc64le", "s390x"]}


@area.route("GET", "/error/<error_type>")
def describe_error(error_type: str):
    if error_type not in STATUS:
        raise not_found()
    return {
        "type": f"{request.host_url}api/v1/error/{error_type}",
        "title": error_type,
        "description": STATUS[error_type][1],
    }
