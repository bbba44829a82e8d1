"""Lines that leave through a thread: who reads the log slowly, or not at all, does not slow the server."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

#: Lines that wait to be written. Beyond it they are counted and dropped.
_WAITING = 20_000

#: Seconds between two looks: a thread that woke for each line would take the interpreter from the one that answers.
_PAUSE = 0.1


class Lines:
    """Takes lines from any thread, and writes them in order from one of its own."""

    def __init__(self, write: Callable[[bytes], object], waiting: int = _WAITING) -> None:
        """Take what writes bytes somewhere, and how many lines may wait for it."""
        self._write = write
        self._most = waiting
        self._waiting: deque[bytes] = deque()
        self._dropped = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def put(self, line: bytes) -> None:
        """Have a line written, without its line end."""
        if len(self._waiting) < self._most:
            self._waiting.append(line)
        else:
            self._dropped += 1

    def close(self, seconds: float = 2.0) -> None:
        """Have what waits written, as far as that takes no longer than it may."""
        self._ended.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not self._ended.wait(_PAUSE):
            self._out()
        self._out()

    def _out(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        dropped, self._dropped = self._dropped, 0
        if dropped:
            batch.append(b"%d lines of the log were dropped: nobody took them in time" % dropped)
        if batch:
            try:
                self._write(b"\n".join(batch) + b"\n")
            except (OSError, ValueError):  # a closed or full stream: there is nowhere to say so
                self._dropped += len(batch)
