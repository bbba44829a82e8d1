"""Requests that are answered within the call that brings them: as all others are, and no way around uvicorn's care."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.http import Application
from kaigraph.graphql.http.asgi import Receive, Request, Response, Scope, Send
from kaigraph.graphql.http.lifespan import lifespan
from tests.graphql_ import foreign
from tests.graphql_.http_server import NAMES, Scripted, asked, connected, exchange, read, request, running

JSON = {"Content-Type": "application/json"}
ASK = request("POST", "/graphql", JSON, b'{"query": "{ a }"}')
LARGE = Answer(200, b'{"data":"' + b"a" * 500_000 + b'"}', "v")

REQUESTS = {
    "an operation": request("POST", "/graphql", JSON, b'{"query": "{ animals { totalCount } }"}'),
    "by address": request("GET", asked(NAMES)),
    "compressed in a thread": request("GET", asked("{ __schema { types { name } } }"), {"Accept-Encoding": "gzip"}),
    "a body without use": request("POST", "/graphql", JSON, b"[]"),
    "a head alone": request("HEAD", asked(NAMES)),
    "nothing there": request("GET", "/nothing"),
    "another method": request("DELETE", "/graphql"),
    "what is allowed": request("OPTIONS", "/graphql"),
    "the last of a connection": request("GET", "/health", {"Connection": "close"}),
    "a type of its own": request("POST", "/graphql", {"Content-Type": "text/plain"}, b"{}"),
}


@dataclass
class Answering:
    """An application that gives one response, or fails."""

    response: Response | None
    waits: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and end; a request never comes this way."""
        assert scope["type"] == "lifespan"
        await lifespan(receive, send, self._nothing)

    async def _nothing(self) -> None:
        """Nothing is to be put away."""

    async def respond(self, request: Request) -> Response:
        """The response."""
        assert request.body == b""
        if self.response is None:
            raise RuntimeError("a secret")
        return self.response


@pytest.mark.parametrize("sent", REQUESTS.values(), ids=REQUESTS)
def test_the_same_response_as_in_a_task(sent: bytes) -> None:
    is_head = sent.startswith(b"HEAD")
    at_once, in_task = Application(foreign.engine()), Application(foreign.engine())
    in_task.waits = True
    assert not at_once.waits
    with running(at_once) as one, running(in_task) as other:
        found, want = exchange(one, sent, is_head=is_head), exchange(other, sent, is_head=is_head)
    varying = {"date", "x-request-id"}
    assert found.status == want.status
    assert found.body == want.body
    assert [*found.headers] == [*want.headers]
    assert {k: v for k, v in found.headers.items() if k not in varying} == {
        k: v for k, v in want.headers.items() if k not in varying
    }


def test_what_fails_is_500() -> None:
    with running(Answering(None)) as port:
        found = exchange(port, request("GET", "/"))
    assert found.status == 500
    assert b"secret" not in found.body


@pytest.mark.parametrize("value", [b"1\r\nx-b: 2", b"\n", b"\r"])
def test_a_header_with_a_line_end_is_not_sent(value: bytes) -> None:
    application = Answering((200, [(b"x-a", value), (b"content-length", b"0")], b""))
    with running(application) as port, connected(port) as connection:
        connection.sendall(request("GET", "/"))
        assert connection.recv(1) == b""  # uvicorn refuses it, and ends the connection


def test_a_client_that_reads_late_gets_all_of_it_in_order() -> None:
    answers = [Answer(200, LARGE.body.replace(b"a", b"%d" % n, 1), "v") for n in range(20)]
    with running(Application(Scripted(*answers))) as port, connected(port) as connection:
        connection.sendall(ASK * 20)
        assert [read(connection).body for _ in answers] == [answer.body for answer in answers]
