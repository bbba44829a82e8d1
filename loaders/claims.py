"""What the default graph says of claims: from when on each is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.calendar import EVER
from kaigraph.loaders.edtf import DATE_TYPES, date_bounds
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.quads import CORE, RDF_TYPE
from kaigraph.loaders.ranks import Ranks, ranks_in
from kaigraph.ontology.model import Model

_EDITORIAL = CORE + "EditorialSource"


@dataclass(frozen=True, slots=True)
class Claims:
    """From which day each graph is known, and how its statements are ranked."""

    days: Mapping[str, str]
    ranks: Ranks

    def day(self, graph: str) -> str:
        """The earliest possible day on which the graph's source was published; `EVER` where none is known."""
        return self.days.get(graph, EVER)


def claims_of(dataset: Dataset, model: Model) -> Claims:
    """The claims of a dataset."""
    described = [q for q in dataset.quads if isinstance(q.graph_name, DefaultGraph)]
    published = _published(described)
    editorial = _editorial(described, model)
    days: dict[str, set[str]] = defaultdict(set)
    for quad in described:
        if quad.predicate.value == CORE + "source" and isinstance(quad.subject, NamedNode):
            source = quad.object.value if isinstance(quad.object, NamedNode) else ""
            days[quad.subject.value].add(EVER if source in editorial else published.get(source, EVER))
    return Claims({claim: min(found) for claim, found in days.items()}, ranks_in(dataset.quads))


def _published(described: Iterable[Quad]) -> dict[str, str]:
    """The earliest possible day of each source that has one; ill-typed dates are the gate's to report."""
    found: dict[str, str] = {}
    for quad in described:
        if quad.predicate.value != CORE + "published" or not isinstance(quad.subject, NamedNode):
            continue
        day = _day(quad.object) if isinstance(quad.object, Literal) else None
        if day is not None:
            found[quad.subject.value] = min(day, found.get(quad.subject.value, day))
    return found


def _day(literal: Literal) -> str | None:
    if literal.datatype.value not in DATE_TYPES:
        return None
    try:
        lower, _ = date_bounds(literal.value, literal.datatype.value)
    except ValueError:
        return None
    return None if lower is None else lower.partition("T")[0]


def _editorial(described: Iterable[Quad], model: Model) -> frozenset[str]:
    types = (q for q in described if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode))
    return frozenset(
        q.subject.value
        for q in types
        if isinstance(q.object, NamedNode)
        and isinstance(q.subject, NamedNode)
        and (q.object.value == _EDITORIAL or _EDITORIAL in model.class_parents.get(q.object.value, ()))
    )
