# Copyright: (c) 2026, The dockhand.quay authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Private to dockhand.quay: why a request got no answer, or one from elsewhere, and what to do about it.

Never the text of an exception: those of requests and urllib3 hold what was sent, such as headers and proxy passwords.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import typing as t
from urllib.parse import urlsplit

from .._text.shown import quotable
from .patience import Failed

try:
    import requests
    import urllib3
except ImportError:
    # transport.py reports it.
    pass

if t.TYPE_CHECKING:
    from .transport import Endpoint

_ADVICE_TLS = {
    # The server's first bytes are no TLS.
    "WRONG_VERSION_NUMBER": "it does not use TLS on this port. Use http://, or the port for https",
    "HTTP_REQUEST": "it does not use TLS on this port. Use http://, or the port for https",
    "RECORD_LAYER_FAILURE": "it does not use TLS on this port. Use http://, or the port for https",
    "CERTIFICATE_REQUIRED": "it requires a client certificate. Set client_cert and client_key",
    "HANDSHAKE_FAILURE": "it rejected the TLS handshake. It may require a client certificate (client_cert, client_key)",
}


def outcome_of(error: Exception) -> Failed:
    """What the failure of one attempt means for the next."""
    errors = requests.exceptions
    if _is_local(error):
        return Failed(unsent=True, passing=False)
    if isinstance(error, (errors.SSLError, errors.ProxyError)):
        return Failed(unsent=True, passing=False)
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    unsent = isinstance(error, errors.ConnectTimeout) or type(reason).__name__ in (
        "NewConnectionError",
        "NameResolutionError",
    )
    passing = isinstance(error, (errors.ConnectionError, errors.ChunkedEncodingError)) and not _timed_out(error)
    return Failed(unsent, passing)


def explain(error: Exception, endpoint: Endpoint, seconds: float) -> str:
    """One message: what failed, why, and what to do; ``seconds``: the time limit that the request had."""
    errors, url = requests.exceptions, endpoint.url
    if _is_local(error):
        return _explain_local(error, endpoint)
    if isinstance(error, errors.SSLError):
        return _explain_tls(error, endpoint)
    if isinstance(error, errors.ProxyError):
        return _explain_proxy(error, url)
    if _timed_out(error):
        if isinstance(error, errors.ConnectTimeout):
            seconds = endpoint.timeout
        return f"{url} did not answer within {seconds:g} seconds (option timeout)."
    if endpoint.is_default:
        return (
            f"quay_host is not set, or set to its default: {url} cannot be reached: {_reason(error)}. "
            "Set quay_host, or the environment variable QUAY_HOST, to the address of the registry."
        )
    return f"{url} cannot be reached: {_reason(error)}."


def elsewhere(answer: t.Any, url: str, path: str) -> str:
    """The message about a redirect to another address; empty if there is none.

    Quay itself redirects to the same path with a slash (facts of Flask), and nowhere else.
    """
    location = answer.headers.get("Location", "") if 300 <= answer.status_code < 400 else ""
    try:
        target, here = urlsplit(location), urlsplit(url + path)
        same_place = not target.netloc or (target.scheme, target.netloc) == (here.scheme, here.netloc)
    except ValueError:
        return f"{url} redirects to an address that is not valid. Check quay_host."
    wanted = here.path.partition("?")[0]
    if not location or (same_place and target.path.rstrip("/") == wanted.rstrip("/")):
        return ""
    place = quotable(f"{target.scheme or here.scheme}://{(target.netloc or here.netloc).rpartition('@')[2]}")
    below = path.partition("?")[0]
    if target.path.rstrip("/").endswith(below.rstrip("/")):
        address = place + quotable(target.path.rstrip("/")[: -len(below.rstrip("/"))])
        return f"{url} redirects to {address}; set quay_host to that address."
    return (
        f"{url} redirects API requests to a page of {place}{quotable(target.path)}, such as a sign-in page. "
        "Quay itself never does: let requests to /api pass the proxy in front of it, or use an address without it."
    )


def _is_local(error: Exception) -> bool:
    """Whether the request could not even be built: a bad address, header or file."""
    if isinstance(error, requests.exceptions.RequestException):
        # A header of the server that urllib3 cannot read has the same name as one of ours.
        wrapped = error.args[0] if error.args else None
        foreign = isinstance(wrapped, urllib3.exceptions.InvalidHeader)
        return isinstance(error, ValueError) and not foreign
    return isinstance(error, (ValueError, OSError)) and not isinstance(error, socket.timeout)


