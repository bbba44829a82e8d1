"""Paths of SHACL as steps that a graph can be walked by: what one arrow of a picture shows is one step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.model import Iri
from kaigraph.ontology.terms import rdf, sh
from kaigraph.ontology.triples import Term, Triples

#: How often a step may be repeated where a path says "any number": nobody reads a picture of more.
MOST = 6

_REPEATED = {"zeroOrOnePath": (0, 1), "oneOrMorePath": (1, MOST), "zeroOrMorePath": (0, MOST)}


@dataclass(frozen=True, slots=True)
class Step:
    """Along one of some properties: forward, or backward, or (`both`) whichever way; from `least` to `most` times."""

    properties: tuple[Iri, ...]
    backward: bool = False
    both: bool = False
    least: int = 1
    most: int = 1


def steps_of(graph: Triples, path: Term, where: str) -> tuple[Step, ...]:
    """The steps of a path.

    Raises:
        BadVocabulary: a path that one arrow a step cannot show.
    """
    if isinstance(path, BlankNode) and graph.has(path, rdf("first")):
        return tuple(_step(graph, member, where) for member in graph.items(path))
    return (_step(graph, path, where),)


def _step(graph: Triples, path: Term, where: str) -> Step:
    if isinstance(path, NamedNode):
        return Step((path.value,))
    if isinstance(path, Literal):
        raise _bad(where)
    for name, (least, most) in _REPEATED.items():
        for inner in graph.objects(path, sh(name)):
            return replace(_simple(graph, inner, where), least=least, most=most)
    for inner in graph.objects(path, sh("inversePath")):
        step = _simple(graph, inner, where)
        return step if step.both else replace(step, backward=not step.backward)
    for head in graph.objects(path, sh("alternativePath")):
        return _any_of([_simple(graph, member, where) for member in graph.items(head)], where)
    raise _bad(where)


def _simple(graph: Triples, path: Term, where: str) -> Step:
    step = _step(graph, path, where)
    if (step.least, step.most) != (1, 1):
        raise _bad(where)
    return step


def _any_of(steps: list[Step], where: str) -> Step:
    """One step for several: of one direction, or the same properties both ways."""
    if not steps:
        raise _bad(where)
    ways = {step.backward for step in steps}
    forward, backward = ({p for s in steps if s.backward is way for p in s.properties} for way in (False, True))
    properties = tuple(dict.fromkeys(p for step in steps for p in step.properties))
    if len(ways) == 1:
        return Step(properties, backward=ways.pop())
    if forward != backward:
        raise _bad(where)
    return Step(properties, both=True)


def _bad(where: str) -> BadVocabulary:
    hint = "A step is a property, its sh:inversePath, sh:alternativePath of one direction, or one of these repeated."
    return BadVocabulary("A path cannot be followed.", where=where, hint=hint)
