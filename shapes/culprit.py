"""Which shape an engine choked on: every pattern and query is tried alone until one fails as the whole did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.wellformed import shape_name
from kaigraph.shapes.handover import shapes_to_hand_over
from kaigraph.shapes.terms import TYPE, Index, Node, Term, sh

_TRIED = NamedNode("urn:kaigraph:tried")
_PATH, _PREFIXES = sh("path"), sh("prefixes")
_WRITTEN = {sh("pattern"): "sh:pattern", sh("sparql"): "sh:sparql"}  # what an engine parses, and may not be able to
_VALIDATORS = (sh("validator"), sh("nodeValidator"), sh("propertyValidator"))


def named(
    error: BadVocabulary,
    shapes: Iterable[Triple],
    places: Mapping[Node, str],
    engine: Callable[[Iterable[Triple], Iterable[Triple]], object],
) -> BadVocabulary:
    """The error with the shape at fault and its file, where trying each alone finds it; else as it was."""
    rules = list(shapes)
    for node, what, trial in _trials(Index(rules)):
        try:
            engine([Triple(_TRIED, _TRIED, _TRIED)], shapes_to_hand_over(trial, ()))
        except BadVocabulary as found:
            name = f"<{node.value}>" if what == "query" else shape_name(Triples(rules), node)
            reason = found.message.partition(": ")[2] or found.message
            message = f"{name} has a {what} that cannot be used: {reason}"
            return BadVocabulary(message, where=places.get(node, ""), hint="Correct it there.")
    return error


def _trials(graph: Index) -> Iterator[tuple[Node, str, list[Triple]]]:
    """Each shape with one of its patterns or queries alone, and each constraint component with a shape that uses it."""
    for subject, said in graph.by_subject.items():
        node = _node(subject)
        for predicate, what in _WRITTEN.items():
            for value in said.get(predicate, ()):
                flags = [Triple(node, sh("flags"), f) for f in said.get(sh("flags"), ())]
                yield node, what, _shape(node, [Triple(node, predicate, value), *flags], graph)
        if any(predicate in said for predicate in _VALIDATORS):
            parameters = {graph.one(p, _PATH) for p in graph.objects(subject, sh("parameter"))}
            for user in [s for s, by in graph.by_subject.items() if parameters & by.keys()][:1]:
                used = [Triple(_node(user), p, o) for p in graph.by_subject[user] if p in parameters
                        for o in graph.by_subject[user][p]]  # fmt: skip
                yield node, "query", [*_shape(_node(user), used, graph), *_closure(subject, graph, set())]


def _shape(node: Node, said: list[Triple], graph: Index) -> list[Triple]:
    """A shape that says this alone, of a node that is there."""
    path = graph.one(node, _PATH)
    triples = [*said, *(t for triple in said for t in _closure(triple.object, graph, set()))]
    if path is None:
        return [*triples, Triple(node, TYPE, sh("NodeShape")), Triple(node, sh("targetNode"), _TRIED)]
    holder = BlankNode("holder-of-what-is-tried")
    return [
        *triples,
        *(Triple(node, _PATH, path), *_closure(path, graph, set())),
        Triple(holder, TYPE, sh("NodeShape")),
        Triple(holder, sh("targetNode"), _TRIED),
        Triple(holder, sh("property"), node),
    ]


def _closure(term: object, graph: Index, seen: set[object]) -> Iterator[Triple]:
    """What is said of a node, of the blank nodes below it, and of where it has its prefixes from."""
    if term in seen or isinstance(term, Literal) or not isinstance(term, NamedNode | BlankNode):
        return
    seen.add(term)
    for predicate, objects in graph.by_subject.get(term, {}).items():
        for value in objects:
            yield Triple(term, predicate, value)
            if isinstance(value, BlankNode) or predicate == _PREFIXES:
                yield from _closure(value, graph, seen)


def _node(term: Term) -> Node:
    if isinstance(term, Literal):
        raise TypeError(f"a literal is no subject: {term}")
    return term
