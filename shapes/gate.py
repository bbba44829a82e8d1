"""The gate: what SHACL says of data, whichever engine is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from pyoxigraph import BlankNode, NamedNode, Triple

from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.errors import BadUse, BadVocabulary
from kaigraph.shapes import engine_shacl
from kaigraph.shapes.culprit import named
from kaigraph.shapes.handover import Finding, all_shapes, shapes_to_hand_over
from kaigraph.shapes.messages import messages_of
from kaigraph.shapes.paths import read_path
from kaigraph.shapes.report import Report, Result
from kaigraph.shapes.terms import Index, Node, Term, sh

_T = TypeVar("_T", bound=Term)
Engine = Callable[[Iterable[Triple], Iterable[Triple]], list[Finding]]


def _pyshacl(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Finding]:
    """The reference, which brings rdflib: a fifth of a second that only those who ask for it should wait."""
    from kaigraph.shapes import engine_pyshacl

    return engine_pyshacl.run(data, shapes)


ENGINES: Mapping[str, Engine] = {"shacl": engine_shacl.run, "pyshacl": _pyshacl}
_UPWARDS = [sh(n) for n in ("property", "node", "sparql", "not", "qualifiedValueShape")]


class Vocabulary(Protocol):
    """What the gate needs to know: the ontology and the shapes, as triples."""

    @property
    def ontology(self) -> tuple[Triple, ...]:
        """Classes, properties and the members of enumerations."""

    @property
    def shapes(self) -> tuple[Triple, ...]:
        """The SHACL shapes; others may stand in the ontology."""

    @property
    def places(self) -> Mapping[Node, str]:
        """The file in which a subject was first described."""


@without_collection()
def validate(data: Iterable[Triple], vocabulary: Vocabulary, engine: str = "shacl") -> Report:
    """What the shapes say of the data, read with the ontology; results about the ontology itself are left out."""
    if engine not in ENGINES:
        raise BadUse(f"There is no SHACL engine {engine!r}.", hint=f"Choose one of: {', '.join(ENGINES)}.")
    given, said, rules = list(data), _apart(vocabulary.ontology), all_shapes(vocabulary.shapes, vocabulary.ontology)
    if not rules:
        raise BadVocabulary("The shapes graph is empty.", hint="Name a folder with SHACL shapes in Turtle.")
    try:
        found = ENGINES[engine]([*given, *said], shapes_to_hand_over(rules, vocabulary.ontology))
    except BadVocabulary as error:
        raise named(error, rules, vocabulary.places, ENGINES[engine]) from error
    if not found:
        return Report.of(())
    concerns = _concern(given, said, rules)
    index, roots = Index(rules), _Roots(rules)
    return Report.of(tuple(_result(f, index, roots) for f in found if concerns(f.focus)))


def _concern(data: Iterable[Triple], ontology: Iterable[Triple], shapes: Iterable[Triple]) -> Callable[[Term], bool]:
    """Whether a focus is the data's: said something of there, or mentioned there or by a shape's sh:targetNode alone.

    What else the ontology brings, be it a subject or an object, is not what the data are asked about.
    """
    subjects: set[object] = set()
    mentioned: set[object] = {t.object for t in shapes if t.predicate == sh("targetNode")}
    for triple in data:
        subjects.add(triple.subject)
        mentioned.add(triple.object)
    described = {t.subject for t in ontology}
    return lambda focus: focus in subjects or (focus in mentioned and focus not in described)


def _apart(ontology: Iterable[Triple]) -> list[Triple]:
    """The ontology with blank nodes that cannot be taken for the data's."""

    def apart(term: _T) -> _T | BlankNode:
        return BlankNode(f"ontology-{term.value}") if isinstance(term, BlankNode) else term

    return [Triple(apart(s), p, apart(o)) for s, p, o in ontology]


def _result(finding: Finding, shapes: Index, roots: _Roots) -> Result:
    return Result(
        severity=finding.severity,
        focus=finding.focus,
        component=finding.component,
        path=read_path(finding.path, finding.paths) if finding.path is not None else None,
        value=finding.value,
        shape=finding.shape,
        root=roots.of(finding.shape),
        constraint=finding.constraint,
        messages=messages_of(finding, shapes),
    )


class _Roots:
    """The named shape that an anonymous one belongs to."""

    def __init__(self, shapes: Iterable[Triple]) -> None:
        self._above = {o: s for s, p, o in shapes if p in _UPWARDS}

    def of(self, shape: Term | None) -> str:
        """Its IRI; empty for none."""
        seen = set()
        while isinstance(shape, BlankNode) and shape not in seen:
            seen.add(shape)
            shape = self._above.get(shape)
        return shape.value if isinstance(shape, NamedNode) else ""
