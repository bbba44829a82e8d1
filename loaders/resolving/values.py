"""When two values are the same: equal terms, equal numbers, blank nodes of which one claim each says equal things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from pyoxigraph import BlankNode, Literal, Quad

from kaigraph.loaders.graph import Term
from kaigraph.loaders.literals.numbers import number_key
from kaigraph.loaders.quads import graph_id, object_of
from kaigraph.ontology.datatypes.xsd import FLOAT_TYPES, NUMBER_TYPES

_EXACT = NUMBER_TYPES - FLOAT_TYPES


class Values:
    """The values of a dataset, and what tells them apart."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Take all quads: what is said of a blank node may stand anywhere in its graph."""
        said: dict[tuple[BlankNode, str], list[Quad]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                said[quad.subject, graph_id(quad.graph_name)].append(quad)
        self._said: Mapping[tuple[BlankNode, str], list[Quad]] = said
        self._known: dict[tuple[BlankNode, str], str] = {}

    def key(self, term: Term, graph: str) -> str:
        """A text that equal values share, for a value as a graph asserts it."""
        if isinstance(term, BlankNode):
            if (term, graph) not in self._known:
                self._learn(term, graph)
            return self._known[term, graph]
        number = number_key(term.value) if isinstance(term, Literal) and term.datatype.value in _EXACT else None
        return str(term) if number is None else f"={number}"

    def within(self, node: BlankNode, graph: str) -> list[Quad]:
        """All that the graph says of a blank node and of those that it leads to."""
        found: dict[BlankNode, Sequence[Quad]] = {}
        waiting = [node]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found[here] = self._said.get((here, graph), ())
                waiting.extend(q.object for q in found[here] if isinstance(q.object, BlankNode))
        return [quad for quads in found.values() for quad in quads]

    def _learn(self, root: BlankNode, graph: str) -> None:
        """Work out a node's key after those of the nodes it leads to; one in a cycle is equal to itself alone."""
        opened: set[BlankNode] = set()
        waiting = [root]
        while waiting:
            node = waiting[-1]
            below = [t for t in self._below(node, graph) if (t, graph) not in self._known]
            if below and node not in opened:
                opened.add(node)
                waiting.extend(below)
                continue
            waiting.pop()
            self._known.setdefault((node, graph), str(node) if below else self._content(node, graph))

    def _below(self, node: BlankNode, graph: str) -> list[BlankNode]:
        return [q.object for q in self._said.get((node, graph), ()) if isinstance(q.object, BlankNode)]

    def _content(self, node: BlankNode, graph: str) -> str:
        said = sorted(f"{q.predicate} {self.key(object_of(q), graph)}" for q in self._said.get((node, graph), ()))
        return "_:" + sha256("\n".join(said).encode()).hexdigest() if said else str(node)
