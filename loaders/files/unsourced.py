"""What the default graph of a claims dataset says without a source: facts belong into the graph of a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Dataset, Node
from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.ontology.terms import CORE, RDF_TYPE, rdfs

#: What a claim is described by and nothing else is.
CLAIM_PROPERTIES = frozenset(CORE + name for name in ("source", "paragraph", "certainty", "attributedTo", "ranking"))
_SUBCLASS = rdfs("subClassOf")


def unsourced(dataset: Dataset, ontology: Iterable[Triple]) -> list[Triple]:
    """The triples of the default graph that describe no claim, no source, nothing below them, and nothing of core:."""
    said = [q for q in dataset.quads if isinstance(q.graph_name, DefaultGraph)]
    graphs: set[Node] = {q.graph_name for q in dataset.quads if isinstance(q.graph_name, NamedNode)}
    described = _with_blanks(graphs | _roots(said, _ours(ontology)), said)
    return [q.triple for q in said if subject_of(q) not in described]


def _roots(said: Iterable[Quad], ours: Set[str]) -> set[Node]:
    """The claims and sources that are described, and what is of a class of core:."""
    found: set[Node] = set()
    for quad in said:
        predicate, value = quad.predicate.value, object_of(quad)
        is_ours = isinstance(value, NamedNode) and (value.value.startswith(CORE) or value.value in ours)
        if predicate in CLAIM_PROPERTIES or (predicate == RDF_TYPE and is_ours):
            found.add(subject_of(quad))
        if predicate == CORE + "source" and isinstance(value, NamedNode | BlankNode):
            found.add(value)
    return found


def _ours(ontology: Iterable[Triple]) -> set[str]:
    """The classes of a domain that are kinds of claim or source."""
    below: dict[str, set[str]] = defaultdict(set)
    for s, p, o in ontology:
        if p == _SUBCLASS and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            below[o.value].add(s.value)
    found: set[str] = set()
    waiting = [CORE + "Claim", CORE + "Source"]
    while waiting:
        new = below[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _with_blanks(roots: set[Node], said: Iterable[Quad]) -> set[Node]:
    """The nodes, and the blank nodes that they lead to."""
    leads: dict[Node, list[BlankNode]] = defaultdict(list)
    for quad in said:
        if isinstance(quad.object, BlankNode):
            leads[subject_of(quad)].append(quad.object)
    found, waiting = set(roots), list(roots)
    while waiting:
        new = [node for node in leads.get(waiting.pop(), ()) if node not in found]
        found.update(new)
        waiting += new
    return found
