"""A real server on a real port, over the foreign data; and bytes to and from it, as no HTTP library would send them."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.counters import Counters
from kaigraph.graphql.engine import Operation
from kaigraph.graphql.http import Lines, Log
from kaigraph.graphql.http.answerer import Answerer
from kaigraph.graphql.http.logs import Form
from kaigraph.graphql.http.running import Served, server_of

GRAPHQL_JSON = "application/graphql-response+json"
NAMES = "query Names { animals { nodes { id label } } }"


@dataclass
class Written:
    """A log that is kept, and what was in it when the server ended."""

    form: Form = "json"
    bytes_: list[bytes] = field(default_factory=list)

    def log(self) -> Log:
        """A log that writes here."""
        return Log(self.form, Lines(self.bytes_.append))

    @property
    def text(self) -> str:
        """All of it."""
        return b"".join(self.bytes_).decode()

    def events(self, event: str) -> list[dict[str, Any]]:
        """The lines of one kind, of a log in JSON."""
        return [line for line in map(json.loads, self.text.splitlines()) if line["event"] == event]


@contextmanager
def running(application: Served, log: Log | None = None) -> Iterator[int]:
    """Serve an application on a free port, which is given back."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = server_of(application, log)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        _until_started(server)
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def _until_started(server: uvicorn.Server) -> None:
    pause = threading.Event()
    while not server.started:
        pause.wait(0.01)


@dataclass(frozen=True)
class Response:
    """A response as it came. Headers of one name are joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401  # JSON of any form
        """The body, read."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of the one error."""
        (error,) = self.json["errors"]
        assert error["message"]
        code: str = error["extensions"]["code"]
        return code


def exchange(port: int, sent: bytes, *, is_head: bool = False) -> Response:
    """Send bytes, and read one response."""
    with connected(port) as connection:
        connection.sendall(sent)
        return read(connection, is_head=is_head)


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A connection that gives up after some time, so that a test fails and does not hang."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        yield connection


def read(connection: socket.socket, *, is_head: bool = False) -> Response:
    """Read one response off a connection, not a byte more."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        assert byte, f"the connection ended in {head!r}"
        head += byte
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
    status = int(first.split()[1])
    length = 0 if is_head or status in (204, 304) else int(headers["content-length"])
    body = b""
    while len(body) < length:
        part = connection.recv(length - len(body))
        assert part, "the connection ended within a body"
        body += part
    return Response(status, headers, body)


def request(method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> bytes:
    """The bytes of a request."""
    given = {"Host": "test"} | dict(headers or {}) | ({} if body is None else {"Content-Length": str(len(body))})
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1") + (body or b"")


def post(port: int, body: object, accept: str | None = GRAPHQL_JSON, **headers: str) -> Response:
    """POST JSON, or bytes as they are, to /graphql. A header `a_b` is sent as `a-b`."""
    given = {"Content-Type": "application/json"} | ({} if accept is None else {"Accept": accept})
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return exchange(port, request("POST", "/graphql", given, data))


def get(port: int, target: str = "/graphql", method: str = "GET", **headers: str) -> Response:
    """Ask without a body."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return exchange(port, request(method, target, given), is_head=method == "HEAD")


def asked(query: str, **more: str) -> str:
    """The address of an operation."""
    return "/graphql?" + urlencode({"query": query} | more)


class Scripted(Answerer):
    """Answers what it was told to, in place of an engine."""

    def __init__(self, *answers: Answer | Exception, seconds: float = 0) -> None:
        """Take the answers in order, the last of them for ever, and how long each takes."""
        self._counters = Counters()
        self._answers = list(answers)
        self._seconds = seconds

    @property
    def counters(self) -> Counters:
        """Nothing."""
        return self._counters

    @property
    def languages(self) -> tuple[str, ...]:
        """Two."""
        return "en", "ko"

    @property
    def waits(self) -> bool:
        """Not for long: what is asked of it must go on in a task where it does wait."""
        return False

    async def answer_async(self, request: Operation) -> Answer:
        """The next answer."""
        await asyncio.sleep(self._seconds)
        found = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(found, Exception):
            raise found
        return found

    async def close_async(self) -> None:
        """Nothing to let go of."""
