"""uvicorn, set up for our application."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import uvicorn

from kaigraph.graphql.http.asgi import Receive, Scope, Send
from kaigraph.graphql.http.logs import FromUvicorn, Log
from kaigraph.graphql.http.protocol import Protocol

Served = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Seconds that an idle connection is kept: longer than load balancers keep theirs, or they meet closed ones.
_IDLE = 65

#: Seconds that requests may take to end once the server is told to stop.
_STOPPING = 10


def server_of(application: Served, log: Log | None) -> uvicorn.Server:
    """A server for an application, on uvloop where there is one.

    Args:
        application: what answers.
        log: where uvicorn's own warnings go; None leaves them to Python's logging.
    """
    config = uvicorn.Config(
        application, http=Protocol, ws="none", interface="asgi3", lifespan="on",
        log_config=None, access_log=False, server_header=False, proxy_headers=False,
        timeout_keep_alive=_IDLE, timeout_graceful_shutdown=_STOPPING,
    )  # fmt: skip
    if log:
        logger = logging.getLogger("uvicorn.error")
        logger.handlers, logger.propagate = [FromUvicorn(log)], False
        logger.setLevel(logging.WARNING)
    return uvicorn.Server(config)
