"""How the text of a statement lies on the page, in either language, so that a person can read it."""

from __future__ import annotations

from collections.abc import Iterable

_STEP = "  "
_WIDTH = 80


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


def lines(*parts: str) -> str:
    """Parts, each on a line of its own."""
    return "\n".join(p for p in parts if p)
