"""Bytes on a connection, before there is a request: uvicorn's protocol, with limits, and with our form of an error."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from typing import cast

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kaigraph.graphql.http.corked import Corked
from kaigraph.graphql.http.reply import JSON, error_json
from kaigraph.graphql.http.whole import Responder, answer

#: Bytes of a request's line and headers that come in several pieces, and the seconds that they may take.
MAX_HEAD = 64_000
HEAD_SECONDS = 10.0

_OFFER = re.compile(rb"\r\nupgrade:", re.I)


class Protocol(HttpToolsProtocol):
    """One connection."""

    _is_in_head = False
    _head = 0
    _timer: asyncio.TimerHandle | None = None
    _has_time = False
    _begun: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin, and wait for the first request no longer than for any further one."""
        super().connection_made(transport)
        self._corked = Corked(transport)
        self.transport = cast("asyncio.Transport", self._corked)
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; where a request's head is not whole after it, there are limits to its size and time."""
        # Of many requests in one piece, the first: other connections want their turn, too.
        self._has_time = getattr(self.app, "waits", True) is False
        super().data_received(_without_offer(data) if b"pgrade" in data else data)
        if self._begun is not None:
            cycle, self._begun = self._begun, None
            super()._start_asgi_task(cycle, self.app)
        if not self._is_in_head or self.transport.is_closing():
            return
        self._head += len(data)
        if self._head > MAX_HEAD:
            self._refuse(431, "HEADERS_TOO_LARGE", f"the request's headers have more than {MAX_HEAD} bytes")
        elif self._timer is None:
            self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def on_message_begin(self) -> None:
        """A request's first byte."""
        super().on_message_begin()
        self._is_in_head = True
        self._head = 0

    def on_headers_complete(self) -> None:
        """A request's head is whole."""
        self._is_in_head = False
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole."""
        super().on_message_complete()
        if self._begun is not None:
            cycle, self._begun = self._begun, None
            answer(self, cycle, cast("Responder", self.app))

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        """Where nothing is waited for, a request is answered within the call that brings its end; else in a task."""
        if self._has_time and app is self.app and cycle.keep_alive and not cycle.waiting_for_100_continue:
            self._has_time, self._begun = False, cycle
        else:
            super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """A response was sent, if only its head, as to HEAD."""
        self._corked.flush()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._is_in_head = False
        self._stop_timer()
        self._refuse(400, "BAD_REQUEST", msg)

    def _too_slow(self) -> None:
        self._refuse(408, "REQUEST_TIMEOUT", f"the request's headers were not complete after {HEAD_SECONDS:g} seconds")

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _refuse(self, status: int, code: str, message: str) -> None:
        if self.cycle and not self.cycle.more_body and not self.cycle.response_complete:
            self.cycle.keep_alive = False  # the request before is whole: it gets its answer, and this one the end
            return
        body = error_json(code, message)
        head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-length: {len(body)}\r\n"
        rest = b"cache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
        self.transport.write(head.encode() + b"content-type: " + JSON + b"\r\n" + rest + body)
        self.transport.close()


def _without_offer(data: bytes) -> bytes:
    """A head without the offer of another protocol, which a server may pass over: the parser would drop the body.

    Java's own client, for one, offers HTTP/2 with each first request.
    """
    head, end, rest = data.partition(b"\r\n\r\n")
    return _OFFER.sub(b"\r\nx-offer:", head) + end + rest
