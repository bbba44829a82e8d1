"""Cursors: which ordering, and where in it. The same text is made here and by the statements of a store.

`tag.key.key.id.check`: the tag is plain, a key is `k` and the hexadecimal digits of its UTF-8 bytes, or `n` where it is
null, the id is hexadecimal too, and a checksum of all that ends it. Letters and digits are lower case, so that every
engine writes the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kaigraph.loaders.seal import sealed, unsealed
from kaigraph.ontology.errors import BadOperation

_KEY = re.compile(r"k(?:[0-9a-f]{2})*|n")
_ID = re.compile(r"(?:[0-9a-f]{2})+")


class BadCursor(BadOperation):
    """A cursor of another list or ordering, or a damaged one."""

    code = "BAD_CURSOR"


def encode_cursor(tag: str, keys: Sequence[str | None], node_id: str) -> str:
    """The cursor of a node in an ordering."""
    return sealed(".".join([tag, *("n" if key is None else "k" + _hex(key) for key in keys), _hex(node_id)]))


def decode_cursor(text: str, tag: str, count: int) -> tuple[str | None, ...]:
    """The `count` keys that a cursor holds, and the id.

    Raises:
        BadCursor: it is damaged, or not of the ordering that `tag` names.
    """
    inside = unsealed(text)
    if inside is None:
        raise _damaged(text)
    found, *parts = inside.split(".")
    if found != tag:
        raise BadCursor(
            f"the cursor {_shown(text)} is not of this list in this order",
            hint="use a cursor of the same field with the same orderBy, or none to start again",
        )
    if len(parts) != count + 1 or not _ID.fullmatch(parts[-1]) or not all(_KEY.fullmatch(p) for p in parts[:-1]):
        raise _damaged(text)
    try:
        return (*(None if p == "n" else _text(p[1:]) for p in parts[:-1]), _text(parts[-1]))
    except UnicodeDecodeError as error:
        raise _damaged(text) from error


def _damaged(text: str) -> BadCursor:
    return BadCursor(f"the cursor {_shown(text)} is damaged", hint="use cursors as the API gives them")


def _hex(text: str) -> str:
    return text.encode().hex()


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode()


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:60] + "…")  # noqa: PLR2004 enough to recognise it
