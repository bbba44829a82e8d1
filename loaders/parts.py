"""What is part of what, at any depth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def closure(pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """The transitive closure of (part, whole) pairs, without a thing as part of itself. Cycles are fine."""
    wholes: dict[int, set[int]] = {}
    for part, whole in pairs:
        wholes.setdefault(part, set()).add(whole)
    return frozenset((part, whole) for part in wholes for whole in _reached(part, wholes) if whole != part)


def _reached(start: int, wholes: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for whole in wholes.get(waiting.pop(), ()):
            if whole not in found:
                found.add(whole)
                waiting.append(whole)
    return found
