"""Ids as keys: short enough for an index, and in one order whether engines compare code points or UTF-16 units."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256

_UNSAFE = re.compile("[\x00-\x02\uf8ff\U00010000-\U0010ffff]")
_LIMIT = 500
_DIGEST = 32
_END = "\x01"


@lru_cache(maxsize=65536)
def id_key(node: str) -> str:
    """The `_id` of an id: itself, if it is short and plain. Beyond the limit, a beginning and a digest."""
    key = node if node.isascii() and node.isprintable() else _UNSAFE.sub(_escape, node)
    if len(key) <= _LIMIT:
        return key
    return key[: _LIMIT - _DIGEST - 1] + _END + sha256(node.encode()).hexdigest()[:_DIGEST]


def _escape(unsafe: re.Match[str]) -> str:
    """As sort keys do it: a character above U+FFFF or below U+0003 written with others, in order."""
    code = ord(unsafe[0])
    if code < 3:  # noqa: PLR2004 the control characters that keys use themselves
        return "\x02" + chr(0x30 + code)
    return "\uf8ff" + chr(0x4000 + (code >> 10)) + chr(0x4000 + (code & 0x3FF))
