"""What goes wrong below a request: bad bytes, slow clients, clients that leave. One JSON error, and a quiet log."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.http import Application, Settings, protocol
from tests.graphql_.http_server import Response, Scripted, Written, connected, exchange, read, request, running

OK = Answer(200, b'{"data":{"a":1}}', "v")
ASK = request("POST", "/graphql", {"Content-Type": "application/json"}, b'{"query":"{a}"}')
HEAD = "POST /graphql HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.fixture
def port(written: Written) -> Iterator[int]:
    log = written.log()
    with running(Application(Scripted(OK), Settings(body_seconds=0.3), log=log), log) as found:
        yield found


def refused(found: Response, status: int) -> None:
    assert found.status == status
    assert found.code
    assert found.headers["content-type"].startswith("application/json")
    assert found.headers["connection"] == "close"


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 15\r\nContent-Length: 16\r\n",
        "Content-Length: 15\r\nContent-Length: 15\r\n",
        "Content-Length: fifteen\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999999\r\n",
        "Content-Length: 15\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip\r\nContent-Length: 15\r\n",
        "no colon\r\n",
        "Bad Name: x\r\n",
        "X: a\x00b\r\n",
        " : \r\n",
    ],
)
def test_heads_that_are_no_http(port: int, written: Written, head: str) -> None:
    refused(exchange(port, f"{HEAD}{head}\r\n".encode() + b'{"query":"{a}"}'), 400)
    assert exchange(port, ASK).status == 200, "the server goes on"


@pytest.mark.parametrize(
    "start", ["", "GET\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "HELO\r\n\r\n"]
)
def test_bytes_that_are_no_request(port: int, start: str) -> None:
    refused(exchange(port, start.encode("latin-1") + b"\xff\r\n\r\n"), 400)


def test_a_chunk_that_is_none(port: int) -> None:
    refused(exchange(port, f"{HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n".encode()), 400)


def test_chunks(port: int) -> None:
    body = b'5\r\n{"que\r\na\r\nry":"{a}"}\r\n0\r\n\r\n'
    assert exchange(port, f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode() + body).body == OK.body


def test_expect_continue(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(f"{HEAD}Content-Length: 15\r\nExpect: 100-continue\r\n\r\n".encode())
        first = connection.recv(100)
        assert first == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b'{"query":"{a}"}')
        assert read(connection).body == OK.body


def test_a_client_that_asks_before_it_sends_too_much(port: int) -> None:
    refused(exchange(port, f"{HEAD}Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n".encode()), 413)


def test_a_body_that_trickles(port: int, written: Written) -> None:
    with connected(port) as connection:
        connection.sendall(f"{HEAD}Content-Length: 500\r\n\r\n".encode())
        stop = threading.Event()
        drip = threading.Thread(target=dripping, args=(connection, stop))
        drip.start()
        found = read(connection)
        stop.set()
        drip.join()
    refused(found, 408)


def dripping(connection: socket.socket, stop: threading.Event) -> None:
    while not stop.wait(0.05):
        try:
            connection.sendall(b" ")
        except OSError:
            return


def test_a_body_that_never_comes(port: int) -> None:
    refused(exchange(port, f"{HEAD}Content-Length: 500\r\n\r\n".encode()), 408)


def test_a_head_that_trickles(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.3)
    refused(exchange(port, b"GET /health HTTP/1.1\r\nX-A: "), 408)


def test_a_head_without_end(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n")
        for number in range(80):
            try:
                connection.sendall(f"X-{number}: {'a' * 1000}\r\n".encode())
            except OSError:
                break  # it has been refused, and is told so below where the answer outran the reset
        refused(read(connection), 431)


def test_clients_that_leave(port: int, written: Written) -> None:
    for sent in (ASK[:20], ASK[:-5], ASK):
        with connected(port) as connection:
            connection.sendall(sent)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not an end
    assert exchange(port, ASK).status == 200


@pytest.fixture
def slow(written: Written) -> Iterator[int]:
    log = written.log()
    with running(Application(Scripted(OK, seconds=0.2), log=log), log) as found:
        yield found


def test_a_client_that_leaves_before_its_answer(slow: int) -> None:
    with connected(slow) as connection:
        connection.sendall(ASK)
    assert exchange(slow, ASK).status == 200


def test_nonsense_behind_a_request_does_not_cost_its_answer(slow: int) -> None:
    with connected(slow) as connection:
        connection.sendall(ASK + b"\xff\xff\r\n\r\n")
        assert read(connection).body == OK.body
        assert connection.recv(1) == b""


def test_what_the_log_says_of_all_this(written: Written) -> None:
    log = written.log()
    with running(Application(Scripted(OK), Settings(body_seconds=0.2), log=log), log) as port:
        test_clients_that_leave(port, written)
        test_a_body_that_never_comes(port)
        exchange(port, b"\xff\xff SECRET\r\n\r\n")
    assert "SECRET" not in written.text
    assert "Traceback" not in written.text
    assert not written.events("error")
    assert sorted({line["status"] for line in written.events("request")}) == [200, 408, 499]
    assert [line["message"] for line in written.events("server")] == ["Invalid HTTP request received."]


def test_requests_in_a_row_are_answered_in_order(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request("GET", "/health") + ASK + request("HEAD", "/health") + request("GET", "/nothing"))
        found = [read(connection), read(connection), read(connection, is_head=True), read(connection)]
    assert [response.status for response in found] == [200, 200, 200, 404]
    assert found[1].body == OK.body


@pytest.mark.parametrize("asked", [ASK, request("GET", "/health")])
def test_an_offer_of_another_protocol_is_passed_over(port: int, written: Written, asked: bytes) -> None:
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
    first, rest = asked.split(b"\r\n", 1)
    assert exchange(port, first + b"\r\n" + offer + rest).status == 200
    assert not written.events("server")


@pytest.mark.parametrize(
    "odd",
    [
        "Via: 1.1 a, 1.0 b\r\nForwarded: for=unknown;proto=;by=\r\n",
        "X-Forwarded-For: , ,\r\nX-Forwarded-Proto: \x80\r\nX-Forwarded-Host: a b\r\n",
        "Accept-Encoding:\r\nAccept:\r\nIf-None-Match:\r\nContent-Encoding:\r\n",
        "Accept: application/json\r\nAccept: \r\nAccept-Encoding: gzip;q=x, , ;\r\n",
        "Connection: close, keep-alive\r\nTE: trailers\r\nPragma: no-cache\r\nRange: bytes=0-1\r\n",
        "X: \xff\xfe\r\nX-Request-ID: \xff\r\nTraceparent: junk\r\n",
    ],
)
def test_odd_headers_of_proxies(port: int, odd: str) -> None:
    first, rest = ASK.split(b"\r\n", 1)
    assert exchange(port, first + b"\r\n" + odd.encode("latin-1") + rest).body == OK.body


def test_http_1_0(port: int) -> None:
    found = exchange(port, ASK.replace(b"HTTP/1.1", b"HTTP/1.0"))
    assert (found.body, found.headers["connection"]) == (OK.body, "close")


@pytest.mark.parametrize("hosts", ["", "Host: a\r\nHost: b\r\n", "Host: a, b\r\n"])
def test_requests_that_name_no_host_or_several(port: int, hosts: str) -> None:
    found = exchange(port, f"GET /health HTTP/1.1\r\n{hosts}\r\n".encode())
    assert (found.status, found.code) == (400, "BAD_REQUEST")
    assert exchange(port, b"GET /health HTTP/1.0\r\n\r\n").status == 200


def test_an_address_in_full(port: int) -> None:
    assert exchange(port, b"GET http://elsewhere/health HTTP/1.1\r\nHost: t\r\n\r\n").status == 200
    assert exchange(port, b"OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n").status in (204, 404)


def test_a_body_that_get_does_not_need(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request("GET", "/health", body=b"{}") + request("GET", "/health"))
        assert [read(connection).status, read(connection).status] == [200, 200]


def test_the_error_is_json(port: int) -> None:
    assert json.loads(exchange(port, b"\xff\r\n\r\n").body)["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
