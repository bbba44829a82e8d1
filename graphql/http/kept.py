"""What is made of a body once and kept: its compressed form and its tag, bounded by bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

#: Bytes of all that is kept, the bodies it was made from among them.
_ROOM = 32_000_000


class Kept:
    """Bytes by what they were made from; the least recently used goes first. For one event loop's thread alone."""

    def __init__(self, room: int = _ROOM) -> None:
        """Hold at most `room` bytes."""
        self._room = room
        self._used = 0
        self._entries: OrderedDict[tuple[bytes, Hashable], bytes] = OrderedDict()

    def get(self, body: bytes, how: Hashable) -> bytes | None:
        """What was made of a body, if it is still here."""
        found = self._entries.get((body, how))
        if found is not None:
            self._entries.move_to_end((body, how))
        return found

    def put(self, body: bytes, how: Hashable, made: bytes) -> None:
        """Keep what was made of a body, unless it would push out more than a quarter of all that is here."""
        cost = len(body) + len(made)
        if cost * 4 > self._room or (body, how) in self._entries:
            return
        self._entries[body, how] = made
        self._used += cost
        while self._used > self._room:
            (old, _), gone = self._entries.popitem(last=False)
            self._used -= len(old) + len(gone)

    @property
    def used(self) -> int:
        """How many bytes are kept."""
        return self._used
