"""The operations by hand-written Cypher through Neo4j's async driver, in a bare ASGI app: what a server can cost least.

    NEO4J_URI=bolt://… NEO4J_PASSWORD=… PORT=8000 python bench/bare_app.py

`POST {"query": "the name of an operation", "variables": {…}}`. Uvicorn as `kaigraph serve` has it; nothing is checked.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import orjson
import uvicorn
from by_hand import BY_HAND
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity

Message = MutableMapping[str, Any]
_JSON = (b"content-type", b"application/json; charset=utf-8")


class App:
    """The ASGI application."""

    def __init__(self, uri: str, password: str) -> None:
        """Take the server; the driver is made in the loop."""
        self._uri, self._password = uri, password
        self._driver: AsyncDriver | None = None

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        answer = await self._answer(orjson.loads(body))
        headers = [_JSON, (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, request: dict[str, Any]) -> bytes:
        by_hand = BY_HAND[request["query"]]
        if self._driver is None:
            self._driver = AsyncGraphDatabase.driver(
                self._uri,
                auth=("neo4j", self._password),
                max_connection_pool_size=32,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                telemetry_disabled=True,
            )
        given = dict(by_hand.given(request["variables"]))
        async with self._driver.session(default_access_mode=READ_ACCESS) as session:
            record = await (await session.run(cast("Any", by_hand.text), given)).single()
        return orjson.dumps({"data": by_hand.shape(record[0]) if record else None})


def main() -> None:
    """Serve until stopped."""
    app = App(os.environ["NEO4J_URI"], os.environ["NEO4J_PASSWORD"])
    gc.collect()
    gc.freeze()
    uvicorn.run(app, port=int(os.environ["PORT"]), lifespan="off", log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
