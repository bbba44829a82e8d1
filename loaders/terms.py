"""Terms as columns of text, and back, exactly."""

from __future__ import annotations

from pyoxigraph import BaseDirection, BlankNode, Literal, NamedNode

from kaigraph.loaders.graph import DEFAULT_GRAPH, Node, Term
from kaigraph.ontology.model import Iri

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_BLANK = "_:"
_DIRECTION = "--"


def node_id(term: Node) -> str:
    """The id of a node: its IRI, or `_:` and the name of a blank node."""
    return term.value if isinstance(term, NamedNode) else _BLANK + term.value


def node_term(node: str) -> Node:
    """The node of an id."""
    return BlankNode(node.removeprefix(_BLANK)) if node.startswith(_BLANK) else NamedNode(node)


def graph_term(name: str) -> Node | None:
    """The name of a graph as a term; None for the default graph."""
    return None if name == DEFAULT_GRAPH else node_term(name)


def language_tag(literal: Literal) -> str | None:
    """The language tag, and after two hyphens the base direction if there is one, as Turtle 1.2 writes it."""
    direction = literal.direction
    return f"{literal.language}{_DIRECTION}{direction.value}" if direction is not None else literal.language


def literal_term(text: str, datatype: Iri | None, tag: str | None) -> Literal:
    """The literal of a text, a datatype and a tag as `language_tag` writes it."""
    if tag is None:
        return Literal(text, datatype=NamedNode(datatype or XSD_STRING))
    language, _, direction = tag.partition(_DIRECTION)
    return Literal(text, language=language, direction=BaseDirection(direction) if direction else None)


def term_of(node: str | None, text: str | None, datatype: Iri | None, tag: str | None) -> Term:
    """The term of a row that has either the id of a node or a literal."""
    return node_term(node) if node is not None else literal_term(text or "", datatype, tag)
