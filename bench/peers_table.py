"""Tables in Markdown for what peers are compared by."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence


def geometric_mean(ratios: Iterable[float]) -> float:
    """The mean of ratios."""
    found = [math.log(r) for r in ratios]
    return math.exp(sum(found) / len(found))


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; a number is shown with three digits that count."""
    lines = [heads, ["---", *("---:" for _ in heads[1:])], *rows]
    text = "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)
    sys.stdout.write(f"\n{title}\n\n{text}\n")
    sys.stdout.flush()


def verdict(value: float, goal: float, least: bool = True) -> str:
    """A value beside its goal, and whether it meets it."""
    met = value >= goal if least else value <= goal
    return f"{_cell(value)} (goal {'≥' if least else '≤'} {goal:g}: {'met' if met else '**missed**'})"


def _cell(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    digits = max(0, 2 - math.floor(math.log10(abs(cell)))) if cell else 0
    return f"{cell:,.{min(digits, 3)}f}"
