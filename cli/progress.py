"""How far long work has come: a bar on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

_BAR = 30  # characters
_OFTEN, _SELDOM = 0.1, 5.0  # s between two looks at a bar, and between two lines


class Progress:
    """Tells on a stream how much of a known amount is done; short work is not spoken of."""

    def __init__(self, out: TextIO, what: str) -> None:
        """Take where to tell it, and what is counted."""
        self._out = out
        self._what = what
        self._is_terminal = out.isatty()
        self._last = time.monotonic()
        self._drawn = False

    def __call__(self, done: int, size: int) -> None:
        """Say it, if it was not said just now."""
        now = time.monotonic()
        if now - self._last < (_OFTEN if self._is_terminal else _SELDOM):
            return
        self._last = now
        text = f"{done:,} of {size:,} {self._what}"
        if self._is_terminal:
            filled = _BAR * done // max(size, 1)
            self._out.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {text}\x1b[K")
        else:
            self._out.write(f"{text}\n")
        self._drawn = self._is_terminal
        self._out.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn:
            self._out.write("\r\x1b[K")
            self._out.flush()
