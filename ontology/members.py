"""Which classes get a type, and which are enumerations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kaigraph.ontology.hierarchy import Parents, acyclic, closure, inverted
from kaigraph.ontology.targets import CLASS_KINDS, is_deactivated, shapes_by_class
from kaigraph.ontology.terms import TYPE, is_language_term, owl, rdfs, sh, skos
from kaigraph.ontology.triples import Triples

Iri = str


@dataclass(frozen=True)
class Members:
    """The classes of a vocabulary: all of them with their parents and ancestors, and which are shown and how.

    `typed` are those that get a type; `concepts` gives for each enumeration its concepts.
    """

    parents: Parents
    ancestors: Mapping[Iri, frozenset[Iri]]
    typed: frozenset[Iri]
    concepts: Mapping[Iri, tuple[Iri, ...]]


def read_members(graph: Triples, used: frozenset[Iri]) -> Members:
    """Sort the classes out; `used` are those that the data asserts of a node."""
    declared = {iri for kind in CLASS_KINDS for iri in graph.iri_subjects(TYPE, kind)}
    named = used | shapes_by_class(graph).keys() | _asked_for(graph)
    parents = _parents(graph, declared | named)
    ancestors = closure(parents)
    concepts = _enumerations(graph, parents, ancestors, used)
    shown = {iri for iri in named if not is_language_term(iri) and iri not in concepts}
    above = {up for iri in shown for up in ancestors[iri] if up in declared and not is_language_term(up)}
    return Members(parents, ancestors, frozenset(shown | above - concepts.keys()), concepts)


def _parents(graph: Triples, others: set[Iri]) -> dict[Iri, tuple[Iri, ...]]:
    parents = acyclic(graph.iri_pairs(rdfs("subClassOf")), graph.iri_pairs(owl("equivalentClass")))
    return {iri: parents.get(iri, ()) for iri in sorted(others | parents.keys())}


def _asked_for(graph: Triples) -> set[Iri]:
    """The classes that a shape asks values to be of."""
    pairs = graph.pairs(sh("class"))
    return {o.value for shape, o in pairs if isinstance(o, NamedNode) and not is_deactivated(graph, shape)}


def _enumerations(
    graph: Triples, parents: Parents, ancestors: Mapping[Iri, frozenset[Iri]], used: frozenset[Iri]
) -> dict[Iri, tuple[Iri, ...]]:
    """The subclasses of skos:Concept all of whose instances the vocabulary declares, and there is at least one."""
    children = inverted(parents)
    found: dict[Iri, tuple[Iri, ...]] = {}
    for iri in (iri for iri in parents if skos("Concept").value in ancestors[iri]):
        family = _below(iri, children)
        instances = {node for kind in family for node in graph.subjects(TYPE, NamedNode(kind))}
        named = {node.value for node in instances if isinstance(node, NamedNode)}
        if named and len(named) == len(instances) and family.isdisjoint(used):
            found[iri] = tuple(sorted(named))
    return found


def _below(iri: Iri, children: Mapping[Iri, tuple[Iri, ...]]) -> set[Iri]:
    found = {iri}
    todo = [iri]
    while todo:
        fresh = [child for child in children[todo.pop()] if child not in found]
        found.update(fresh)
        todo += fresh
    return found
