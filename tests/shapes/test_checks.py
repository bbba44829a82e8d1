"""What SHACL cannot say: unknown terms, ill-typed literals, graphs nobody describes."""

from __future__ import annotations

from pyoxigraph import Literal

from kaigraph.shapes import VIOLATION, WARNING
from kaigraph.shapes.checks import (
    ILL_TYPED,
    MOST,
    UNDESCRIBED_GRAPH,
    UNKNOWN_TERM,
    ill_typed,
    undescribed_graphs,
    unknown_terms,
)
from tests.shapes.support import Words, turtle

ONTOLOGY = turtle("""<http://example.org> a owl:Ontology . ex:Loan a owl:Class . ex:lender a owl:ObjectProperty .
    skos:prefLabel a owl:AnnotationProperty .""")
SHAPES = turtle("ex:S a sh:NodeShape ; sh:targetClass ex:Shaped ; sh:property [ sh:path ex:shaped ] .")
WORDS = Words(ONTOLOGY, SHAPES)


def test_a_mistyped_property_and_class_are_found_with_the_nearest_term() -> None:
    found = list(unknown_terms(turtle("ex:x a ex:Loam ; ex:Lender ex:y ."), WORDS))
    assert [(r.component, r.severity, r.hint) for r in found] == [
        (UNKNOWN_TERM, VIOLATION, "Did you mean http://example.org/Loan?"),
        (UNKNOWN_TERM, VIOLATION, "Did you mean http://example.org/lender?"),
    ]
    assert found[0].messages["en"] == "The ontology has no class http://example.org/Loam."
    assert str(found[1].path) == "<http://example.org/Lender>"
    assert found[1].value is not None


def test_nothing_near_is_not_guessed() -> None:
    (found,) = unknown_terms(turtle("ex:x ex:qqqqqqqq 1 ."), WORDS)
    assert "Did you mean" not in found.hint
    assert "Declare it" in found.hint


def test_known_terms_pass() -> None:
    data = turtle("""ex:x a ex:Loan , ex:Shaped , owl:NamedIndividual , <http://xmlns.com/foaf/0.1/Thing> ;
        ex:lender ex:y ; ex:shaped 1 ; skos:prefLabel "x"@en ; rdfs:label "x" ; rdfs:nonsense 1 ;
        <http://xmlns.com/foaf/0.1/anything> 1 .""")
    assert not list(unknown_terms(data, WORDS))


def test_in_a_namespace_that_is_only_mentioned_it_is_one_warning() -> None:
    found = list(unknown_terms(turtle("ex:x skos:preflabel 1 . ex:y skos:preflabel 2 ."), WORDS))
    assert [r.severity for r in found] == [WARNING]
    assert "prefLabel" in found[0].hint


def test_without_a_header_every_declared_namespace_blocks() -> None:
    bare = Words(turtle("ex:Loan a rdfs:Class ."), SHAPES)
    assert [r.severity for r in unknown_terms(turtle("ex:x a ex:loan ; core:paragraph 1 ."), bare)] == [VIOLATION]


def test_ill_typed_literals_are_the_callers_to_judge() -> None:
    def check(literal: Literal) -> str | None:
        return "It is bad." if literal.value == "bad" else None

    found = list(ill_typed(turtle('ex:x ex:p "bad"^^edtf:EDTF , "good" , ex:bad .'), check))
    assert [(r.component, r.messages["en"], r.value and r.value.value) for r in found] == [
        (ILL_TYPED, "It is bad.", "bad")
    ]


def test_graphs_that_nobody_describes() -> None:
    graphs = ["http://e/claim-1", "http://e/claim-2", "http://e/claim-2", "http://other/"]
    found = list(undescribed_graphs(graphs, {"http://e/claim-1"}))
    assert [(r.component, r.focus.value) for r in found] == [
        (UNDESCRIBED_GRAPH, "http://e/claim-2"),
        (UNDESCRIBED_GRAPH, "http://other/"),
    ]
    assert "Did you mean http://e/claim-1?" in found[0].hint
    assert "Did you mean" not in found[1].hint


def test_a_term_unknown_in_many_places_is_told_with_a_count() -> None:
    places = " ".join(f"ex:x{i} ex:qqqqqqqq 1 ." for i in range(MOST + 5))
    *single, rest = unknown_terms(turtle(places), WORDS)
    assert len(single) == MOST
    assert rest.severity == VIOLATION
    assert "5 more" in rest.messages["en"]
