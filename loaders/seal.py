"""A text that can be told from a damaged one: with a checksum behind it (CRC-32, as in zip and PNG)."""

from __future__ import annotations

from zlib import crc32


def sealed(text: str) -> str:
    """The text, a point, and eight hexadecimal digits."""
    return f"{text}.{crc32(text.encode()):08x}"


def unsealed(text: str) -> str | None:
    """The text inside, or None where the checksum is missing or wrong."""
    inside, _, _ = text.rpartition(".")
    return inside if inside and sealed(inside) == text else None
