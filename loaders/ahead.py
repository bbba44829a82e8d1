"""Making the next item while the one before it is used: for who waits for a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same items; one more than is asked for is made, in a thread."""
    source, nothing = iter(items), object()
    with ThreadPoolExecutor(max_workers=1) as worker:
        waiting = worker.submit(lambda: next(source, nothing))
        while (item := waiting.result()) is not nothing:
            waiting = worker.submit(lambda: next(source, nothing))
            yield item  # type: ignore[misc]  # what is not nothing is an item
