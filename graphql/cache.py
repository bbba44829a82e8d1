"""A bounded cache: the least recently used entry goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """For values that are costly to make and never change, None aside.

    Safe in threads: a value may be made twice, never torn.
    """

    def __init__(self, size: int) -> None:
        """Hold at most `size` entries."""
        self._size = size
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def find(self, key: K) -> V | None:
        """The value of a key, if it is there."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key]

    def keep(self, key: K, value: V) -> V:
        """Hold a value, and return it."""
        with self._lock:
            self._entries[key] = value
            while len(self._entries) > self._size:
                self._entries.popitem(last=False)
        return value

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made now if it is not there. What `make` raises is passed on, and nothing is kept."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found

    def __len__(self) -> int:
        """How many entries it holds."""
        return len(self._entries)
