from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaigraph.ontology import Model, Renaming
from kaigraph.ontology import naming as n
from kaigraph.ontology.names import TYPE_SUFFIXES, reserved_field, reserved_root, reserved_type

A, B = "http://a.example/ns#", "http://b.example/ns#"
Make = Callable[..., Model]
GRAPHQL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@pytest.mark.parametrize(
    ("name", "field"),
    [("HasPart", "hasPart"), ("GPUCount", "gpuCount"), ("IRI", "iri"), ("x", "x"), ("H100Count", "h100Count"),
     ("hasPart", "hasPart"), ("A_B", "a_B"), ("ABc", "aBc")],
)  # fmt: skip
def test_field_case(name: str, field: str) -> None:
    assert n.field_case(name) == field


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("underReview", "UNDER_REVIEW"),
        ("KRW", "KRW"),
        ("fairyTale", "FAIRY_TALE"),
        ("XMLFile2", "XML_FILE2"),
        ("a_b", "A_B"),
    ],
)
def test_value_case(name: str, value: str) -> None:
    assert n.value_case(name) == value


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("book", "books"),
        ("entity", "entities"),
        ("day", "days"),
        ("box", "boxes"),
        ("class", "classes"),
        ("match", "matches"),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert n.plural(one) == many


@pytest.mark.parametrize(
    ("iri", "space", "local"),
    [("http://x.y/z#A", "http://x.y/z#", "A"), ("http://x.y/z/A", "http://x.y/z/", "A"), ("urn:x:A", "urn:x:", "A"),
     ("http://x.y/z/A/", "http://x.y/z/", "A"), ("http://x.y/기관", "http://x.y/", "기관")],
)  # fmt: skip
def test_parts_of_an_iri(iri: str, space: str, local: str) -> None:
    assert (n.namespace(iri), n.local_name(iri)) == (space, local)


def test_escaping() -> None:
    assert n.escaped("기관") == "u_ae30_ad00"
    assert n.escaped("AI기관2") == "AI_ae30_ad00_2"
    assert n.escaped("2nd") == "u_2nd"
    assert n.escaped("") == "unnamed"


@settings(deadline=None)
@given(st.text(max_size=12))
def test_every_text_gives_a_safe_name(text: str) -> None:
    for case in (n.type_case, n.field_case, n.value_case):
        assert GRAPHQL_NAME.match(case(n.escaped(text)))
    for name in (n.camelised(text), n.parted(text)):
        assert name is None or GRAPHQL_NAME.match(name)


NAMES = [
    ("", "a:part", "part"),
    ("", "a:Part", "part"),
    ("", "a:family_name", "family_name"),
    ("", "a:has-part", "hasPart"),
    ('a:부분 rdfs:label "부분"@ko , "part of it"@en .', "a:부분", "partOfIt"),
    ('a:부분 rdfs:label "부분"@ko , "2nd part"@en .', "a:부분", "u_bd80_bd84"),
    ('a:부분 rdfs:label "부분" .', "a:부분", "u_bd80_bd84"),
    ("", "a:_hidden", "u_5f_hidden"),
    ("", "<http://a.example/ns#>", "ns"),
    ('a:part core:name "piece" .', "a:part", "piece"),
    ('a:part core:name "not good" .', "a:part", "part"),
    ("", "a:label", "labelA"),
    ("", "a:iri", "iriA"),
]


@pytest.mark.parametrize(("ontology", "prop", "name"), NAMES, ids=[f"{p[1]} {p[2]}" for p in NAMES])
def test_names_of_properties(model: Make, ontology: str, prop: str, name: str) -> None:
    found = model(ontology, f"[] sh:targetClass a:X ; sh:property [ sh:path {prop} ] .")
    assert [p.name for p in found.properties.values()] == [name]


