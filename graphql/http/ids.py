"""Request ids: the client's own where it is one, else a new one."""

from __future__ import annotations

import re
import secrets
from itertools import count

_SANE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._~:/+=@-]{0,127}")


class Ids:
    """Makes ids: one random part for the process, and a number. They need be unique, not secret."""

    def __init__(self) -> None:
        """Begin with a random part."""
        self._start = secrets.token_hex(6) + "-"
        self._numbers = count(1)

    def of(self, given: bytes) -> bytes:
        """The id of a request that came with `given` as its X-Request-ID, if it came with any."""
        return given if given and _SANE.fullmatch(given) else f"{self._start}{next(self._numbers):x}".encode()
