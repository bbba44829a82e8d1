"""What follows from resolving claims: never written by hand, and asserted by no graph."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Resolved
from kaigraph.ontology.terms import CORE, RDF_TYPE, XSD

_CLAIM = NamedNode(CORE + "Claim")
_TYPE = NamedNode(RDF_TYPE)
_FACT_COUNT = NamedNode(CORE + "factCount")
_CONTRADICTS = NamedNode(CORE + "contradicts")
_INTEGER = NamedNode(XSD + "integer")


def derived(resolved: Resolved) -> list[Triple]:
    """Of each claim that it is one, how many facts it asserts, and which others it contradicts."""
    if not resolved.dataset.is_claims:
        return []
    found = []
    for claim, asserted in sorted(_claims(resolved.dataset.quads).items()):
        node = NamedNode(claim)
        found.append(Triple(node, _TYPE, _CLAIM))
        found.append(Triple(node, _FACT_COUNT, Literal(str(_facts(asserted)), datatype=_INTEGER)))
    pairs = resolved.contradictions
    found += [Triple(NamedNode(one), _CONTRADICTS, NamedNode(other)) for one, other in pairs]
    return found


def _claims(quads: tuple[Quad, ...]) -> dict[str, list[Quad]]:
    """The claims by name, with what each asserts: nothing, for one that is only described."""
    claims: dict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            claims[quad.graph_name.value].append(quad)
        elif isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.subject, NamedNode) and _is_claim(quad):
            claims.setdefault(quad.subject.value, [])
    return claims


def _is_claim(quad: Quad) -> bool:
    return quad.predicate.value == CORE + "source" or (quad.predicate == _TYPE and quad.object == _CLAIM)


def _facts(asserted: list[Quad]) -> int:
    """A structured value counts as one fact: the triple that leads to it, or itself where none does."""
    reached = {q.object for q in asserted if isinstance(q.object, BlankNode) and q.object != q.subject}
    roots = {q.subject for q in asserted if isinstance(q.subject, BlankNode)} - reached
    return sum(not isinstance(q.subject, BlankNode) for q in asserted) + len(roots)
