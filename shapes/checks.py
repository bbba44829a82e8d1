"""What SHACL cannot say, as results of the same report: unknown terms, ill-typed literals, graphs nobody describes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from difflib import get_close_matches
from functools import cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.terms import is_language_term
from kaigraph.shapes.gate import Vocabulary
from kaigraph.shapes.paths import Path
from kaigraph.shapes.report import VIOLATION, WARNING, Result
from kaigraph.shapes.terms import CORE, OWL, RDF, RDFS, TYPE, Node, Term, sh

UNKNOWN_TERM = CORE + "UnknownTermConstraintComponent"
ILL_TYPED = CORE + "IllTypedLiteralConstraintComponent"
UNDESCRIBED_GRAPH = CORE + "UndescribedGraphConstraintComponent"
UNSOURCED_FACT = CORE + "UnsourcedFactConstraintComponent"

#: Places of one unknown term that are told one by one.
MOST = 20

#: A triple, or its three terms.
Said = Triple | tuple[Node, NamedNode, Term]

_NAMES_A_TERM = {sh(n) for n in ("path", "targetClass", "class", "targetSubjectsOf", "targetObjectsOf", "inversePath")}
_KINDS = {NamedNode(RDFS + "Class"), NamedNode(RDF + "Property"), NamedNode(RDFS + "Datatype")}
_ONTOLOGY = NamedNode(OWL + "Ontology")


def unknown_terms(data: Iterable[Said], vocabulary: Vocabulary) -> Iterator[Result]:
    """A predicate or class that nobody declares, in a namespace in which the ontology declares terms.

    It blocks in a namespace that is an ontology's own (its header's IRI), or if no ontology has a header; elsewhere,
    where an ontology may just mention a term of somebody else's, it is a warning, and told once. A term that is unknown
    in more than `MOST` places is told with a count: a whole file of them would hide everything else.
    """
    known = _known_terms(vocabulary)
    severity = {space: VIOLATION if own else WARNING for space, own in _namespaces(vocabulary).items()}

    @cache
    def hint(iri: str) -> str:
        return _closest(iri, known)

    @cache  # few terms stand in many triples
    def gravity_of(term: Term) -> str | None:
        is_known = not isinstance(term, NamedNode) or term.value in known
        return None if is_known else severity.get(namespace(term.value))

    told: Counter[str] = Counter()
    for s, p, o in data:
        for term in (p, o) if p == TYPE else (p,):
            gravity = gravity_of(term)
            if not gravity:
                continue
            told[term.value] += 1
            if told[term.value] <= (1 if gravity == WARNING else MOST):
                about = Result(gravity, s, UNKNOWN_TERM, Path(iri=p.value), o, hint=hint(term.value))
                yield replace(about, messages=_unknown(term.value, is_class=term != p))
    for iri, times in told.items():
        if times > MOST and severity[namespace(iri)] == VIOLATION:
            yield Result(VIOLATION, NamedNode(iri), UNKNOWN_TERM, messages=_more(times - MOST), hint=hint(iri))


def ill_typed(data: Iterable[Said], check_literal: Callable[[Literal], str | None]) -> Iterator[Result]:
    """Every literal in which the caller's check finds something wrong."""
    check = cache(check_literal)
    for s, p, o in data:
        if isinstance(o, Literal) and (wrong := check(o)):
            messages = {"en": wrong, "ko": f"{o.datatype.value}의 값으로 쓸 수 없습니다."}
            hint = "Correct the value, or its datatype."
            yield Result(VIOLATION, s, ILL_TYPED, Path(iri=p.value), o, messages=messages, hint=hint)


