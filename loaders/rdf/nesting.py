"""What lies inside what: the blank nodes that one triple alone leads to, and the lists that are written as lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kaigraph.loaders.graph import Node, Term
from kaigraph.loaders.quads import blanks_of, graph_id, object_of, subject_of

_DEEPEST = 12
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST = _RDF + "first", _RDF + "rest"
NIL = NamedNode(_RDF + "nil")

_Said = Mapping[Node, Sequence[Quad]]
#: Cell of a list → its member, and the next cell.
_Lists = Mapping[Node, tuple[Term, Term]]


def shared_blanks(quads: Iterable[Quad]) -> set[BlankNode]:
    """The blank nodes that several graphs speak of, or that name one: they keep their labels."""
    graphs: dict[BlankNode, set[str]] = defaultdict(set)
    for quad in quads:
        for node in blanks_of(quad):
            graphs[node].add(graph_id(quad.graph_name))
            if node == quad.graph_name:
                graphs[node].add("itself")
    return {node for node, found in graphs.items() if len(found) > 1}


@dataclass(frozen=True, slots=True)
class Nesting:
    """The triples of one graph by subject, and which of its blank nodes are written inside others."""

    said: _Said
    inside: set[Node]
    _lists: _Lists

    def members(self, cell: Term) -> list[Term] | None:
        """The members of a list all of whose cells are inside others; `None` if it is none."""
        members: list[Term] = []
        while cell != NIL:
            if isinstance(cell, Literal) or cell not in self.inside or cell not in self._lists:
                return None
            member, cell = self._lists[cell]
            members.append(member)
        return members


def nesting_of(quads: Sequence[Quad], shared: set[BlankNode]) -> Nesting:
    """The nesting of one graph."""
    said: dict[Node, list[Quad]] = defaultdict(list)
    for quad in quads:
        said[subject_of(quad)].append(quad)
    met = Counter(q.object for q in quads if isinstance(q.object, BlankNode))
    once: set[Node] = {node for node, times in met.items() if times == 1 and node not in shared}
    lists = _lists(said, once)
    return Nesting(dict(said), _inside(said, once, lists), lists)


def _inside(said: _Said, once: set[Node], lists: _Lists) -> set[Node]:
    """The blank nodes that one triple leads to and that can be reached from a block's start, not too deep."""
    inside: set[Node] = set()
    waiting = [(subject, 0) for subject in said if subject not in once]
    while waiting:
        subject, depth = waiting.pop()
        for quad in said.get(subject, ()):
            node = quad.object
            if isinstance(node, BlankNode) and node in once:
                below = depth if subject in lists and quad.predicate.value == _REST else depth + 1
                if below <= _DEEPEST:
                    inside.add(node)
                waiting.append((node, below if below <= _DEEPEST else 0))
    return inside


def _lists(said: _Said, once: set[Node]) -> _Lists:
    """The cells of well-formed lists: each with one member, and after it the end, or a cell that only it leads to."""
    before: dict[Term, list[Node]] = defaultdict(list)
    for node, about in said.items():
        if isinstance(node, BlankNode) and sorted(q.predicate.value for q in about) == [_FIRST, _REST]:
            before[_object_of(about, _REST)].append(node)
    found: dict[Node, tuple[Term, Term]] = {}
    waiting: list[Term] = [NIL]
    while waiting:
        after = waiting.pop()
        for cell in before.pop(after, ()):
            found[cell] = (_object_of(said[cell], _FIRST), after)
            if cell in once:
                waiting.append(cell)
    return found


def _object_of(about: Sequence[Quad], predicate: str) -> Term:
    return next(object_of(q) for q in about if q.predicate.value == predicate)
