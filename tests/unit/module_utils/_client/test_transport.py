# Copyright: (c) 2026, The dockhand.quay authors
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.dockhand.quay.plugins.module_utils._client.transport import Endpoint, Transport
from ansible_collections.dockhand.quay.plugins.module_utils._errors import AnswerLost, ServerAway, Unreachable


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def transport(script, pauses):
    return Transport(Endpoint(script.url, timeout=2), pauses.append)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_limited_server_is_asked_again_after_the_time_it_names(script, transport, pauses, method):
    script.will(429, "slow down", Retry_After="7")
    script.will(429, "slow down")
    script.will(200, {})
    assert transport.send(method, "/x").status_code == 200
    assert pauses[0] == 7
    assert 0 < pauses[1] <= 1


def test_a_server_that_stays_limited_is_believed(script, transport, pauses):
    for _dummy in range(10):
        script.will(429, "slow down")
    assert transport.send("GET", "/x").status_code == 429
    assert len(pauses) == 9


def test_a_full_queue_is_told_at_once(script, transport, pauses):
    script.will(429, {"message": "Maximum queued build rate exceeded."})
    assert transport.send("POST", "/x").status_code == 429
    assert not pauses


@pytest.mark.parametrize("status", [502, 503, 504, "cut"])
def test_reads_are_repeated(script, transport, status):
    script.will(status, "<html>bad gateway</html>")
    script.will(200, {})
    assert transport.send("GET", "/x").status_code == 200


@pytest.mark.parametrize("status", [502, 503, 504, "cut"])
def test_a_write_that_may_have_been_done_is_not_sent_again(script, transport, status):
    script.will(status, "<html>bad gateway</html>")
    with pytest.raises(AnswerLost):
        transport.send("PUT", "/x", json={})
    assert len(script.asked) == 1


def test_a_read_only_registry_says_so_at_once(script, transport, pauses):
    script.will(503, {"is_readonly": True})
    assert transport.send("PUT", "/x").status_code == 503
    assert pauses == []


def test_a_slow_server_is_told_with_the_option(script):
    impatient = Transport(Endpoint(script.url, timeout=0.2))
    script.answers.append((200, {"Content-Length": "5"}, b""))
    with pytest.raises(Unreachable, match=r"did not answer within 0.2 seconds \(option timeout\)") as caught:
        impatient.send("GET", "/x")
    assert not isinstance(caught.value, ServerAway)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_server_that_is_down_is_tried_and_then_told(pauses, method):
    with pytest.raises(Unreachable, match=r"http://127\.0\.0\.1:9 cannot be reached: .*refused") as caught:
        Transport(Endpoint("http://127.0.0.1:9"), pauses.append).send(method, "/x")
    assert isinstance(caught.value, ServerAway)
    assert len(pauses) == 3


def test_a_connection_is_dropped_after_trouble(script, transport):
    script.will("cut")
    with pytest.raises(AnswerLost):
        transport.send("PUT", "/x")
    assert transport._session is None
    script.will(200, {})
    assert transport.send("GET", "/x").status_code == 200


def test_netrc_does_not_replace_the_token(script, transport, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    script.will(200, {})
    transport.send("GET", "/x", headers={"Authorization": "Bearer token"})
    assert script.asked[0][2]["Authorization"] == "Bearer token"


def test_a_pause_beyond_all_patience_is_told_at_once(script, transport, pauses):
    script.will(429, "slow down", Retry_After="900")
    assert transport.send("GET", "/x").status_code == 429
    assert pauses == []


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_another_address_is_named(script, transport, method):
    script.will(301, "moved", Location="https://quay.example.com/x")
    sentence = f"{script.url} redirects to https://quay.example.com; set quay_host to that address."
    with pytest.raises(Unreachable) as caught:
        transport.send(method, "/x")
    assert str(caught.value) == sentence


def test_a_redirect_within_the_server_is_an_answer(script, transport):
    script.will(308, "moved", Location=f"{script.url}/x/")
    assert transport.send("GET", "/x").status_code == 308