def test_renamings_say_what_was_wanted_and_why(model: Make) -> None:
    found = model("", "[] sh:targetClass a:X , b:X , a:기관 ; sh:property [ sh:path a:label ] .")
    assert found.renamings == (
        Renaming(f"{A}label", "label", "labelA", "label is a name of the API's own"),
        Renaming(f"{A}기관", "기관", "U_ae30_ad00", "not a name that GraphQL, Cypher and SQL can bear"),
        Renaming(f"{B}X", "X", "XB", f"X meets a name of <{A}X>"),
    )


def test_two_classes_of_one_name_and_who_keeps_it(model: Make) -> None:
    target = "[] sh:targetClass a:X , b:X ."
    assert {c.iri: (c.name, c.plural) for c in model("", target).classes.values()} == {
        f"{A}X": ("X", "xes"),
        f"{B}X": ("XB", "xbs"),
    }
    wished = model('b:X core:name "X" .', target).classes
    assert (wished[f"{A}X"].name, wished[f"{B}X"].name) == ("XA", "X")


def test_core_keeps_its_names(model: Make) -> None:
    found = model("", "[] sh:targetClass a:Claim , core:Claim .")
    assert {c.name for c in found.classes.values()} == {"Claim", "ClaimA"}
    assert found.classes["https://w3id.org/kaigraph/core#Claim"].name == "Claim"


def test_without_a_prefix_the_namespace_tells_apart_then_a_number(model: Make) -> None:
    one, two = "http://x.example/books/X", "http://y.example/books/X"
    found = model("", f"[] sh:targetClass a:X , <{one}> , <{two}> .").classes
    assert [found[iri].name for iri in (f"{A}X", one, two)] == ["X", "XBooks", "XBooks2"]


@pytest.mark.parametrize("suffix", [*TYPE_SUFFIXES[1:], "edge"])
def test_a_class_does_not_meet_what_is_made_of_another(model: Make, suffix: str) -> None:
    found = model("", f"[] sh:targetClass a:X , b:X{suffix} .").classes
    assert found[f"{B}X{suffix}"].name == f"X{suffix}B"


@pytest.mark.parametrize(
    "name", ["Node", "Query", "Resource", "Decimal", "Uri", "String", "LoudFilter", "node", "NodeEdge"]
)
def test_fixed_types_are_left_alone(model: Make, name: str) -> None:
    given_name = model("", f"[] sh:targetClass a:{name} .").classes[f"{A}{name}"].name
    assert given_name == n.type_case(name) + "A"


def test_classes_and_enumerations_share_one_set_of_names(model: Make) -> None:
    found = model("b:X rdfs:subClassOf skos:Concept . b:one a b:X .", "[] sh:targetClass a:X .")
    assert found.classes[f"{A}X"].name == "X"
    assert found.enumerations[f"{B}X"].name == "XB"


@pytest.mark.parametrize(
    ("ontology", "cls", "plural"),
    [("", "a:Person", "persons"), ('a:Person core:pluralName "people" .', "a:Person", "people"), ("", "a:GPU", "gpus"),
     ('a:X core:pluralName "nodes" .', "a:X", "nodesA"), ("", "a:Path", "pathsA"), ("", "a:기관", "u_ae30_ad00s")],
)  # fmt: skip
def test_names_of_lists(model: Make, ontology: str, cls: str, plural: str) -> None:
    assert [c.plural for c in model(ontology, f"[] sh:targetClass {cls} .").classes.values()] == [plural]


def test_lists_do_not_meet(model: Make) -> None:
    found = model('b:Other core:pluralName "xes" .', "[] sh:targetClass a:X , b:Other .").classes
    assert (found[f"{B}Other"].plural, found[f"{A}X"].plural) == ("xes", "xesA")


INVERSES = [
    ("", "pOf"),
    ('a:p core:inverseName "ps" .', "ps"),
    ("a:p owl:inverseOf a:q .", "q"),
    ("a:q owl:inverseOf a:p .", "q"),
    ('a:p owl:inverseOf a:q ; core:inverseName "ps" .', "q"),
    ('a:p owl:inverseOf a:field ; core:inverseName "ps" .', "ps"),
    ("a:p owl:inverseOf a:field .", "pOf"),
    ("a:p owl:inverseOf a:p .", "pOf"),
    ('a:p core:inverseName "field" .', "pOf"),
    ('a:p core:inverseName "claims" .', "pOf"),
    ('a:p owl:inverseOf a:q . a:q core:name "backwards" .', "backwards"),
]


