# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not about an object: configuration, CSRF token, health, kinds of errors."""

from __future__ import annotations

from flask import request

from ...endpoints import auth
from ...endpoints.errors import STATUS, not_found
from ...endpoints.routing import Area
from ...releases import FLAGS, NEWEST
from ...settings import Settings

area = Area()
OWN_ADDRESS = {"PREFERRED_URL_SCHEME": "http", "LOCAL_OAUTH_HANDLER": "/oauth/localapp"}
# What is built from the newest source calls itself by the last entry of its change log.
UNRELEASED = "v3.11.0"


@area.web("/csrf_token")
def csrf_token():
    return {"csrf_token": auth.csrf_token()}


@area.web("/config")
def config():
    settings = auth.store().settings
    names = [
        "AUTHENTICATION_TYPE",
        "PERMANENTLY_DELETE_TAGS",
        "REGISTRY_TITLE",
        "TAG_EXPIRATION_OPTIONS",
        *(name for name in settings if name.startswith("FEATURE_") and settings.since(FLAGS.get(name, "3.9"))),
    ]
    found = {
        "account_recovery_mode": False,
        "config": {**{name: settings[name] for name in names}, "SERVER_HOSTNAME": request.host, **OWN_ADDRESS},
        "external_login": [],
        "features": {name[8:]: bool(settings[name]) for name in names if name.startswith("FEATURE_")},
        "oauth": {},
        "registry_state": settings["REGISTRY_STATE"],
    }
    if settings.since("3.16"):
        found["version_number"] = f"Quay {version(settings)}"
    return found


def version(settings: Settings) -> str:
    """Of the release that is played; earlier ones than 3.16 tell it nowhere."""
    if settings["VERSION"]:
        return settings["VERSION"]
    return UNRELEASED if settings["release"] == NEWEST else f"v{settings['release']}.0"


@area.web("/health/endtoend")
@area.web("/health/instance")
def health():
    return {"data": {"services": {"auth": True, "database": True, "web_gunicorn": True}}, "status_code": 200}


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
