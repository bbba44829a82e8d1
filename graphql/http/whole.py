"""A request that came whole, answered within the call that brought it, and written at once.

A task, and uvicorn's looks at each header, took more than the answer of a small operation does. An application that
comes to wait after all (for a thread) goes on in a task.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from kaigraph.graphql.http.asgi import Header, Message, Receive, Scope, Send
from kaigraph.graphql.http.eager import Rest

_CLOSE = (b"connection", b"close")


class Whole:
    """One such request, between our application and uvicorn's cycle of it."""

    def __init__(self, protocol: HttpToolsProtocol, cycle: RequestResponseCycle) -> None:
        """Take its connection, and its cycle, which nobody has begun."""
        self._protocol = protocol
        self._cycle = cycle
        self._start: Message | None = None

    def answer(self) -> None:
        """Have it answered."""
        work = self._cycle.run_asgi(cast("ASGI3Application", self))
        try:
            waits_for = work.send(None)
        except StopIteration:
            return
        task = self._protocol.loop.create_task(_rest(work, waits_for))
        task.add_done_callback(self._protocol.tasks.discard)
        self._protocol.tasks.add(task)

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Be the application, with another way of sending."""
        await cast("Any", self._protocol.app)(scope, receive, self._send)

    async def _send(self, message: Message) -> None:
        start = self._start
        if start is None:
            self._start = message
            return
        head = self._head(start["status"], start["headers"])
        if head:
            self._write(head, message["body"])
        else:
            send = cast("Send", self._cycle.send)
            await send(start)
            await send(message)

    def _head(self, status: int, headers: list[Header]) -> bytes:
        """A response's head; nothing, where uvicorn should look at it, or wait for the client."""
        cycle = self._cycle
        if cycle.disconnected or not cycle.keep_alive or self._protocol.flow.write_paused or _CLOSE in headers:
            return b""
        lines = [b"%b: %b\r\n" % header for header in (*cycle.default_headers, *headers)]
        head = b"%b%b\r\n" % (STATUS_LINE[status], b"".join(lines))
        is_sane = head.count(b"\n") == head.count(b"\r") == len(lines) + 2
        return head if is_sane else b""

    def _write(self, head: bytes, body: bytes) -> None:
        cycle = self._cycle
        cycle.transport.write(head)
        cycle.transport.write(body)
        cycle.response_started = cycle.response_complete = True
        cycle.on_response()


async def _rest(work: Coroutine[Any, Any, None], waits_for: object) -> None:
    await Rest(work, waits_for)
