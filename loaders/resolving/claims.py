"""What the default graph says of claims: from when on each is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.ranks import Ranks, ranks_in
from kaigraph.ontology.datatypes.calendar import EVER, FOREVER
from kaigraph.ontology.datatypes.edtf import DATE_TYPES, date_bounds
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import CORE, RDF_TYPE

_EDITORIAL = CORE + "EditorialSource"

#: The earliest and the latest day that a date can be.
Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Claims:
    """From which day each graph is known, and how its statements are ranked.

    `published` has for each source that is in force from a day on the earliest and the latest that it can be.
    """

    days: Mapping[str, str]
    ranks: Ranks
    published: Mapping[str, Days]

    def day(self, graph: str) -> str:
        """The earliest possible day on which the graph's source was published; `EVER` where none is known."""
        return self.days.get(graph, EVER)


def claims_of(dataset: Dataset, model: Model) -> Claims:
    """The claims of a dataset."""
    described = [q for q in dataset.quads if isinstance(q.graph_name, DefaultGraph)]
    editorial = _editorial(described, model)
    published = {source: days for source, days in _published(described).items() if source not in editorial}
    days: dict[str, set[str]] = defaultdict(set)
    for quad in described:
        if quad.predicate.value == CORE + "source" and isinstance(quad.subject, NamedNode):
            source = quad.object.value if isinstance(quad.object, NamedNode) else ""
            days[quad.subject.value].add(published[source][0] if source in published else EVER)
    return Claims({claim: min(found) for claim, found in days.items()}, ranks_in(dataset.quads), published)


def _published(described: Iterable[Quad]) -> dict[str, Days]:
    """The days of each source that has one; ill-typed dates are the gate's to report."""
    found: dict[str, Days] = {}
    for quad in described:
        if quad.predicate.value != CORE + "published" or not isinstance(quad.subject, NamedNode):
            continue
        days = _days(quad.object) if isinstance(quad.object, Literal) else None
        if days is not None:
            found[quad.subject.value] = min(days, found.get(quad.subject.value, days))
    return found


def _days(literal: Literal) -> Days | None:
    if literal.datatype.value not in DATE_TYPES:
        return None
    try:
        lower, upper = date_bounds(literal.value, literal.datatype.value)
    except ValueError:
        return None
    return None if lower is None else (_day(lower), FOREVER if upper is None else _day(upper))


def _day(bound: str) -> str:
    return bound.partition("T")[0]


def _editorial(described: Iterable[Quad], model: Model) -> frozenset[str]:
    types = (q for q in described if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode))
    return frozenset(
        q.subject.value
        for q in types
        if isinstance(q.object, NamedNode)
        and isinstance(q.subject, NamedNode)
        and (q.object.value == _EDITORIAL or _EDITORIAL in model.class_parents.get(q.object.value, ()))
    )
