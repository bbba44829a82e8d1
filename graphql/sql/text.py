"""Writing SQL that can be read: quoting, and comments with the names that the Model gives."""

from __future__ import annotations

import re

from kaigraph.graphql.framing import block

_SAFE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def string(value: str) -> str:
    """An SQL string. Only names and keys that were checked, and IRIs of the Model, are ever written so."""
    if "\0" in value:
        raise ValueError("a name holds no NUL")
    return "'" + value.replace("'", "''") + "'"


def response_key(key: str) -> str:
    """The key of a JSON object as an SQL string.

    Raises:
        ValueError: it is no GraphQL name, so it came from elsewhere.
    """
    if not _SAFE.fullmatch(key):
        raise ValueError(f"{key!r} is no GraphQL name")
    return string(key)


def comment(name: str) -> str:
    """A name as a comment behind a number; what could end the comment is left out."""
    return f" /* {name} */" if _SAFE.fullmatch(name) else ""


def subquery(select: str) -> str:
    """A scalar sub-select."""
    return block("(", select, ")")
