"""ASGI's events around a server's life."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from kaigraph.graphql.http.asgi import Receive, Send


async def lifespan(receive: Receive, send: Send, at_end: Callable[[], Awaitable[None]]) -> None:
    """Say yes to the start; at the end, put things away first."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await at_end()
            await send({"type": "lifespan.shutdown.complete"})
            return
