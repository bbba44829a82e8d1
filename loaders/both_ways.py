"""One way written for an event loop, and for who has none: a coroutine that never waits is an ordinary call."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives that has nothing to wait for: its senders and sleepers block instead.

    Raises:
        RuntimeError: it waited.
    """
    try:
        work.send(None)
    except StopIteration as end:
        found: T = end.value
        return found
    work.close()
    raise RuntimeError("a coroutine that must not wait did")