@pytest.mark.parametrize(("ontology", "name"), INVERSES, ids=[i[0] or "nothing" for i in INVERSES])
def test_names_of_inverses(model: Make, ontology: str, name: str) -> None:
    shape = "[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:class a:X ] , [ sh:path a:field ; sh:class a:X ] ."
    found = model(ontology, shape)
    assert found.properties[f"{A}p"].inverse_name == name
    assert {f.name for f in found.classes[f"{A}X"].fields} == {"p", "field", name, "fieldOf"}


def test_a_literal_property_takes_no_inverse_name_from_others(model: Make) -> None:
    shape = "[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:datatype xsd:int ] , [ sh:path a:pOf ] ."
    found = model("", shape)
    assert found.properties[f"{A}pOf"].name == "pOf"
    assert not found.renamings


@pytest.mark.parametrize(
    ("concept", "more", "name"),
    [("a:underReview", "", "UNDER_REVIEW"), ("a:fairy-tale", "", "FAIRY_TALE"),
     ("a:시집", 'skos:notation "poems" ;', "POEMS"),
     ("a:시집", 'skos:prefLabel "book of poems"@en ;', "BOOK_OF_POEMS"), ("a:시집", "", "U_C2DC_C9D1"),
     ("a:true", "", "TRUE_A"), ("<http://x.example/3>", "", "U_3"), ("a:x", 'core:name "why" ;', "why")],
)  # fmt: skip
def test_names_of_values(model: Make, concept: str, more: str, name: str) -> None:
    found = model(f"a:K rdfs:subClassOf skos:Concept . {concept} {more} a a:K .")
    assert [v.name for v in found.enumerations[f"{A}K"].values] == [name]


def test_values_of_one_name(model: Make) -> None:
    found = model("a:K rdfs:subClassOf skos:Concept . a:one a a:K . b:One a a:K .")
    assert {v.iri: v.name for v in found.enumerations[f"{A}K"].values} == {f"{A}one": "ONE", f"{B}One": "ONE_B"}


LOCALS = st.sampled_from(
    [
        "X",
        "x",
        "XNode",
        "xNode",
        "Node",
        "Query",
        "label",
        "claims",
        "Label",
        "xOf",
        "XOf",
        "기관",
        "has-part",
        "true",
        "A_B",
    ]
)
TERMS = st.lists(
    st.tuples(st.sampled_from(["http://a.example/ns#", "http://c.example/q/", "urn:n:"]), LOCALS), max_size=8
)


@settings(deadline=None)
@given(classes=TERMS, properties=TERMS)
def test_names_are_safe_and_unique_whatever_the_terms(
    model: Make, classes: list[tuple[str, str]], properties: list[tuple[str, str]]
) -> None:
    targets = "".join(f"[] sh:targetClass <{space}c/{local}> .\n" for space, local in classes)
    fields = "".join(
        f"[] sh:targetClass a:Z ; sh:property [ sh:path <{space}{local}> ; sh:class a:Z ] .\n"
        for space, local in properties
    )
    found = model("", targets + fields)
    types = [cls.name + suffix for cls in found.classes.values() for suffix in TYPE_SUFFIXES]
    assert len({name.lower() for name in types}) == len(types)
    used = [name for p in found.properties.values() for name in (p.name, p.inverse_name)]
    assert len({name.lower() for name in used}) == len(used)
    plurals = [cls.plural for cls in found.classes.values()]
    assert len({name.lower() for name in plurals}) == len(plurals)
    assert all(GRAPHQL_NAME.match(name) for name in types + used + plurals)
    assert not any(reserved_type(cls.name) for cls in found.classes.values())
    assert not any(map(reserved_field, used))
    assert not any(map(reserved_root, plurals))
