# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: from connection options and environment to a client."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import typing as t
from urllib.parse import urlsplit

from ansible.module_utils.common.parameters import env_fallback
from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._errors import BadInput
from .._text.codec import pause_rule
from .auth import Anonymous, Auth, Session, Token
from .client import API, QuayClient
from .transport import Endpoint, Transport

Params = dict[str, t.Any]
DEFAULT_HOST = "http://127.0.0.1"


def _environment(*names: str) -> str:
    """The value of the first of these variables that is set; an empty one is not. Raises AnsibleFallbackNotFound."""
    value = env_fallback(*names)
    if not value.strip():
        raise AnsibleFallbackNotFound
    return t.cast("str", value)


SERVER_SPEC: Params = {
    "quay_host": {"type": "str", "default": DEFAULT_HOST, "fallback": (_environment, ["QUAY_HOST"])},
    "validate_certs": {
        "type": "bool",
        "default": True,
        "aliases": ["verify_ssl"],
        "fallback": (_environment, ["QUAY_VERIFY_SSL"]),
    },
    "ca_path": {"type": "path", "fallback": (_environment, ["QUAY_CA_PATH"])},
    "client_cert": {"type": "path"},
    "client_key": {"type": "path"},
    "timeout": {"type": "float", "default": 10.0, "fallback": (_environment, ["QUAY_TIMEOUT"])},
}
PASSWORD_SPEC: Params = {
    "quay_username": {"type": "str"},
    "quay_password": {"type": "str", "no_log": True},
}
CREDENTIALS_SPEC: Params = {
    **PASSWORD_SPEC,
    "quay_token": {"type": "str", "no_log": True},
    "quay_session": {"type": "str", "no_log": True},
}
# No fallback for credentials: an option of the task takes precedence over every variable of the environment.
CREDENTIALS_ENVIRONMENT = {
    "quay_session": "QUAY_SESSION",
    "quay_token": "QUAY_TOKEN",
    "quay_username": "QUAY_USERNAME",
    "quay_password": "QUAY_PASSWORD",
}
CREDENTIALS_CONSTRAINTS: Params = {
    "mutually_exclusive": [("quay_token", "quay_username"), ("quay_token", "quay_password")]
}
_HOST = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9._-]+|\[(?P<ip>[0-9A-Fa-f:.]+)\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<prefix>/[^\s?#\\]*)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^.]{1,63}")


def specified(args: t.Mapping[str, t.Any], connection: t.Iterable[str]) -> Params:
    """The arguments of a task without those that are null, and without connection options that are empty.

    Ansible would take null for a value of required options, and then for the text None.
    """
    names = {*connection, "verify_ssl"}
    given = {name: value for name, value in args.items() if value is not None}
    return {name: value for name, value in given.items() if name not in names or not is_empty(value)}


def is_empty(value: t.Any) -> bool:
    """Whether an option or variable counts as not specified."""
    return value is None or (isinstance(value, str) and not value.strip())


def base_url(host: str) -> str:
    """``host`` as URL without trailing slash; https:// if it has no scheme. Raises BadInput for anything else."""
    text = host.strip()
    found = _HOST.fullmatch(text if "://" in text else f"https://{text}")
    if not found or not 0 < int(found.group("port") or 1) < 65536 or not _is_host(found):
        shown = "(hidden)" if {"@", "?"} & {*host} else host
        raise BadInput("quay_host", shown, "use a host name or an http(s) URL, such as https://quay.example.com:8443")
    url = found.group(0).rstrip("/")
    if url.endswith(API):
        raise BadInput("quay_host", host, f"leave off {API}: {url[: -len(API)]}")
    return url


def _is_host(found: re.Match[str]) -> bool:
    if found.group("ip"):
        try:
            ipaddress.IPv6Address(found.group("ip"))
        except ValueError:
            return False
        return True
    name = found.group("host").rstrip(".")
    return len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split("."))


def endpoint(params: Params, basedir: str) -> Endpoint:
    """Where and how to connect. Relative files are relative to ``basedir``. Raises BadInput."""
    timeout = params["timeout"]
    broken = pause_rule(timeout)
    if broken:
        raise BadInput("timeout", timeout, broken)
    ca_path, certificate, key = (_file(params, name, basedir) for name in ("ca_path", "client_cert", "client_key"))
    if key and not certificate:
        raise BadInput("client_key", params["client_key"], "set client_cert too")
    return Endpoint(
        url=base_url(params["quay_host"]),
        timeout=timeout,
        verify=(ca_path or True) if params["validate_certs"] else False,
        certificate=(certificate, key) if certificate and key else certificate,
        is_default=params["quay_host"] == DEFAULT_HOST,
    )


def credentials(params: Params) -> Params:
    """The credentials of the task, or, if it names none, those of the environment; only kinds that it takes.

    Without blanks and line ends around them, as a file or a decoded secret may have. Raises BadInput.
    """
    given = _cleaned({name: params.get(name) for name in CREDENTIALS_ENVIRONMENT})
    found = _cleaned({name: os.environ.get(CREDENTIALS_ENVIRONMENT[name]) for name in _kinds(params)})
    if given.get("quay_session") or given.get("quay_token"):
        return given
    if "quay_username" in given or "quay_password" in given:
        # One half of a pair may come from the environment, the other from the task.
        found = {name: found[name] for name in PASSWORD_SPEC if name in found and name not in given}
    if found:
        _refuse_elsewhere(params)
    given = {**found, **given}
    if not (given.get("quay_session") or given.get("quay_token")):
        for name, other in (("quay_username", "quay_password"), ("quay_password", "quay_username")):
            if name in given and other not in given:
                raise BadInput(name, given[name] if name == "quay_username" else "(hidden)", f"set {other} too")
    return given


def _kinds(params: Params) -> list[str]:
    """The credentials that the task has options for."""
    return [name for name in CREDENTIALS_ENVIRONMENT if name in params]


def _cleaned(values: Params) -> Params:
    """Those that are specified; a password keeps its blanks, since a directory may allow them."""
    cleaned = {
        name: value.strip("\r\n") if name == "quay_password" else value.strip()
        for name, value in values.items()
        if not is_empty(value)
    }
    token = cleaned.get("quay_token", "")
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise BadInput("quay_token", "(hidden)", "use printable ASCII characters and no spaces")
    return cleaned


def _refuse_elsewhere(params: Params) -> None:
    """Credentials of the environment are for its QUAY_HOST: where it names one, no other registry gets them."""
    meant = os.environ.get("QUAY_HOST", "").strip()
    if meant and _place(params["quay_host"]) != _place(meant):
        rule = "the credentials in the environment are for its QUAY_HOST; set credentials for this registry"
        raise BadInput("quay_host", params["quay_host"], rule)


def _place(host: str) -> tuple[t.Any, ...]:
    """What two addresses of the same server have in common."""
    parts = urlsplit(base_url(host))
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}[parts.scheme], parts.path


