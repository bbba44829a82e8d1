from __future__ import annotations

from collections.abc import Callable

import pytest

from kaigraph.ontology import Model
from kaigraph.ontology.errors import BadVocabulary

Make = Callable[..., Model]
PROPERTY = "a:Shape sh:targetClass a:X ; sh:property [ sh:path a:p ; {} ] ."

ILL = [
    ("a:Shape sh:property [ sh:datatype xsd:string ] .", "has no sh:path"),
    ("a:Shape sh:property a:P . a:P a sh:PropertyShape .", "has no sh:path"),
    ("a:Shape sh:property [ sh:path a:p , a:q ] .", "more than one sh:path"),
    ('a:Shape sh:property "x" .', "sh:property that is a literal"),
    ('a:Shape sh:node "x" .', "sh:node that is a literal"),
    ("a:Shape sh:and ( a:S 1 ) .", "sh:and with a literal"),
    ("a:Shape sh:or a:S .", "sh:or whose list is malformed"),
    ("a:Shape sh:xone [ rdf:first a:S ] .", "sh:xone whose list is malformed"),
    ("a:Shape sh:or _:l . _:l rdf:first a:S ; rdf:rest _:l .", "sh:or whose list is malformed"),
    ("a:Shape sh:targetClass [] .", "sh:targetClass that is no IRI"),
    ('a:Shape sh:targetClass "X" .', "sh:targetClass that is no IRI"),
    ('a:Shape sh:property [ sh:path "p" ] .', "malformed sh:path"),
    ("a:Shape sh:property [ sh:path [] ] .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path ( a:p ) ] .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path () ] .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path [ sh:inversePath a:p , a:q ] ] .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path [ sh:inversePath 1 ] ] .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path _:p ] . _:p sh:inversePath _:p .", "malformed sh:path"),
    ("a:Shape sh:property [ sh:path [ rdf:first a:p ] ] .", "sh:path whose list is malformed"),
    *((PROPERTY.format(part), words) for part, words in [
        ("sh:in a:p", "sh:in whose list is malformed"),
        ("sh:in ( 1 ) , ( 2 )", "more than one sh:in"),
        ("sh:class [ a owl:Class ]", "sh:class that is no IRI"),
        ('sh:datatype "string"', "sh:datatype that is no IRI"),
        ("sh:datatype xsd:string , xsd:date", "more than one sh:datatype"),
        ("sh:nodeKind a:Some", "sh:nodeKind that SHACL does not know"),
        ("sh:minCount 1.5", "sh:minCount that is no integer"),
        ("sh:maxCount 1 , 2", "more than one sh:maxCount"),
        ('sh:uniqueLang "yes"', "sh:uniqueLang that is no boolean"),
        ('sh:deactivated "true"', "sh:deactivated that is no boolean"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("shapes", "words"), ILL, ids=[i[0][:60] for i in ILL])
def test_ill_formed_shapes_are_named(model: Make, shapes: str, words: str) -> None:
    with pytest.raises(BadVocabulary) as caught:
        model("", shapes)
    assert words in caught.value.message
    assert "http://a.example/ns#" in caught.value.message, "the shape is named"
    assert caught.value.where.endswith(".ttl")
    assert caught.value.hint


def test_where_a_blank_shape_is(model: Make) -> None:
    with pytest.raises(BadVocabulary) as caught:
        model("", PROPERTY.format("sh:minCount true"))
    expected = "The property shape of <http://a.example/ns#p> in the shape <http://a.example/ns#Shape>"
    assert caught.value.message.startswith(expected)


FINE = [
    "a:S sh:node a:S ; sh:property [ sh:path a:p ; sh:node a:S ] ; sh:targetClass a:X .",
    "a:S sh:not a:S ; sh:or ( a:S a:S ) ; sh:targetClass a:X .",
    "a:S sh:property a:P . a:P sh:path a:p ; sh:property a:P ; sh:or ( a:P [ sh:class a:X ] ) .",
    "a:S sh:and () ; sh:targetClass a:X ; sh:in () .",
    "a:S sh:targetNode a:x ; sh:targetObjectsOf a:p ; sh:message 1 ; sh:severity a:Odd .",
    'a:X rdfs:subClassOf "text" , [ owl:onProperty a:p ] ; rdfs:domain 1 . a:p rdfs:range "x" ; rdfs:domain a:X .',
    "a:S sh:targetClass a:X ; sh:property [ sh:path rdf:type ] , [ sh:path a:p ; sh:maxCount 0 ; sh:minCount 1 ] .",
    "sh:property a rdf:Property ; rdfs:domain sh:Shape . sh:Shape a rdfs:Class .",
    "a:X a owl:Class ; owl:unionOf ( a:Y a:Z ) ; owl:oneOf ( a:x ) .",
    "a:S sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:datatype xsd:int ; sh:class a:Y ] .",
]


@pytest.mark.parametrize("shapes", FINE)
def test_what_is_odd_but_not_ill_formed_is_taken(model: Make, shapes: str) -> None:
    assert model("", shapes, used=["http://a.example/ns#X"]).hash
