"""Writing SQL that can be read: quoting, indenting, comments with the names that the Model gives."""

from __future__ import annotations

import re
from collections.abc import Iterable

_STEP = "  "
_WIDTH = 80
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


def indented(text: str) -> str:
    """Every line one step to the right."""
    return "\n".join(_STEP + line if line else line for line in text.split("\n"))


def block(opening: str, body: str, closing: str) -> str:
    """A body between brackets: on their line if it is one short line, else indented on lines of its own."""
    if "\n" not in body and len(opening) + len(body) + len(closing) <= 100:  # noqa: PLR2004 the width of a line
        return f"{opening}{body}{closing}"
    return f"{opening}\n{indented(body)}\n{closing}"


def listed(items: Iterable[str]) -> str:
    """Items with commas between: on one line if they are short, else one a line."""
    found = list(items)
    line = ", ".join(found)
    return line if is_short(line) else ",\n".join(found)


def is_short(line: str) -> bool:
    """Whether it fits on one line."""
    return "\n" not in line and len(line) <= _WIDTH


def call(function: str, *arguments: str) -> str:
    """A function call."""
    return block(f"{function}(", listed(arguments), ")")


def subquery(select: str) -> str:
    """A scalar sub-select."""
    return block("(", select, ")")


def lines(*parts: str) -> str:
    """Parts, each on a line of its own."""
    return "\n".join(p for p in parts if p)