def authentication(given: Params) -> Auth:
    """A session takes precedence over a token, a token over a password; none of them is anonymous.

    Raises BadInput for a session that quay_login did not return.
    """
    if given.get("quay_session"):
        return Session(given.get("quay_username"), given.get("quay_password"), handed=given["quay_session"])
    if given.get("quay_token"):
        return Token(given["quay_token"])
    if given.get("quay_username"):
        return Session(given["quay_username"], given["quay_password"])
    return Anonymous()


class Clients:
    """Clients kept for the life of one process, one for each place and each set of credentials."""

    def __init__(self) -> None:
        self._kept: dict[tuple[t.Any, ...], QuayClient] = {}
        # A connection shared with a forked process would deliver answers to the wrong one.
        os.register_at_fork(after_in_child=self._kept.clear)

    def get(self, where: Endpoint, given: Params) -> QuayClient:
        """The client for ``where`` and these credentials, created at first use. Raises as ``authentication``."""
        digest = hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()
        key = (
            os.getpid(),
            where,
            digest,
            *(os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")),
        )
        if key not in self._kept:
            self._kept[key] = QuayClient(Transport(where), authentication(given))
        return self._kept[key]


def _file(params: Params, name: str, basedir: str) -> str | None:
    path = params.get(name) or ""
    if is_empty(path):
        return None
    full = os.path.join(basedir, path)
    if "\0" in full or not os.path.exists(full):
        raise BadInput(name, path, "the file does not exist")
    return full
