"""A load of HTTP: so many connections, each asking as soon as it was answered, and how long each answer took.

A connection never leaves in the middle of an answer: a server would go on with work that the next case then pays for.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second, and how long an answer took: the median, and what 1 in 100 took longer than, in ms.

    `answers` are all that came, those that are not in the rate too.
    """

    rate: float
    p50: float
    p99: float
    answers: int = 0


def body(text: str, variables: Mapping[str, object]) -> bytes:
    """A GraphQL request as JSON."""
    return json.dumps({"query": text, "variables": variables}).encode()


def ask(port: int, request: bytes) -> dict[str, object]:
    """One answer; the first may take as long as the server needs to load.

    Raises:
        ValueError: it has errors, or no data.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("POST", "/graphql", request, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    if "errors" in answer or not isinstance(answer.get("data"), dict):
        raise ValueError(f"{request.decode()}: {answer!s:.500}")
    data: dict[str, object] = answer["data"]
    return data


def load(port: int, bodies: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Ask for so long, of which the first fifth (and at least the first answer of each connection) does not count.

    Each connection goes on until it has had an answer that counts.
    """
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: "
    requests = [f"{head}{len(b)}".encode() + _END + b for b in bodies]
    return asyncio.run(_load(port, requests, connections, seconds))


async def _load(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Load:
    loop = asyncio.get_running_loop()
    begin = time.perf_counter() + seconds / 5
    end = begin + seconds
    taken: list[float] = []
    asked = [_Asking(loop, requests, n * 101, (begin, end), taken) for n in range(connections)]
    for one in asked:
        await loop.create_connection(lambda one=one: one, "127.0.0.1", port)  # type: ignore[misc]  # bound to this one
    await asyncio.gather(*(one.done for one in asked))
    # What was under way at the end counts, and the time it took too.
    span = max(time.perf_counter(), end) - begin
    return _summary(taken, span, sum(one.answers for one in asked))


def _summary(taken: list[float], span: float, answers: int) -> Load:
    ordered = sorted(taken)
    return Load(len(ordered) / span, _at(ordered, 0.5), _at(ordered, 0.99), answers)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class _Asking(asyncio.Protocol):
    """One connection."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        requests: Sequence[bytes],
        first: int,
        window: tuple[float, float],
        taken: list[float],
    ) -> None:
        self.done: asyncio.Future[None] = loop.create_future()
        self.answers = 0
        self._requests, self._next, self._taken = requests, first, taken
        self._begin, self._end = window
        self._part = b""
        self._sent = 0.0
        self._counts = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # for the type checker: TCP
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._next += 1
        self._sent = time.perf_counter()
        self._transport.write(self._requests[self._next % len(self._requests)])

    def data_received(self, data: bytes) -> None:
        self._part = self._part + data if self._part else data
        if not _is_whole(self._part):
            return
        now = time.perf_counter()
        if not self._part.startswith(b"HTTP/1.1 200") or b'"errors"' in self._part:
            self._fail(ValueError(f"not an answer: {self._part[:1000]!r}"))
            return
        self._part = b""
        self.answers += 1
        if self._sent >= self._begin:
            self._taken.append(now - self._sent)
            self._counts = True
        if now < self._end or not self._counts:  # one that takes longer than the window still counts once
            self._ask()
        else:
            self._transport.close()
            self.done.set_result(None)

    def connection_lost(self, reason: Exception | None) -> None:
        self._fail(reason or ConnectionError("the server hung up"))

    def _fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


def _is_whole(part: bytes) -> bool:
    """Whether a response has come to its end."""
    head, found, rest = part.partition(_END)
    if not found:
        return False
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:  # sent in chunks
        return rest.endswith(b"0\r\n\r\n")
    return len(rest) >= int(lower[at + 15 :].split(b"\r", 1)[0])