def _explain_local(error: Exception, endpoint: Endpoint) -> str:
    fault = _own_file_fault(endpoint)
    if fault:
        return fault
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or ""
    if endpoint.verify is True and bundle and not os.path.exists(bundle):
        return f"The file of REQUESTS_CA_BUNDLE does not exist: {quotable(bundle)}. Correct or unset the variable."
    is_header = isinstance(error, requests.exceptions.InvalidHeader)
    if not is_header and requests.utils.get_environ_proxies(endpoint.url):
        return (
            f"The address of the proxy for {endpoint.url} is invalid. Correct HTTPS_PROXY or HTTP_PROXY: special "
            "characters in its user name and password must be percent-encoded."
        )
    return (
        f"The request to {endpoint.url} could not be sent ({type(error).__name__}). Check quay_host, and the "
        "credentials for characters that HTTP does not allow."
    )


def _explain_tls(error: Exception, endpoint: Endpoint) -> str:
    fault = _own_file_fault(endpoint)
    if fault:
        return fault
    url = endpoint.url
    for inner in _chain(error):
        if isinstance(inner, ssl.SSLCertVerificationError):
            why = quotable(str(getattr(inner, "verify_message", "") or "it is not valid")).rstrip(".")
            advice = "Set ca_path to the certificate of its authority, or use the host name that it is for"
            return f"{url} has no TLS certificate that can be trusted: {why}. {advice}."
    reason = next((inner.reason for inner in _chain(error) if isinstance(inner, ssl.SSLError) and inner.reason), "")
    known = next((advice for sign, advice in _ADVICE_TLS.items() if sign in reason), "")
    return f"{url} cannot be reached over TLS: {known or reason or 'the handshake failed'}."


def _own_file_fault(endpoint: Endpoint) -> str:
    """Which of the task's own TLS files cannot be used; an error of requests does not say which side is to blame."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if isinstance(endpoint.verify, str) and not os.path.isdir(endpoint.verify):
        try:
            context.load_verify_locations(endpoint.verify)
        except (OSError, ValueError):
            return f"ca_path: {endpoint.verify} contains no certificate that can be read. Use a file in PEM format."
    if endpoint.certificate:
        certificate, key = (
            endpoint.certificate if isinstance(endpoint.certificate, tuple) else (endpoint.certificate, None)
        )
        try:
            context.load_cert_chain(certificate, key, password=lambda: "")
        except (OSError, ValueError):
            return (
                f"client_cert: {certificate}{f' with client_key {key}' if key else ''} cannot be used. Use PEM files "
                "with a certificate and its own key without passphrase."
            )
    return ""


def _explain_proxy(error: Exception, url: str) -> str:
    texts = (str(inner) for inner in _chain(error))
    refused = next(filter(None, (re.search(r"Tunnel connection failed: ([0-9]{3})\b", text) for text in texts)), None)
    if refused and refused.group(1) == "407":
        return (
            f"The proxy on the way to {url} requires authentication (407). Set user name and password in HTTPS_PROXY, "
            "as http://user:password@host:port."
        )
    why = f"it answered {refused.group(1)}" if refused else _reason(error)
    return f"The proxy on the way to {url} did not let the request through: {why}. Check HTTPS_PROXY and NO_PROXY."


def _timed_out(error: Exception) -> bool:
    """A body that comes too slowly is a ConnectionError for requests."""
    inner = error.args[0] if error.args else None
    return isinstance(error, requests.exceptions.Timeout) or type(inner).__name__ == "ReadTimeoutError"


def _reason(error: BaseException) -> str:
    """Why, in words of the system or our own."""
    for inner in _chain(error):
        if isinstance(inner, socket.gaierror):
            return "the host name cannot be resolved"
        if isinstance(inner, http.client.RemoteDisconnected):
            return "the connection was closed without an answer"
        if isinstance(inner, http.client.IncompleteRead):
            return "the response is incomplete"
        if isinstance(inner, http.client.HTTPException):
            return "it does not answer in HTTP"
        if isinstance(inner, urllib3.exceptions.DecodeError):
            return "the answer cannot be decompressed"
        if isinstance(inner, OSError) and inner.errno:
            return os.strerror(inner.errno)
    return f"the request failed ({type(error).__name__})"


def _chain(error: BaseException) -> t.Iterator[BaseException]:
    """The exception and those that it wraps, however."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        wrapped = [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
        waiting += [inner for inner in wrapped if isinstance(inner, BaseException)]
