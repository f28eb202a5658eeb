# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad servers, proxies and files: each gets its true cause and fix, and no message holds what was sent."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
import time

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client import transport as http
from ansible_collections.dockhand.quay.plugins.module_utils._client.patience import RetryPolicy
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._errors import AnswerLost, QuayError, Unreachable

TOKEN = "geheim-des-tests"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def serve():
    """Starts a server that reads one request of each connection and answers with ``answer(connection)``."""
    listeners = []

    def start(answer, context=None):
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def work():
            while True:
                try:
                    connection, _place = listener.accept()
                except OSError:
                    return
                with contextlib.suppress(OSError), connection:
                    if context:
                        connection = context.wrap_socket(connection, server_side=True)
                    connection.recv(65536)
                    answer(connection)

        threading.Thread(target=work, daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    files = [str(folder / "cert.pem"), str(folder / "key.pem")]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=quay.example.com",
    ]
    try:
        subprocess.run([*command, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return files


def message(url, method="GET", expected=Unreachable, headers=None, **options):
    transport = Transport(Endpoint(url, **{"timeout": 2.0, **options}), lambda seconds: None)
    with pytest.raises(expected) as caught:
        transport.send(method, "/api/v1/x", {"Authorization": f"Bearer {TOKEN}", **(headers or {})})
    assert TOKEN not in str(caught.value) and "geheim" not in str(caught.value)
    # Nor in what a traceback would show.
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    return str(caught.value)


def test_a_header_that_cannot_be_sent_is_not_shown():
    told = message("http://127.0.0.1:9", headers={"Authorization": f"Bearer {TOKEN}\n"})
    # Older versions of requests leave it to http.client to notice.
    assert told.replace("ValueError", "InvalidHeader") == (
        "The request to http://127.0.0.1:9 could not be sent (InvalidHeader). Check quay_host, and the credentials for "
        "characters that HTTP does not allow."
    )


def test_a_name_that_no_host_has():
    assert message("http://quay.invalid") == "http://quay.invalid cannot be reached: the host name cannot be resolved."


def test_no_address_at_all():
    told = message("http://127.0.0.1:9", is_default=True)
    assert told == (
        "quay_host is not set, or set to its default: http://127.0.0.1:9 cannot be reached: Connection refused. "
        "Set quay_host, or the environment variable QUAY_HOST, to the address of the registry."
    )


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "the connection was closed without an answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "it does not answer in HTTP"),
        (HEAD + b"Content-Length: 100\r\n\r\n{}", "the response is incomplete"),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", "the answer cannot be decompressed"),
        (HEAD + b"".join(b"X-%d: y\r\n" % number for number in range(200)) + b"\r\n{}", "it does not answer in HTTP"),
    ],
)
def test_what_is_no_answer(serve, answer, why):
    place = serve(lambda connection: connection.sendall(answer))
    assert message(f"http://{place}") == f"http://{place} cannot be reached: {why}."
    message(f"http://{place}", "PUT", AnswerLost)


@pytest.mark.parametrize("start", [HEAD + b"Content-Length: 1000\r\n\r\n", HEAD])
def test_an_answer_that_drips_ends(serve, monkeypatch, start):
    monkeypatch.setattr(http, "WHOLE_ANSWER", 2)

    def drip(connection):
        connection.sendall(start)
        for _number in range(100):
            connection.sendall(b"X")
            time.sleep(0.05)

    place = serve(drip)
    begin = time.monotonic()
    told = message(f"http://{place}", timeout=0.4)
    assert time.monotonic() - begin < 3
    assert told == f"The answer of http://{place} was not complete after ten times 0.4 seconds (option timeout)."


