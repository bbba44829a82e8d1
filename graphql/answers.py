"""Finished answers, kept as long as the data they were read from are those of the store.

An answer depends on the operation and the data version alone (and on the Model, which an engine never changes). Whether
the version still holds, the store is asked each time: nothing here grows old by a clock.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

Key = tuple[str, str | None, str | None, bytes]

#: What an entry takes beside its texts: two objects, a tuple, and its place in the table.
_OVERHEAD = 500

#: An answer that would take more than this part of the room is not kept: it would put out too many others.
_SHARE = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: its HTTP status where the media type is application/graphql-response+json, and its JSON.

    `version` is that of the data it was read from; None, where an error came first. `retry_after` is how many seconds
    to wait, where asking again can help.
    """

    status: int
    body: bytes
    version: str | None = None
    retry_after: int | None = None


class Answers:
    """The latest answer of each operation; the least recently used goes first. Safe in threads."""

    def __init__(self, size: int) -> None:
        """Hold at most `size` bytes."""
        self._size = size
        self._used = 0
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key) -> Answer | None:
        """The answer that was kept, whatever data it was read from."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Key, answer: Answer) -> None:
        """Keep an answer in place of the one before."""
        size = _size(key, answer)
        with self._lock:
            self._drop(key)
            if size * _SHARE > self._size:
                return
            self._kept[key] = answer
            self._used += size
            while self._used > self._size:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        answer = self._kept.pop(key, None)
        if answer is not None:
            self._used -= _size(key, answer)

    @property
    def used(self) -> int:
        """How many bytes they take."""
        return self._used

    def __len__(self) -> int:
        """How many there are."""
        return len(self._kept)


def _size(key: Key, answer: Answer) -> int:
    """Bytes. A text takes up to four a character."""
    return _OVERHEAD + 4 * len(key[0]) + len(key[3]) + len(answer.body)
