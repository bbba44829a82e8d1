"""One node read out of a store: a few look-ups at one data version, and never the whole dataset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Quad, Triple

from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact
from kaigraph.loaders.terms import graph_term, node_id
from kaigraph.ontology.model import Model

T = TypeVar("T")

#: All facts whose subject is one of the ids, superseded ones too.
FactsOf = Callable[[Collection[str]], list[Fact]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A store at one data version. It is of no use once the function that got it has returned."""

    version: str
    prefixes: Mapping[str, str]
    facts_of: FactsOf


class Readable(Protocol):
    """A store that can be read bit by bit without a load coming in between."""

    @property
    def model(self) -> Model:
        """The Model whose data it holds."""
        ...

    def read_at_once(self, read: Callable[[Snapshot], T]) -> T:
        """What a function reads, all of it at one data version. It may be called more than once."""
        ...


def triples_about(at: Snapshot, node: str) -> list[Triple]:
    """The walkable triples of a node, and those of the blank nodes that they lead to."""
    facts = _bounded(at, node, lambda fact: fact.current)
    return [Triple(f.subject, f.predicate, f.object) for f in facts]


def quads_about(at: Snapshot, node: str) -> list[Quad]:
    """Every quad about a node and the blank nodes that they lead to, and the description of each graph of them."""
    about = list(_quads(_bounded(at, node, lambda fact: bool(fact.graphs))))
    graphs = sorted({node_id(q.graph_name) for q in about if not isinstance(q.graph_name, DefaultGraph)})
    described = _quads(at.facts_of(graphs)) if graphs else ()
    return [*about, *(q for q in described if isinstance(q.graph_name, DefaultGraph))]


def _bounded(at: Snapshot, node: str, counts: Callable[[Fact], bool]) -> Iterator[Fact]:
    waiting, seen = {node}, {node}
    while waiting:
        found = [fact for fact in at.facts_of(sorted(waiting)) if counts(fact)]
        yield from found
        waiting = {node_id(f.object) for f in found if isinstance(f.object, BlankNode)} - seen
        seen |= waiting


def _quads(facts: Collection[Fact] | Iterator[Fact]) -> Iterator[Quad]:
    for fact in facts:
        for name in fact.graphs:
            graph = DefaultGraph() if name == DEFAULT_GRAPH else graph_term(name)
            yield Quad(fact.subject, fact.predicate, fact.object, graph)
