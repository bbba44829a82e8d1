"""HTTP: a thin ASGI application over the engine. `POST /graphql` takes JSON and answers JSON.

Statuses follow "GraphQL over HTTP" (working draft): with `Accept: application/graphql-response+json` an operation that
cannot run has a status of its own, with `application/json` it is 200, and in both a request that is none is 4xx.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import orjson

from kaigraph.graphql.engine import Answer, Engine, Operation

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: Bytes of one request. An operation may have 100,000; its variables the rest.
MAX_REQUEST = 1_000_000

#: Bytes of a request that is too large which are read, to nowhere, before the answer is given.
MAX_DRAINED = 64_000_000

GRAPHQL_JSON = b"application/graphql-response+json; charset=utf-8"
JSON = b"application/json; charset=utf-8"


class Refused(Exception):
    """A request that is no GraphQL request: status, message and, for 405, the method to use."""

    def __init__(self, status: int, message: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        """Take what goes into the response."""
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Application:
    """The ASGI application."""

    engine: Engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        try:
            _check(scope, headers)
            operation = read_operation(await _body(receive))
        except Refused as refusal:
            body = orjson.dumps({"errors": [{"message": refusal.message, "extensions": {"code": "BAD_REQUEST"}}]})
            await _send(send, refusal.status, JSON, body, refusal.headers)
            return
        answer = await self._answer(operation)
        if b"application/graphql-response+json" in headers.get(b"accept", b""):
            await _send(send, answer.status, GRAPHQL_JSON, answer.body)
        else:
            await _send(send, _json_status(answer), JSON, answer.body)

    async def _answer(self, operation: Operation) -> Answer:
        """Statements take milliseconds and run here; introspection can take seconds and runs beside."""
        if "__schema" in operation.text:
            return await asyncio.to_thread(self.engine.answer, operation)
        return await self.engine.answer_async(operation)


def _json_status(answer: Answer) -> int:
    """A client's mistake is 200 as `application/json`; a server's trouble stays what it is."""
    return 200 if answer.status < 500 else answer.status  # noqa: PLR2004  # HTTP's own border


def _check(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    if scope["path"] != "/graphql":
        raise Refused(404, f"there is nothing at {scope['path']}: POST an operation to /graphql")
    if scope["method"] != "POST":
        raise Refused(405, f"{scope['method']} is not answered here: use POST", ((b"allow", b"POST"),))
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if kind != b"application/json":
        raise Refused(415, f"the content type is {kind.decode() or 'missing'}: send application/json")


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "the client left before its request was complete")
        part: bytes = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > MAX_REQUEST:
            parts.clear()  # read on for a while, and keep nothing: a client that is cut off mid-way sees no answer
        if not message.get("more_body") or size > MAX_DRAINED:
            break
    if size > MAX_REQUEST:
        raise Refused(413, f"the request has more than {MAX_REQUEST} bytes")
    return b"".join(parts)


def read_operation(body: bytes) -> Operation:
    """An operation from a JSON request body.

    Raises:
        Refused: the body is no JSON object, or its parts are of the wrong kind.
    """
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"the body is no JSON: {error}") from error
    if not isinstance(request, dict):
        raise Refused(400, "the body is no JSON object: send {query, variables, operationName}")
    query, variables, name = request.get("query"), request.get("variables"), request.get("operationName")
    if not isinstance(query, str):
        raise Refused(400, "query is missing or no text: send {query, variables, operationName}")
    if variables is not None and not isinstance(variables, dict):
        raise Refused(400, "variables is no JSON object")
    if name is not None and not isinstance(name, str):
        raise Refused(400, "operationName is no text")
    return Operation(query, variables, name)


async def _send(
    send: Send, status: int, media: bytes, body: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    length = str(len(body)).encode()
    fixed = ((b"content-type", media), (b"content-length", length))
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, *headers]})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
