"""Which shapes the gate reads, what it asks them about, and what it says of shapes that cannot be used."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.shapes import ENGINES, validate
from kaigraph.shapes.checks import unknown_terms
from kaigraph.shapes.terms import Node
from tests.shapes.support import Words, turtle

EX = "http://example.org/"
ELSEWHERE = turtle("ex:Other a sh:NodeShape ; sh:targetClass ex:Nothing .")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "text",
    [
        "ex:C a owl:Class , sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "ex:C a owl:Class ; sh:and ( [ sh:property [ sh:path ex:p ; sh:minCount 1 ] ] ) .",
        "ex:C a owl:Class . ex:S sh:targetClass ex:C ; sh:property ex:T . ex:T sh:path ex:p ; sh:minCount 1 .",
        "ex:C a owl:Class . [] sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
    ],
)
def test_shapes_that_stand_in_the_ontology_hold(text: str, engine: str) -> None:
    for shapes in (ELSEWHERE, ()):
        found = validate(turtle("ex:x a ex:C . ex:y a ex:C ; ex:p 1 ."), Words(turtle(text), shapes), engine)
        assert [r.focus for r in found.results] == [NamedNode(EX + "x")]


def test_a_term_that_only_a_shape_in_the_ontology_names_is_known() -> None:
    words = Words(turtle("ex:C a owl:Class , sh:NodeShape ; sh:property [ sh:path ex:only ; sh:minCount 1 ] ."))
    assert not list(unknown_terms(turtle("ex:x a ex:C ; ex:only 1 ."), words))


@pytest.mark.parametrize("engine", ENGINES)
def test_what_only_the_ontology_mentions_is_no_focus(engine: str) -> None:
    ontology = turtle("ex:T a owl:Class ; ex:hasQ ex:q , _:b , 7 . ex:u ex:hasQ ex:both .")
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetObjectsOf ex:hasQ ; sh:class ex:Q .")
    for data, wanted in (("ex:t a ex:T .", []), ("ex:t a ex:T ; ex:hasQ ex:mine ; ex:r ex:both .", ["both", "mine"])):
        found = validate(turtle(data), Words(ontology, shapes), engine)
        assert [str(r.focus) for r in found.results] == [f"<{EX}{name}>" for name in wanted]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_node_that_a_shape_asks_for_by_name_counts_though_nobody_mentions_it(engine: str) -> None:
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetNode ex:must ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    for words in (Words((), shapes), Words(shapes)):
        assert [r.focus for r in validate(turtle("ex:x ex:y 1 ."), words, engine).results] == [NamedNode(EX + "must")]


BROKEN = {
    "pattern": ("sh:property [ sh:path ex:p ; sh:pattern '(((' ]", "The property shape of <http://example.org/p> in"),
    "query": ("sh:sparql [ sh:select 'SELECT $this WHERE {\\n $this ex:p ?x } ]' ]", "has a sh:sparql"),
    "component": ("ex:k 1", "<http://example.org/K> has a query"),
}
COMPONENT = """ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:k ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask 'ASK { broken' ] ."""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", BROKEN)
def test_the_shape_that_cannot_be_used_is_named_in_a_line(kind: str, engine: str) -> None:
    text, said = BROKEN[kind]
    good = "ex:G a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:pattern '^[a-z]+$' ] ."
    shapes = turtle(
        f"{good} {COMPONENT if kind == 'component' else ''} ex:S a sh:NodeShape ; sh:targetClass ex:C ; {text} ."
    )
    places: dict[Node, str] = {s: "bad.ttl" for s, _, _ in shapes if not isinstance(s, Triple)}
    places[NamedNode(EX + "G")] = "good.ttl"
    with pytest.raises(BadVocabulary) as caught:
        validate(turtle("ex:x a ex:C ; ex:p 'q' ; ex:q 'q' ."), Words((), shapes, places), engine)
    error = caught.value
    assert said in error.message
    assert f"<{EX}{'K' if kind == 'component' else 'S'}>" in error.message
    assert error.where == "bad.ttl"
    assert "\n" not in error.message
    assert len(error.message) < 350
    assert "expected one of" not in error.message
