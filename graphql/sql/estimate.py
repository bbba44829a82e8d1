"""How many nodes a condition lets through, about: a guess from the statistics that decides how a page is read.

A wrong guess costs time and never an answer. Where nothing is known, a fixed part of the class is guessed.
"""

from __future__ import annotations

from kaigraph.graphql.plan import (
    All,
    Any,
    Condition,
    IdLeaf,
    LabelLeaf,
    Member,
    Missing,
    Not,
    Said,
    Some,
    Test,
    ValueLeaf,
)
from kaigraph.graphql.sql.leaves import tested
from kaigraph.loaders.layout import Layout, Wide
from kaigraph.loaders.sqlite.statistics import Statistics

#: Parts of a class. Rounder and larger than what is usual (SQLite takes a quarter for a range, too).
_RANGE = 0.25
_HALF = 0.5
#: How many values a list has.
_LISTED = 5
_EDGES = "edge_back"


def estimated(statistics: Statistics, layout: Layout, given: Condition, whole: float) -> float:
    """How many of `whole` nodes meet a condition, about."""

    def of(condition: Condition) -> float:
        return min(whole, estimated(statistics, layout, condition, whole))

    match given:
        case All(items):
            return min([whole, *map(of, items)])
        case Any(items):
            return min(whole, sum(map(of, items)))
        case Not():
            return whole
        case Some(_, condition):
            return whole * _HALF if condition == All(()) else of(condition) * statistics.alike(_EDGES, 2)
        case Member():
            return whole * _HALF
        case Missing() | Said():
            return whole * _RANGE
        case Test():
            return _tested(statistics, layout, given, whole)


def _tested(statistics: Statistics, layout: Layout, test: Test, whole: float) -> float:
    if test.op not in ("eq", "in"):
        return whole * _RANGE
    many = 1 if test.op == "eq" else _LISTED
    match test.leaf:
        case IdLeaf() | LabelLeaf():
            return many
        case ValueLeaf(field):
            wide = layout.wide.get(field.property.iri)
            alike = 0 if wide is None else _alike(statistics, wide, tested(test.leaf, test.op))
            return many * alike or whole * _RANGE


def _alike(statistics: Statistics, wide: Wide, part: str) -> int:
    """How many nodes share a value. An index on a text has another name than one on a key, and both are called so."""
    column = wide.name if part == "text" else wide.part(part)
    return statistics.alike(f"node text {column}") or statistics.alike(f"node {column}")
