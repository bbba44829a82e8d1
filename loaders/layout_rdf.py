"""How the triples of a graph lie on the page: a block a subject, nested where nothing else leads there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, NamedNode, Quad

from kaigraph.loaders.graph import Node, Term
from kaigraph.loaders.names_rdf import Names
from kaigraph.loaders.quads import RDF_TYPE, blanks_of, graph_id, object_of, subject_of
from kaigraph.loaders.terms import node_term

_STEP = "    "
_DEEPEST = 12
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = _RDF + "first", _RDF + "rest", NamedNode(_RDF + "nil")

_Said = Mapping[Node, Sequence[Quad]]


class Blocks:
    """The layout of one document."""

    def __init__(self, quads: Iterable[Quad], names: Names) -> None:
        """Take all quads: a blank node that several graphs speak of keeps its label."""
        self._names = names
        graphs: dict[BlankNode, set[str]] = defaultdict(set)
        for quad in quads:
            for node in blanks_of(quad):
                graphs[node].add(graph_id(quad.graph_name))
                if node == quad.graph_name:
                    graphs[node].add("itself")
        self._shared = {node for node, found in graphs.items() if len(found) > 1}

    def graph(self, graph: str) -> str:
        """The name of a graph."""
        return self._names.text(node_term(graph))

    def of(self, quads: Sequence[Quad], indent: str) -> Iterator[str]:
        """The blocks of one graph."""
        said: dict[Node, list[Quad]] = defaultdict(list)
        for quad in quads:
            said[subject_of(quad)].append(quad)
        nested = _nested(quads, said, self._shared)
        for subject, about in said.items():
            if subject not in nested:
                yield f"\n{indent}{self._names.text(subject)} {self._body(about, said, nested, indent + _STEP)} .\n"

    def _body(self, about: Sequence[Quad], said: _Said, nested: set[Node], indent: str) -> str:
        """Predicates and objects, the class first."""
        objects: dict[str, list[Term]] = defaultdict(list)
        for quad in about:
            objects[quad.predicate.value].append(object_of(quad))
        lines = []
        for predicate in sorted(objects, key=lambda p: (p != RDF_TYPE, p)):
            name = "a" if predicate == RDF_TYPE else self._names.iri(predicate)
            texts = (self._object(o, said, nested, indent) for o in objects[predicate])
            lines.append(f"{name} {' , '.join(texts)}")
        return f" ;\n{indent}".join(lines)

    def _object(self, term: Term, said: _Said, nested: set[Node], indent: str) -> str:
        if not isinstance(term, BlankNode) or term not in nested:
            return self._names.text(term)
        members = _members(term, said, nested)
        if members is not None:
            return "( " + "".join(self._object(m, said, nested, indent) + " " for m in members) + ")"
        if term not in said:
            return "[]"
        return f"[\n{indent}{_STEP}{self._body(said[term], said, nested, indent + _STEP)}\n{indent}]"


def _nested(quads: Iterable[Quad], said: _Said, shared: set[BlankNode]) -> set[Node]:
    """The blank nodes that one triple leads to and that can be reached from a block's start, not too deep."""
    met = Counter(q.object for q in quads if isinstance(q.object, BlankNode))
    candidates: set[Node] = {node for node, times in met.items() if times == 1 and node not in shared}
    nested: set[Node] = set()
    waiting = [(subject, 0) for subject in said if subject not in candidates]
    while waiting:
        subject, depth = waiting.pop()
        for quad in said.get(subject, ()):
            node = quad.object
            if isinstance(node, BlankNode) and node in candidates:
                below = depth if quad.predicate.value == _REST else depth + 1
                if below <= _DEEPEST:
                    nested.add(node)
                waiting.append((node, below if below <= _DEEPEST else 0))
    return nested


def _members(node: BlankNode, said: _Said, nested: set[Node]) -> list[Term] | None:
    """The members of a well-formed list all of whose cells are nested; `None` if it is none."""
    members: list[Term] = []
    cell: Term = node
    while cell != _NIL:
        about = {q.predicate.value: object_of(q) for q in said.get(cell, ())} if isinstance(cell, BlankNode) else {}
        if cell not in nested or set(about) != {_FIRST, _REST} or len(said[cell]) != len(about):  # type: ignore[index]  # a nested term is a node
            return None
        members.append(about[_FIRST])
        cell = about[_REST]
    return members
