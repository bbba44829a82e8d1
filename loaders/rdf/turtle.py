"""How the triples of a graph lie on the page: a block a subject, nested where nothing else leads there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Quad

from kaigraph.loaders.graph import Node, Term
from kaigraph.loaders.quads import object_of
from kaigraph.loaders.rdf.names import Names
from kaigraph.loaders.rdf.nesting import NIL, Nesting, nesting_of, shared_blanks
from kaigraph.loaders.terms import node_term
from kaigraph.ontology.terms import RDF_TYPE

_STEP = "    "


class Blocks:
    """The layout of one document."""

    def __init__(self, quads: Iterable[Quad], names: Names) -> None:
        """Take all quads: a blank node that several graphs speak of keeps its label."""
        self._names = names
        self._shared = shared_blanks(quads)

    def graph(self, graph: str) -> str:
        """The name of a graph."""
        return self._names.text(node_term(graph))

    def of(self, quads: Sequence[Quad], indent: str) -> Iterator[str]:
        """The blocks of one graph."""
        graph = _Graph(self._names, nesting_of(quads, self._shared))
        for subject in graph.nesting.said:
            if subject not in graph.nesting.inside:
                yield f"\n{indent}{self._names.text(subject)} {graph.body(subject, indent + _STEP)} .\n"


@dataclass(frozen=True, slots=True)
class _Graph:
    """One graph, and what in it is nested."""

    names: Names
    nesting: Nesting

    def body(self, subject: Node, indent: str) -> str:
        """Predicates and objects, the class first."""
        objects: dict[str, list[Term]] = defaultdict(list)
        for quad in self.nesting.said[subject]:
            objects[quad.predicate.value].append(object_of(quad))
        lines = []
        for predicate in sorted(objects, key=lambda p: (p != RDF_TYPE, p)):
            name = "a" if predicate == RDF_TYPE else self.names.iri(predicate)
            lines.append(f"{name} {' , '.join(self._object(o, indent) for o in objects[predicate])}")
        return f" ;\n{indent}".join(lines)

    def _object(self, term: Term, indent: str) -> str:
        if term == NIL:
            return "()"
        if not isinstance(term, BlankNode) or term not in self.nesting.inside:
            return self.names.text(term)
        members = self.nesting.members(term)
        if members is not None:
            return "( " + "".join(self._object(m, indent) + " " for m in members) + ")"
        if term not in self.nesting.said:
            return "[]"
        return f"[\n{indent}{_STEP}{self.body(term, indent + _STEP)}\n{indent}]"
