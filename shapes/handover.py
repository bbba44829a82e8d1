"""What an engine is handed: the shapes with every class target written out and every shape named.

Neither changes what the shapes mean. A shape that is also a class targets its instances by SHACL's own rule, which one
engine reads only of rdfs:Class. Names let a report say which shape it means: blank nodes do not survive an engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.targets import PARAMETERS
from kaigraph.shapes.terms import OWL, RDFS, SH, TYPE, Index, Node, Term, sh

_T = TypeVar("_T", bound=Term)
_NAMED = "urn:kaigraph:shape:"
_CLASSES = {NamedNode(RDFS + "Class"), NamedNode(OWL + "Class")}
_SHAPES = {sh("NodeShape"), sh("PropertyShape")}
_LEADS_TO_SHAPE = {sh(n) for n in ("property", "node", "not", "qualifiedValueShape", "sparql")}
_LEADS_TO_SHAPES = {sh(n) for n in ("and", "or", "xone")}
_TARGETS = {sh(n) for n in ("target", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")}
_LONGEST = 160  # characters of what an engine says
_MAKES_A_SHAPE = {*_TARGETS, *PARAMETERS}


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of an engine, in the caller's own terms."""

    focus: Term
    path: Term | None  # a node of `paths`
    value: Term | None
    severity: str
    component: str
    shape: Node | None
    constraint: Node | None
    messages: tuple[Literal, ...]
    paths: Index  # the graph in which `path` is described


def all_shapes(shapes: Iterable[Triple], ontology: Iterable[Triple]) -> list[Triple]:
    """The shapes, wherever they stand: an ontology that holds some is read with the shapes as a whole."""
    terms = list(ontology)
    holds = any(t.predicate.value.startswith(SH) or (t.predicate == TYPE and t.object in _SHAPES) for t in terms)
    return list(dict.fromkeys((*shapes, *terms))) if holds else list(shapes)


def shapes_to_hand_over(shapes: Iterable[Triple], ontology: Iterable[Triple]) -> list[Triple]:
    """The shapes as an engine gets them."""
    given = list(shapes)
    return _with_names([*given, *_class_targets(given, ontology)])


def brief(text: str) -> str:
    """An engine's words in one line: its first, without all that it expected, and what its last calls the error."""
    first, *rest = [line.strip() for line in text.strip().splitlines()] or [""]
    first = first.partition(": expected one of")[0].rstrip(":")
    reason = rest[-1].removeprefix("error: ") if rest and rest[-1].startswith("error: ") else ""
    said = f"{first}: {reason}" if reason else first
    return said if len(said) <= _LONGEST else said[:_LONGEST] + " …"


def own_node(term: Term | None) -> Node | None:
    """The shape or constraint that a handed-over name stands for."""
    if isinstance(term, NamedNode) and term.value.startswith(_NAMED):
        return BlankNode(term.value.removeprefix(_NAMED))
    return None if isinstance(term, Literal) else term


def read_findings(report: Iterable[Triple]) -> list[Finding]:
    """The results of a SHACL report graph."""
    graph = Index(report)
    heads = [s for s, by in graph.by_subject.items() if sh("ValidationReport") in by.get(TYPE, [])]
    return [_read(result, graph) for head in heads for result in graph.objects(head, sh("result"))]


def _read(result: Term, graph: Index) -> Finding:
    focus = graph.one(result, sh("focusNode"))
    if focus is None:
        raise ValueError("an engine reported a result without a focus node")
    messages = [m for m in graph.objects(result, sh("resultMessage")) if isinstance(m, Literal)]
    return Finding(
        focus=focus,
        path=graph.one(result, sh("resultPath")),
        value=graph.one(result, sh("value")),
        severity=_iri(graph.one(result, sh("resultSeverity"))),
        component=_iri(graph.one(result, sh("sourceConstraintComponent"))),
        shape=own_node(graph.one(result, sh("sourceShape"))),
        constraint=own_node(graph.one(result, sh("sourceConstraint"))),
        messages=tuple(sorted(messages, key=str)),
        paths=graph,
    )


def _iri(term: Term | None) -> str:
    return term.value if term is not None else ""


def _class_targets(shapes: list[Triple], ontology: Iterable[Triple]) -> list[Triple]:
    """A class that is its own shape targets its instances, whether shapes or ontology declare it a class."""
    typed = [(s, o) for s, p, o in (*shapes, *ontology) if p == TYPE]
    classes = {s for s, o in typed if o in _CLASSES}
    own = {s for s, p, o in shapes if (p == TYPE and o in _SHAPES) or p in _MAKES_A_SHAPE}
    both = sorted((s for s in classes & own if isinstance(s, NamedNode)), key=str)
    return [Triple(c, sh("targetClass"), c) for c in both]


def _with_names(shapes: list[Triple]) -> list[Triple]:
    names = {n: NamedNode(_NAMED + n.value) for n in _anonymous_shapes(shapes)}

    def named(term: _T) -> _T | NamedNode:
        return names.get(term, term) if isinstance(term, BlankNode) else term

    return [Triple(named(s), p, named(o)) for s, p, o in shapes]


def _anonymous_shapes(shapes: list[Triple]) -> set[BlankNode]:
    graph = Index(shapes)
    found: set[Term] = {s for s, p, o in shapes if (p == TYPE and o in _SHAPES) or p in _TARGETS}
    found |= {o for s, p, o in shapes if p in _LEADS_TO_SHAPE}
    found |= {m for s, p, o in shapes if p in _LEADS_TO_SHAPES for m in graph.members(o)}
    return {n for n in found if isinstance(n, BlankNode)}
