"""Coroutines that are begun at once: a time limit, or a task, only where there is something to wait for.

A timer for each request took a tenth of all that a small one takes, and nearly every request is there whole when it is
looked at first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


async def in_time(work: Coroutine[Any, Any, T], seconds: float) -> T:
    """What a coroutine gives. It is begun at once, and timed only from where it first waits.

    Raises:
        TimeoutError: it took longer.
    """
    try:
        waits_for = work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    async with asyncio.timeout(seconds):
        return await Rest(work, waits_for)


class Rest(Generic[T]):
    """The rest of a coroutine that waits for something already."""

    def __init__(self, work: Coroutine[Any, Any, T], waits_for: object) -> None:
        """Take a coroutine that was begun, and what it gave to wait for."""
        self._work = work
        self._waits_for = waits_for

    def __await__(self) -> Generator[object, Any, T]:
        """Go on."""
        waits_for = self._waits_for
        try:
            while True:
                try:
                    got = yield waits_for
                except BaseException as error:
                    waits_for = self._work.throw(error)
                else:
                    waits_for = self._work.send(got)
        except StopIteration as done:
            result: T = done.value
            return result
