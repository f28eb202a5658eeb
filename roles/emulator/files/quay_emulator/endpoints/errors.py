# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The error body shapes of Quay: P (problem), M (message), E (labeled HTML), H (page)."""

from __future__ import annotations

import json

from flask import Response, jsonify, request

from .identity import current

STATUS = {
    "external_service_timeout": (520, "An external service timed out."),
    "invalid_request": (400, "The request was invalid."),
    "invalid_response": (400, "The response was invalid."),
    "invalid_token": (401, "The access token was invalid."),
    "expired_token": (401, "The access token has expired."),
    "insufficient_scope": (403, "The access token does not reach far enough."),
    "fresh_login_required": (401, "The action needs a fresh login."),
    "exceeds_license": (402, "The license does not cover the action."),
    "not_found": (404, "The resource was not found."),
    "downstream_issue": (520, "A service behind the registry failed."),
    "tag_immutable": (409, "The tag is immutable."),
    "token_rotation_failed": (500, "The bootstrap token could not be changed."),
}


class ApiError(Exception):
    """Any refusal: knows how to become a response."""

    def response(self) -> Response:
        raise NotImplementedError


class ProblemError(ApiError):
    """Shape P."""

    def __init__(self, kind: str, text: str | None = None, **extra):
        super().__init__(text)
        self.kind, self.text, self.extra = kind, text, extra

    def response(self) -> Response:
        status = STATUS[self.kind][0]
        body = dict(self.extra)
        if self.text is not None:
            body.update(detail=self.text, error_message=self.text)
        body.update(error_type=self.kind, title=self.kind, status=status)
        body["type"] = f"{request.host_url}api/v1/error/{self.kind}"
        response = jsonify(body)
        response.status_code = status
        return response


class MessageError(ApiError):
    """Shape M; also the answer to Quay's own data model exceptions."""

    def __init__(self, text, status: int = 400, **extra):
        super().__init__(text)
        self.body, self.status = {"message": text, **extra}, status

    def response(self) -> Response:
        response = jsonify(self.body)
        response.status_code = self.status
        return response


class DetailError(MessageError):
    """Shape D."""

    def __init__(self, text: str, status: int = 400):
        super().__init__(text, status)
        self.body = {"detail": text}


class LabeledHtmlError(ApiError):
    """Shape E: JSON text that is sent as text/html."""

    def __init__(self, text: str, status: int):
        super().__init__(text)
        self.text, self.status = text, status

    def response(self) -> Response:
        who = current().describe()
        text = f"{self.text} (authorized: {who})" if who else self.text
        return Response(json.dumps({"error": text}), status=self.status, content_type="text/html; charset=utf-8")


class CrashError(ApiError):
    """Shape H: what gunicorn answers when the real server does not catch its own mistake."""

    def response(self) -> Response:
        title = "Internal Server Error"
        page = f"<html><head><title>{title}</title></head><body><h1><p>{title}</p></h1></body></html>"
        return Response(page, status=500, content_type="text/html")


def invalid(text: str, **extra) -> ProblemError:
    return ProblemError("invalid_request", text, **extra)


def not_found() -> ProblemError:
    return ProblemError("not_found", "Not Found")


def unauthorized(**extra) -> ProblemError:
    """401 for nobody, 403 for somebody: a missing scope and a missing role look the same."""
    if current().user is None:
        return ProblemError("invalid_token", "Requires authentication", **extra)
    return ProblemError("insufficient_scope", "Unauthorized", **extra)


def generic_not_found() -> MessageError:
    return MessageError(
        "The requested URL was not found on the server. If you entered the URL manually"
        " please check your spelling and try again.",
        404,
    )


def generic_bad_request() -> MessageError:
    return MessageError("The browser (or proxy) sent a request that this server could not understand.")
