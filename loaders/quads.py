"""Quads and facts: their order, their parts, and the names of their graphs."""

from __future__ import annotations

from typing import cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact, Node, Term
from kaigraph.loaders.terms import node_id

_NODES = (NamedNode, BlankNode)


def graph_id(name: Node | DefaultGraph) -> str:
    """The name of a graph as facts bear it."""
    return DEFAULT_GRAPH if isinstance(name, DefaultGraph) else node_id(name)


def subject_of(said: Quad | Triple) -> Node:
    """The subject; pyoxigraph's types also allow triple terms, which `read` refuses."""
    return cast("Node", said.subject)


def object_of(said: Quad | Triple) -> Term:
    """The object; no triple term either."""
    return cast("Term", said.object)


def triple_text(said: Quad | Triple | Fact) -> str:
    """A triple as N-Triples: facts are sorted by it."""
    return f"{said.subject} {said.predicate} {said.object}"


def is_term(term: object) -> bool:
    """Whether a term is one of RDF 1.1, which is all that is stored."""
    return isinstance(term, _NODES) or (isinstance(term, Literal) and term.direction is None)


def blanks_of(quad: Quad) -> list[BlankNode]:
    """The blank nodes of a quad, its graph's name included; each once."""
    found = [t for t in (quad.subject, quad.object, quad.graph_name) if isinstance(t, BlankNode)]
    return found if len(found) <= 1 else list(dict.fromkeys(found))
