"""Reading what a server sends without a timer for each piece of it.

A server tells the driver how long it may be silent (two minutes, as it comes), and the async driver then reads each
piece, two a message, in a task with a timer of its own: a quarter of the processor time that a small statement takes.
Where the whole statement has its time already, that is for nothing.
"""

from __future__ import annotations

from typing import Any

from neo4j import AsyncDriver


def without_timers(driver: AsyncDriver) -> None:
    """Have a driver's connections read without timers: one whose every statement is given up after a time of ours."""
    pool = driver._pool  # the driver has no setting for it; without one, it would only be slower
    connect = getattr(pool, "opener", None)
    if connect is None:
        return

    async def connected(*args: object, **options: object) -> Any:  # noqa: ANN401  # a connection: the driver's own
        connection = await connect(*args, **options)
        connection.socket.set_read_timeout(None)
        return connection

    pool.opener = connected
