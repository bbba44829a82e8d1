"""SHACL property paths: read from RDF, written to RDF and as SPARQL writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from kaigraph.shapes.terms import FIRST, NIL, REST, Index, Node, Term, sh

_UNARY = {"inversePath": "^", "zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


@dataclass(frozen=True, slots=True)
class Path:
    """One property (`op` is empty), or an operation of SHACL's (`inversePath` …, `sequence`) on parts."""

    iri: str = ""
    op: str = ""
    parts: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """The path as in SPARQL, IRIs in full."""
        if not self.op:
            return f"<{self.iri}>"
        if self.op == "inversePath":
            return f"^{self.parts[0]}"
        if self.op in _UNARY:
            return f"{self.parts[0]}{_UNARY[self.op]}"
        return "(" + ("/" if self.op == "sequence" else "|").join(map(str, self.parts)) + ")"


def read_path(node: Term, graph: Index) -> Path:
    """The path that a node of a shapes or report graph stands for."""
    if isinstance(node, NamedNode):
        return Path(iri=node.value)
    for op in (*_UNARY, "alternativePath"):
        inner = graph.one(node, sh(op))
        if inner is not None:
            parts = graph.members(inner) if op == "alternativePath" else [inner]
            return Path(op=op, parts=tuple(read_path(p, graph) for p in parts))
    return Path(op="sequence", parts=tuple(read_path(p, graph) for p in graph.members(node)))


def write_path(path: Path, fresh: Callable[[], BlankNode]) -> tuple[Node, list[Triple]]:
    """The path as RDF: the node to point at, and the triples that describe it."""
    if not path.op:
        return NamedNode(path.iri), []
    node = fresh()
    if path.op in _UNARY:
        inner, triples = write_path(path.parts[0], fresh)
        return node, [Triple(node, sh(path.op), inner), *triples]
    head, triples = _write_list(path.parts, fresh)
    if path.op == "sequence":
        return head, triples
    return node, [Triple(node, sh(path.op), head), *triples]


def _write_list(parts: tuple[Path, ...], fresh: Callable[[], BlankNode]) -> tuple[Node, list[Triple]]:
    if not parts:
        return NIL, []
    node = fresh()
    first, triples = write_path(parts[0], fresh)
    rest, more = _write_list(parts[1:], fresh)
    return node, [Triple(node, FIRST, first), *triples, Triple(node, REST, rest), *more]
