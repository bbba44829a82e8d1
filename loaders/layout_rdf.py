"""How the triples of a graph lie on the page: a block a subject, nested where nothing else leads there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kaigraph.loaders.graph import Node, Term
from kaigraph.loaders.names_rdf import Names
from kaigraph.loaders.quads import RDF_TYPE, blanks_of, graph_id, object_of, subject_of
from kaigraph.loaders.terms import node_term

_STEP = "    "
_DEEPEST = 12
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = _RDF + "first", _RDF + "rest", NamedNode(_RDF + "nil")

_Said = Mapping[Node, Sequence[Quad]]
#: Cell of a list → its member, and the next cell.
_Lists = Mapping[Node, tuple[Term, Term]]


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
        lists = _lists(said)
        graph = _Graph(self._names, said, lists, _nested(quads, said, self._shared, lists))
        for subject in said:
            if subject not in graph.nested:
                yield f"\n{indent}{self._names.text(subject)} {graph.body(subject, indent + _STEP)} .\n"


@dataclass(frozen=True, slots=True)
class _Graph:
    """One graph, and what in it is nested."""

    names: Names
    said: _Said
    lists: _Lists
    nested: set[Node]

    def body(self, subject: Node, indent: str) -> str:
        """Predicates and objects, the class first."""
        objects: dict[str, list[Term]] = defaultdict(list)
        for quad in self.said[subject]:
            objects[quad.predicate.value].append(object_of(quad))
        lines = []
        for predicate in sorted(objects, key=lambda p: (p != RDF_TYPE, p)):
            name = "a" if predicate == RDF_TYPE else self.names.iri(predicate)
            lines.append(f"{name} {' , '.join(self._object(o, indent) for o in objects[predicate])}")
        return f" ;\n{indent}".join(lines)

    def _object(self, term: Term, indent: str) -> str:
        if term == _NIL:
            return "()"
        if not isinstance(term, BlankNode) or term not in self.nested:
            return self.names.text(term)
        members = _members(term, self.lists, self.nested)
        if members is not None:
            return "( " + "".join(self._object(m, indent) + " " for m in members) + ")"
        if term not in self.said:
            return "[]"
        return f"[\n{indent}{_STEP}{self.body(term, indent + _STEP)}\n{indent}]"


def _nested(quads: Iterable[Quad], said: _Said, shared: set[BlankNode], lists: _Lists) -> set[Node]:
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
                below = depth if subject in lists and node in lists else depth + 1
                if below <= _DEEPEST:
                    nested.add(node)
                waiting.append((node, below if below <= _DEEPEST else 0))
    return nested


def _lists(said: _Said) -> _Lists:
    """The cells of well-formed lists: each with one member, and one cell, or the end, after it."""
    before: dict[Term, list[Node]] = defaultdict(list)
    for node, about in said.items():
        if isinstance(node, BlankNode) and sorted(q.predicate.value for q in about) == [_FIRST, _REST]:
            before[_object_of(about, _REST)].append(node)
    found: dict[Node, tuple[Term, Term]] = {}
    waiting: list[Term] = [_NIL]
    while waiting:
        after = waiting.pop()
        for cell in before.pop(after, ()):
            found[cell] = (_object_of(said[cell], _FIRST), after)
            waiting.append(cell)
    return found


def _object_of(about: Sequence[Quad], predicate: str) -> Term:
    return next(object_of(q) for q in about if q.predicate.value == predicate)


def _members(cell: Term, lists: _Lists, nested: set[Node]) -> list[Term] | None:
    """The members of a list all of whose cells are nested; `None` if it is none."""
    members: list[Term] = []
    while cell != _NIL:
        if isinstance(cell, Literal) or cell not in nested or cell not in lists:
            return None
        member, cell = lists[cell]
        members.append(member)
    return members
