"""Half-open intervals of publication time, as sorted, disjoint, non-touching pairs of comparable days."""

from __future__ import annotations

from collections.abc import Iterable

from kaigraph.ontology.datatypes.calendar import EVER, FOREVER

Spans = tuple[tuple[str, str], ...]

ALWAYS: Spans = ((EVER, FOREVER),)
NEVER: Spans = ()


def union(spans: Iterable[tuple[str, str]]) -> Spans:
    """The moments in any of the intervals."""
    merged: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def intersection(left: Spans, right: Spans) -> Spans:
    """The moments in both."""
    if left == ALWAYS:
        return right
    if right == ALWAYS:
        return left
    return union((max(a, c), min(b, d)) for a, b in left for c, d in right)


def contains(spans: Spans, day: str | None) -> bool:
    """Whether the day is in one of the intervals; with no day, whether the end of time is."""
    if day is None:
        return bool(spans) and spans[-1][1] == FOREVER
    return any(start <= day < end for start, end in spans)
