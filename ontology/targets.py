"""Which shapes are about which classes."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kaigraph.ontology.terms import TYPE, owl, rdfs, sh
from kaigraph.ontology.triples import Node, Triples

Iri = str

CLASS_KINDS = (owl("Class"), rdfs("Class"))
#: What makes a node a shape, where its type does not.
PARAMETERS = [sh(name) for name in (
    "property", "node", "and", "or", "xone", "not", "class", "nodeKind", "closed", "sparql", "in", "hasValue",
    "pattern",
)]  # fmt: skip


def targets(graph: Triples, shape: Node) -> list[Iri]:
    """The classes whose instances a shape is about: named by sh:targetClass, or the shape itself, being a class."""
    if is_deactivated(graph, shape):
        return []
    itself = (
        [shape.value] if isinstance(shape, NamedNode) and _is_class(graph, shape) and _is_shape(graph, shape) else []
    )
    return [*graph.iris(shape, sh("targetClass")), *itself]


def shapes_by_class(graph: Triples) -> dict[Iri, list[Node]]:
    """The active shapes that target each class."""
    implicit = [s for kind in CLASS_KINDS for s in graph.subjects(TYPE, kind)]
    candidates = {shape for shape, _ in graph.pairs(sh("targetClass"))} | set(implicit)
    found: dict[Iri, list[Node]] = {}
    for shape in candidates:
        for target in targets(graph, shape):
            found.setdefault(target, []).append(shape)
    return found


def is_deactivated(graph: Triples, shape: Node) -> bool:
    """Whether a shape is switched off."""
    return is_true(graph, shape, sh("deactivated"))


def is_true(graph: Triples, subject: Node, predicate: NamedNode) -> bool:
    """Whether a boolean is said to be true."""
    return any(literal.value in {"true", "1"} for literal in graph.literals(subject, predicate))


def _is_class(graph: Triples, node: Node) -> bool:
    return any(kind in CLASS_KINDS for kind in graph.nodes(node, TYPE))


def _is_shape(graph: Triples, node: Node) -> bool:
    kinds = graph.nodes(node, TYPE)
    return sh("NodeShape") in kinds or sh("PropertyShape") in kinds or any(graph.has(node, p) for p in PARAMETERS)
