"""The least and the greatest whole number that a shape lets through."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from kaigraph.ontology.terms import XSD, sh
from kaigraph.ontology.triples import Node, Triples

BOUNDS = {"minInclusive": 0, "minExclusive": 1, "maxInclusive": 0, "maxExclusive": -1}
INTEGERS = frozenset(XSD + name for name in (
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
))  # fmt: skip


def bounds(graph: Triples, shape: Node, *, integral: bool) -> tuple[int | None, int | None]:
    """The bounds of a property shape; `integral` where its numbers are whole."""
    found: dict[str, list[int]] = {"min": [], "max": []}
    for name, beyond in BOUNDS.items():
        for literal in graph.literals(shape, sh(name)):
            number = _decimal(literal)
            if number is not None:
                found[name[:3]].append(_whole(number, name.startswith("min"), beyond, integral))
    return max(found["min"], default=None), min(found["max"], default=None)


def _decimal(literal: Literal) -> Decimal | None:
    if not literal.datatype.value.startswith(XSD):
        return None
    try:
        number = Decimal(literal.value.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _whole(number: Decimal, is_least: bool, beyond: int, integral: bool) -> int:
    """The whole number that bounds as tightly as is safe: exactly for integers, at or outside the bound otherwise."""
    if not integral:
        return math.floor(number) if is_least else math.ceil(number)
    if number == number.to_integral_value():
        return int(number) + beyond
    return math.ceil(number) if is_least else math.floor(number)
