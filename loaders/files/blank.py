"""Stable names for blank nodes: the hash of their connected component, graph included; duplicates are numbered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Quad

from kaigraph.loaders.files.refine import Component, Pattern
from kaigraph.loaders.graph import Term
from kaigraph.loaders.quads import blanks_of, object_of, subject_of

_HASH_DIGITS = 24

Names = Mapping[BlankNode, BlankNode]
_T = TypeVar("_T", bound=Term)


def stable(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads, each once and sorted, with blank nodes renamed by what is said of them and never by their labels.

    Raises:
        BadSource: blank nodes so symmetrical that no bounded search can name them.
    """
    return with_names(quads)[0]


def with_names(quads: Iterable[Quad]) -> tuple[tuple[Quad, ...], Names]:
    """The same, and the name that each blank node got."""
    distinct = set(quads)
    names = _names(distinct)
    return tuple(sorted((_renamed(q, names) for q in distinct) if names else distinct, key=str)), names


def components(quads: Iterable[Quad]) -> list[list[Quad]]:
    """The quads that hold blank nodes, those that share one (over any number of steps) together."""
    above: dict[BlankNode, BlankNode] = {}
    holding = []
    for quad in quads:
        nodes = blanks_of(quad) if "_:" in str(quad) else []  # most have none, and their text tells it at once
        if nodes:
            holding.append((quad, nodes[0]))
            first = _root(above, nodes[0])
            for node in nodes[1:]:
                above[_root(above, node)] = first
    found: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad, node in holding:
        found[_root(above, node)].append(quad)
    return list(found.values())


def _root(above: dict[BlankNode, BlankNode], node: BlankNode) -> BlankNode:
    above.setdefault(node, node)
    while above[node] != node:
        above[node] = above[above[node]]
        node = above[node]
    return node


def _names(quads: Iterable[Quad]) -> dict[BlankNode, BlankNode]:
    names: dict[BlankNode, BlankNode] = {}
    met: Counter[str] = Counter()
    for component in components(quads):
        digest, places = _canonical(component)
        copy = f"_{met[digest]}" if met[digest] else ""
        met[digest] += 1
        names.update({node: BlankNode(f"b{digest}_{place}{copy}") for node, place in places.items()})
    return names


def _canonical(component: list[Quad]) -> tuple[str, dict[BlankNode, int]]:
    numbers: dict[BlankNode, int] = {}
    for quad in component:
        for node in blanks_of(quad):
            numbers.setdefault(node, len(numbers))
    text, order = Component([_pattern(q, numbers) for q in component], len(numbers)).order()
    digest = sha256(text.encode()).hexdigest()[:_HASH_DIGITS]
    return digest, {node: order[number] for node, number in numbers.items()}


def _pattern(quad: Quad, numbers: Mapping[BlankNode, int]) -> Pattern:
    """The quad as text in N-Quads, blank nodes as numbers."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return tuple(
        numbers[t] if isinstance(t, BlankNode) else "" if isinstance(t, DefaultGraph) else str(t) for t in terms
    )


def _renamed(quad: Quad, names: Names) -> Quad:
    graph = quad.graph_name
    return Quad(
        _name(subject_of(quad), names),
        quad.predicate,
        _name(object_of(quad), names),
        names[graph] if isinstance(graph, BlankNode) else graph,
    )


def _name(term: _T, names: Names) -> _T | BlankNode:
    return names[term] if isinstance(term, BlankNode) else term
