"""Terms as ids and columns, and back."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.loaders.graph import DEFAULT_GRAPH, Node, Term

_BLANK = "_:"


def node_id(term: Node) -> str:
    """The id of a node: its IRI, or `_:` and its stable name."""
    return term.value if isinstance(term, NamedNode) else _BLANK + term.value


def node_term(node: str) -> Node:
    """The node of an id."""
    return BlankNode(node[len(_BLANK) :]) if node.startswith(_BLANK) else NamedNode(node)


def graph_term(name: str) -> Node | None:
    """The graph of a name as facts bear it; `None` for the default graph."""
    return None if name == DEFAULT_GRAPH else node_term(name)


def language_tag(literal: Literal) -> str | None:
    """The language tag of a literal, if it has one."""
    return literal.language


def literal_term(text: str, datatype: str | None, language: str | None) -> Literal:
    """The literal of a text, its datatype and its language tag."""
    if language is not None:
        return Literal(text, language=language)
    return Literal(text) if datatype is None else Literal(text, datatype=NamedNode(datatype))


def term_of(node: str | None, text: str | None, datatype: str | None, language: str | None) -> Term:
    """The term of its columns: a node's id, or what a literal consists of."""
    return literal_term(text or "", datatype, language) if node is None else node_term(node)