def undescribed_graphs(graphs: Iterable[str], described: Set[str]) -> Iterator[Result]:
    """Every graph of a claims dataset that no claim describes: IRIs, and blank nodes written `_:…`."""
    messages = {
        "en": "This graph is asserted, but the default graph describes no claim of its name.",
        "ko": "그래프가 있으나 기본 그래프에 같은 이름의 주장이 없습니다.",
    }
    for graph in sorted(set(graphs) - described):
        if graph.startswith("_:"):
            hint = "Give the graph an IRI for a name, and describe that: core:source … ; core:paragraph … ."
            node = BlankNode(graph.removeprefix("_:"))
            yield Result(VIOLATION, node, UNDESCRIBED_GRAPH, messages=messages, hint=hint)
            continue
        close = get_close_matches(graph, described, n=1, cutoff=0.8)
        meant = f" Did you mean {close[0]}?" if close else ""
        hint = f"Describe it: <{graph}> core:source … ; core:paragraph … ; core:certainty … .{meant}"
        yield Result(VIOLATION, NamedNode(graph), UNDESCRIBED_GRAPH, messages=messages, hint=hint)


def unsourced_facts(facts: Sequence[Triple]) -> Iterator[Result]:
    """Facts that the default graph of a claims dataset states and no claim vouches for; many are told with a count."""
    messages = {
        "en": "This fact stands in the default graph, where only claims and sources are described: nobody says it.",
        "ko": "기본 그래프에는 주장과 출처만 기술합니다. 이 사실에는 출처가 없습니다.",
    }
    hint = "Put it into the graph of a claim: claim:… { … } ."
    for s, p, o in facts[:MOST]:
        yield Result(VIOLATION, s, UNSOURCED_FACT, Path(iri=p.value), o, messages=messages, hint=hint)
    more = len(facts) - MOST
    if more > 0:
        many = {"en": f"{more:,} more facts have no source.", "ko": f"출처가 없는 사실이 {more:,}개 더 있습니다."}
        focus, _, _ = facts[MOST]
        yield Result(VIOLATION, focus, UNSOURCED_FACT, messages=many, hint=hint)


def namespace(iri: str) -> str:
    """The IRI up to its last `#`, `/` or `:`."""
    return re.sub(r"[^#/:]*$", "", iri)


def _unknown(iri: str, *, is_class: bool) -> dict[str, str]:
    if is_class:
        return {"en": f"The ontology has no class {iri}.", "ko": f"온톨로지에 {iri} 클래스가 없습니다."}
    return {"en": f"The ontology has no property {iri}.", "ko": f"온톨로지에 {iri} 속성이 없습니다."}


def _more(times: int) -> dict[str, str]:
    return {"en": f"The term stands in {times:,} more places.", "ko": f"이 용어는 {times:,}곳에 더 있습니다."}


def _known_terms(vocabulary: Vocabulary) -> dict[str, None]:
    declared = [t.subject for t in vocabulary.ontology]
    named = [t.object for t in (*vocabulary.shapes, *vocabulary.ontology) if t.predicate in _NAMES_A_TERM]
    return dict.fromkeys(t.value for t in (*declared, *named) if isinstance(t, NamedNode))


def _namespaces(vocabulary: Vocabulary) -> dict[str, bool]:
    """The namespaces of declared classes and properties, and whether an ontology calls each its own."""
    types = [(s, o) for s, p, o in vocabulary.ontology if p == TYPE]
    headers = {s.value.rstrip("#/") for s, o in types if o == _ONTOLOGY and isinstance(s, NamedNode)}
    terms = [s.value for s, o in types if isinstance(s, NamedNode) and _declares(o)]
    spaces = {namespace(t) for t in terms if not is_language_term(t)}
    return {space: not headers or space.rstrip("#/") in headers for space in spaces}


def _declares(kind: Term) -> bool:
    return kind in _KINDS or (isinstance(kind, NamedNode) and kind.value.startswith(OWL) and kind != _ONTOLOGY)


def _closest(iri: str, known: dict[str, None]) -> str:
    space = namespace(iri)
    same = {k.removeprefix(space): k for k in known if namespace(k) == space}
    folded = {name.casefold(): k for name, k in same.items()}
    found = get_close_matches(iri.removeprefix(space).casefold(), folded, n=1, cutoff=0.6)
    return (
        f"Did you mean {folded[found[0]]}?" if found else f"Declare it in the ontology, or use a term that {space} has."
    )
