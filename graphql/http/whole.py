"""A request that came whole, answered within the call that brought it, and written at once.

A task, ASGI's messages and uvicorn's look at each header took more than the answer of a small operation does. What
comes to wait after all (for a thread, or for a client that reads slowly) goes on in a task, the usual way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine
from typing import Any, Protocol, cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from kaigraph.graphql.http.asgi import Receive, Request, Response, Scope, Send, request_of, send_all
from kaigraph.graphql.http.eager import Rest

_CLOSE = (b"connection", b"close")


class Responder(Protocol):
    """An application, asked without ASGI's messages."""

    @property
    def waits(self) -> bool:
        """Whether most of what it answers waits for others."""
        ...

    def respond(self, request: Request) -> Coroutine[Any, Any, Response]:
        """The response to a request."""
        ...


def answer(protocol: HttpToolsProtocol, cycle: RequestResponseCycle, application: Responder) -> None:
    """Have a request answered whose body is there, and that nobody has begun with."""
    receive = cast("Receive", cycle.receive)
    work = application.respond(request_of(cast("Scope", cycle.scope), receive, bytes(cycle.body)))
    try:
        waits_for = work.send(None)
    except StopIteration as done:
        if not _is_written(protocol, cycle, done.value):
            _in_task(protocol, cycle, _ready(done.value))
    except Exception as error:  # uvicorn logs it, as it does those of tasks
        _in_task(protocol, cycle, _failing(error))
    else:
        _in_task(protocol, cycle, Rest(work, waits_for))


def _is_written(protocol: HttpToolsProtocol, cycle: RequestResponseCycle, response: Response) -> bool:
    """Whether it could be written now; else uvicorn should look at it, or wait for the client."""
    status, headers, body = response
    if cycle.disconnected or not cycle.keep_alive or protocol.flow.write_paused or _CLOSE in headers:
        return False
    lines = [b"%b: %b\r\n" % header for header in (*cycle.default_headers, *headers)]
    head = b"%b%b\r\n" % (STATUS_LINE[status], b"".join(lines))
    if not head.count(b"\n") == head.count(b"\r") == len(lines) + 2:
        return False  # a line's end within a header
    cycle.transport.write(head)
    cycle.transport.write(body)
    cycle.response_started = cycle.response_complete = True
    cycle.on_response()
    cycle.on_response = _nothing  # else a connection and its last cycle hold each other
    return True


def _in_task(protocol: HttpToolsProtocol, cycle: RequestResponseCycle, response: Awaitable[Response]) -> None:
    async def sent(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send_all(await response, send)

    task = protocol.loop.create_task(cycle.run_asgi(cast("ASGI3Application", sent)))
    task.add_done_callback(protocol.tasks.discard)
    protocol.tasks.add(task)


def _nothing() -> None:
    """There is no response to come."""


async def _ready(response: Response) -> Response:
    return response


async def _failing(error: Exception) -> Response:
    raise error