@pytest.mark.parametrize("encoding", [b"", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_without_end_ends(serve, monkeypatch, encoding):
    monkeypatch.setattr(http, "LARGEST_BODY", 1 << 20)

    def pour(connection):
        connection.sendall(HEAD + encoding + b"\r\n")
        block = b"x" * 65536
        for _number in range(1000):
            connection.sendall(b"%x\r\n%s\r\n" % (len(block), block) if encoding else block)

    told = message(f"http://{serve(pour)}")
    assert "is larger than 1 MiB. Check that quay_host is right." in told


def test_the_largest_body_is_16_mib():
    assert http.LARGEST_BODY == 16 * 1024 * 1024


def test_https_to_a_port_without_tls(serve):
    place = serve(lambda connection: connection.sendall(HEAD + b"\r\n"))
    told = message(f"https://{place}")
    assert told == (
        f"https://{place} cannot be reached over TLS: it does not use TLS on this port. Use http://, or the port for "
        "https."
    )


def test_a_certificate_that_nobody_knows(serve, certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    place = serve(lambda connection: connection.sendall(HEAD + b"\r\n"), context)
    told = message(f"https://{place}")
    assert told.startswith(f"https://{place} has no TLS certificate that can be trusted: self-signed certificate. ")
    assert "Set ca_path to the certificate of its authority" in told
    mismatch = message(f"https://{place}", verify=certificate[0])
    assert "is not valid for '127.0.0.1'" in mismatch and "the host name that it is for" in mismatch


def test_files_of_the_task_are_not_blamed_on_the_server(serve, certificate, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    place = serve(lambda connection: connection.sendall(HEAD + b"\r\n"), context)
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate")
    told = message(f"https://{place}", verify=str(empty))
    assert told == f"ca_path: {empty} contains no certificate that can be read. Use a file in PEM format."
    told = message(f"https://{place}", verify=False, certificate=(certificate[0], str(empty)))
    assert told.startswith(f"client_cert: {certificate[0]} with client_key {empty} cannot be used. Use PEM files ")


def test_a_bundle_that_does_not_exist(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    told = message("https://127.0.0.1:9")
    assert told == "The file of REQUESTS_CA_BUNDLE does not exist: /no/such/bundle.pem. Correct or unset the variable."


def test_no_warning_for_a_certificate_that_is_not_to_be_checked(serve, certificate, recwarn):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    place = serve(lambda connection: connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}"), context)
    answer = Transport(Endpoint(f"https://{place}", verify=False)).send("GET", "/x")
    assert answer.json() == {}
    assert [str(warning.message) for warning in recwarn if "InsecureRequest" in type(warning.message).__name__] == []


@pytest.mark.parametrize("url", ["http://quay.example.com", "https://quay.example.com"])
@pytest.mark.parametrize("password", ["geheim#1", "geheim:1", "geheim[1"])
def test_a_proxy_whose_address_is_not_valid(monkeypatch, url, password):
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://user:{password}@127.0.0.1:9")
    assert "proxy" in message(url)


def test_a_proxy_that_wants_a_password(serve, monkeypatch):
    place = serve(lambda connection: connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"))
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:geheim@{place}")
    told = message("https://quay.example.com")
    assert told == (
        "The proxy on the way to https://quay.example.com requires authentication (407). Set user name and password in "
        "HTTPS_PROXY, as http://user:password@host:port."
    )


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://quay.example.com/api/v1/x", "redirects to https://quay.example.com; set quay_host to that address."),
        (
            "https://a.test/quay/api/v1/x",
            "redirects to https://a.test/quay; set quay_host to that address.",
        ),
        (
            "https://sso.example.com/auth?state=geheim",
            "redirects API requests to a page of https://sso.example.com/auth",
        ),
        (
            "/oauth2/start?rd=/api/v1/x",
            "redirects API requests to a page of {url}/oauth2/start, such as",
        ),
        ("https://[bad/", "redirects to an address that is not valid. Check quay_host."),
    ],
)
def test_redirects(script, location, told):
    script.will(302, "moved", Location=location)
    assert told.replace("{url}", script.url) in message(script.url)


def test_odd_digits_ask_for_no_pause(script):
    pauses = []
    script.answers.append((429, {"Retry-After": "\xb2", "Content-Length": "0"}, b""))
    script.will(200, {})
    policy = RetryPolicy(jitter=lambda: 1.0)
    assert Transport(Endpoint(script.url), pauses.append, policy=policy).send("GET", "/x").status_code == 200
    assert pauses == [0.25]


@pytest.mark.parametrize("url", [f"http://{'a' * 64}.example.com", "http://a..b"])
def test_hosts_that_cannot_be_looked_up(url):
    transport = Transport(Endpoint(url), lambda seconds: None)
    with pytest.raises(QuayError, match="could not be sent|cannot be reached"):
        transport.send("GET", "/x")


def test_a_proxy_that_works(serve, certificate, monkeypatch):
    """The limits of an answer also hold behind a tunnel, over one connection for several requests."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def answer(connection):
        for _number in range(2):
            connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n{}")
            connection.recv(65536)

    place, asked = serve(answer, context), []

    def tunnel(connection):
        asked.append(1)
        host, port = place.split(":")
        with socket.create_connection((host, int(port))) as behind:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            thread = threading.Thread(target=pump, args=(behind, connection), daemon=True)
            thread.start()
            pump(connection, behind)

    def pump(source, target):
        with contextlib.suppress(OSError):
            while block := source.recv(65536):
                target.sendall(block)

    monkeypatch.setenv("HTTPS_PROXY", f"http://user:geheim@{serve(tunnel)}")
    transport = Transport(Endpoint("https://quay.test", verify=False, timeout=2.0))
    assert [transport.send("GET", "/x").json() for _number in range(2)] == [{}, {}]
    assert len(asked) == 1
    transport.close()
