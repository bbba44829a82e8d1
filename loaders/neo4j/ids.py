"""Ids as keys: short enough for an index, and in one order whether engines compare code points or UTF-16 units."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

_UNSAFE = re.compile("[\x00-\x02\uf8ff-\U0010ffff]")
_LIMIT = 2_000  # of at most three bytes each: an index takes 8,164
_DIGEST = 32
_END = "\x01"


@lru_cache(maxsize=65536)
def id_key(node: str) -> str:
    """The `_id` of an id: itself, if it is short and plain. Beyond the limit, a beginning and a digest.

    Keys stand in the order of their ids, up to the limit.
    """
    key = node if node.isascii() and node.isprintable() else _UNSAFE.sub(_escape, node)
    if len(key) <= _LIMIT:
        return key
    return key[: _LIMIT - _DIGEST - 1] + _END + sha256(node.encode()).hexdigest()[:_DIGEST]


def _escape(unsafe: re.Match[str]) -> str:
    """A character from U+F8FF on, or below U+0003, written with others, in order.

    Those above U+FFFF are two UTF-16 units, which stand below U+E000: all that could stand above them is escaped too.
    """
    code = ord(unsafe[0])
    if code < 3:  # noqa: PLR2004 the control characters that keys use themselves
        return "\x02" + chr(0x30 + code)
    return "\uf8ff" + chr(0x4000 + (code >> 10)) + chr(0x4000 + (code & 0x3FF))
