from __future__ import annotations

from collections.abc import Callable

import pytest

from kaigraph.ontology import Field, Kind, Model

A = "http://a.example/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
Make = Callable[..., Model]


def field(model: Model, cls: str, name: str) -> Field:
    return {f.name: f for f in model.classes[A + cls].fields}[name]


def short(found: Field) -> tuple[Kind, list[str], list[str]]:
    datatypes, classes = ([i.rpartition("#")[2] or i for i in iris] for iris in (found.datatypes, found.classes))
    return found.kind, sorted(datatypes), sorted(classes)


KINDS = [
    ("sh:datatype xsd:date", Kind.LITERAL, ["date"], []),
    ("sh:class a:Y", Kind.THING, [], ["Y"]),
    ("sh:nodeKind sh:Literal", Kind.LITERAL, [], []),
    ("sh:nodeKind sh:BlankNodeOrIRI", Kind.THING, [], []),
    ("sh:nodeKind sh:IRIOrLiteral", Kind.MIXED, [], []),
    ("", Kind.MIXED, [], []),
    ('sh:in ( "x" "y" )', Kind.LITERAL, ["string"], []),
    ('sh:in ( "x" 1 "z"@en )', Kind.LITERAL, ["integer", "langString", "string"], []),
    ("sh:in ( a:one )", Kind.ENUM, [], []),
    ("sh:in ( a:one a:other )", Kind.THING, [], []),
    ('sh:in ( a:other "x" )', Kind.MIXED, ["string"], []),
    ("sh:class a:Kind", Kind.ENUM, [], []),
    ("sh:or ( [ sh:class a:Kind ] [ sh:class a:Y ] )", Kind.THING, [], []),
    ("sh:or ( [ sh:datatype xsd:string ] [ sh:class a:Y ] )", Kind.MIXED, ["string"], ["Y"]),
    ("sh:or ( [ sh:datatype xsd:string ] [ sh:datatype xsd:date ] )", Kind.LITERAL, ["date", "string"], []),
    ("sh:xone ( [ sh:class a:Y ] [ sh:class a:Y2 ] )", Kind.THING, [], ["Y"]),
    ("sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class a:Y2 ] )", Kind.THING, [], ["Y2"]),
    ("sh:node [ sh:class a:Y ]", Kind.THING, [], ["Y"]),
    ("sh:node [ sh:property [ sh:path a:q ] ]", Kind.THING, [], []),
    ("sh:node a:YShape", Kind.THING, [], ["Y"]),
    ('sh:languageIn ( "en" )', Kind.LITERAL, [], []),
    ("sh:class <http://elsewhere.example/T>", Kind.THING, [], ["http://elsewhere.example/T"]),
]


@pytest.mark.parametrize(("shape", "kind", "datatypes", "classes"), KINDS, ids=[k[0] or "nothing" for k in KINDS])
def test_kinds_from_shapes(model: Make, shape: str, kind: Kind, datatypes: list[str], classes: list[str]) -> None:
    ontology = "a:Kind rdfs:subClassOf skos:Concept . a:one a a:Kind . a:Y a owl:Class . a:Y2 rdfs:subClassOf a:Y ."
    shapes = f"[] sh:targetClass a:X ; sh:property [ sh:path a:p ; {shape} ] . a:YShape sh:targetClass a:Y ."
    assert short(field(model(ontology, shapes), "X", "p")) == (kind, datatypes, classes)


RANGES = [
    ("a owl:ObjectProperty", Kind.THING, [], []),
    ("a owl:ObjectProperty ; rdfs:range a:Y", Kind.THING, [], ["Y"]),
    ("a owl:DatatypeProperty", Kind.LITERAL, [], []),
    ("a owl:DatatypeProperty ; rdfs:range a:custom", Kind.LITERAL, ["custom"], []),
    ("a rdf:Property", Kind.MIXED, [], []),
    ("a rdf:Property ; rdfs:range xsd:gYear", Kind.LITERAL, ["gYear"], []),
    ("a rdf:Property ; rdfs:range rdfs:Literal", Kind.LITERAL, [], []),
    ("a rdf:Property ; rdfs:range rdfs:Resource", Kind.MIXED, [], []),
    ("a rdf:Property ; rdfs:range a:Y", Kind.THING, [], ["Y"]),
    ("a rdf:Property ; rdfs:range [ owl:unionOf ( a:Y a:W ) ]", Kind.THING, [], ["W", "Y"]),
    ("a owl:ObjectProperty ; rdfs:range a:NoType", Kind.THING, [], []),
    ("a owl:ObjectProperty ; rdfs:range a:AboveY", Kind.THING, [], ["Y"]),
    ("a owl:SymmetricProperty", Kind.THING, [], []),
    ("rdfs:subPropertyOf a:q . a:q a owl:ObjectProperty ; rdfs:range a:Y", Kind.THING, [], ["Y"]),
]


@pytest.mark.parametrize(("declared", "kind", "datatypes", "classes"), RANGES, ids=[r[0] for r in RANGES])
def test_kinds_from_the_ontology(
    model: Make, declared: str, kind: Kind, datatypes: list[str], classes: list[str]
) -> None:
    ontology = f"a:p {declared} . a:Y rdfs:subClassOf a:AboveY . a:p rdfs:domain a:X ."
    shapes = "[] sh:targetClass a:Y , a:W . [] sh:targetClass a:Z ; sh:property [ sh:path a:p ; sh:minCount 1 ] ."
    found = model(ontology, shapes, used=[f"{A}X"])
    assert short(field(found, "X", "p")) == (kind, datatypes, classes), "a class without a shape"
    assert short(field(found, "Z", "p")) == (kind, datatypes, classes), "a shape that does not say"
    assert field(found, "X", "p").many
    assert not field(found, "X", "p").mandatory


@pytest.mark.parametrize(("said", "mandatory"), [("", False), ("sh:datatype xsd:int ;", True)])
def test_what_the_ontology_alone_says_is_not_demanded(model: Make, said: str, mandatory: bool) -> None:
    """A shape that demands a value, and does not say which, lets one through that is no xsd:int."""
    shapes = f"[] sh:targetClass a:X ; sh:property [ sh:path a:q ; {said} sh:minCount 1 ; sh:maxCount 1 ] ."
    found = field(model("a:q rdfs:range xsd:int .", shapes), "X", "q")
    assert (found.datatypes, found.mandatory) == ((f"{XSD}int",), mandatory)


def test_shapes_that_say_half_are_filled_in_by_the_ontology(model: Make) -> None:
    found = model(
        "a:p rdfs:range a:Y . a:q rdfs:range xsd:int .",
        """[] sh:targetClass a:Y . [] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:nodeKind sh:IRI ] ,
        [ sh:path a:q ; sh:nodeKind sh:Literal ; sh:maxCount 1 ] .""",
    )
    assert short(field(found, "X", "p")) == (Kind.THING, [], ["Y"])
    assert short(field(found, "X", "q")) == (Kind.LITERAL, ["int"], [])


def test_a_class_with_a_shape_has_what_the_shape_says_and_no_more(model: Make) -> None:
    found = model("a:p rdfs:domain a:X .", "[] sh:targetClass a:X ; sh:property [ sh:path a:q ] .")
    assert [f.name for f in found.classes[f"{A}X"].fields] == ["q"]


def test_domains_are_inherited_also_from_classes_without_a_type(model: Make) -> None:
    ontology = "a:Low rdfs:subClassOf a:High . a:p rdfs:domain a:High . a:q rdfs:domain [ owl:unionOf ( a:Low a:Z ) ] ."
    found = model(ontology, used=[f"{A}Low", f"{A}Z"])
    assert [f.name for f in found.classes[f"{A}Low"].fields] == ["p", "q"]
    assert [f.name for f in found.classes[f"{A}Z"].fields] == ["q"]
    assert f"{A}High" not in found.classes


def test_shapes_merge_and_are_inherited(model: Make) -> None:
    found = model(
        "a:Low rdfs:subClassOf a:X .",
        """[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:datatype xsd:string ] ; sh:node a:More .
        a:Again sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:maxCount 1 ] , [ sh:path a:p ; sh:minCount 1 ] ;
          sh:and ( [ sh:property [ sh:path a:s ; sh:uniqueLang true ; sh:datatype rdf:langString ] ] ) .
        a:More sh:property [ sh:path a:q ] ; sh:node a:More .
        a:Low a sh:NodeShape, owl:Class .""",
    )
    fields = {f.name: f for f in found.classes[f"{A}Low"].fields}
    assert set(fields) == {"p", "q", "s"}
    assert fields == {f.name: f for f in found.classes[f"{A}X"].fields}
    p = fields["p"]
    assert (p.many, p.mandatory, p.datatypes) == (False, True, (f"{XSD}string",))
    assert (fields["s"].unique_lang, fields["s"].datatypes) == (True, (LANG_STRING,))


def test_alternatives_demand_nothing(model: Make) -> None:
    found = model("", """[] sh:targetClass a:X ; sh:or (
        [ sh:property [ sh:path a:p ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ]
        [ sh:property [ sh:path a:p ; sh:datatype xsd:date ] ] ) .""")  # fmt: skip
    p = field(found, "X", "p")
    assert (p.many, p.mandatory) == (True, False)
    assert short(p) == (Kind.LITERAL, ["date", "string"], [])


def test_deactivated_shapes_and_long_paths_make_no_field(model: Make) -> None:
    found = model("", """[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:deactivated true ] ,
        [ sh:path ( a:q a:r ) ] , [ sh:path [ sh:alternativePath ( a:q a:r ) ] ] ,
        [ sh:path [ sh:zeroOrMorePath a:q ] ] ,
        [ sh:path [ sh:inversePath [ sh:oneOrMorePath a:q ] ] ] , [ sh:path a:kept ] ;
        sh:node [ sh:deactivated true ; sh:property [ sh:path a:t ] ] .""")  # fmt: skip
    assert [f.name for f in found.classes[f"{A}X"].fields] == ["kept"]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ("sh:datatype xsd:integer ; sh:minInclusive 0 ; sh:maxInclusive 10", (0, 10)),
        ("sh:datatype xsd:integer ; sh:minExclusive 0 ; sh:maxExclusive 10", (1, 9)),
        ("sh:datatype xsd:decimal ; sh:minExclusive 0 ; sh:maxExclusive 10.5", (0, 11)),
        ("sh:datatype xsd:int ; sh:minInclusive 0.5 ; sh:maxInclusive 1.5", (1, 1)),
        ("sh:datatype xsd:integer ; sh:minInclusive 3 ; sh:minExclusive 5", (6, None)),
        ('sh:datatype xsd:double ; sh:maxInclusive "INF"^^xsd:double', (None, None)),
        ('sh:datatype xsd:date ; sh:minInclusive "2020-01-01"^^xsd:date', (None, None)),
        ("sh:maxInclusive 2147483648", (None, 2147483648)),
    ],
)
def test_bounds(model: Make, bounds: str, expected: tuple[int | None, int | None]) -> None:
    found = model("", f"[] sh:targetClass a:X ; sh:property [ sh:path a:p ; {bounds} ] .")
    assert field(found, "X", "p").bounds == expected


WIDEN = """[] sh:targetClass a:L ; sh:property [ sh:path a:p ; {left} ] .
    [] sh:targetClass a:R ; sh:property [ sh:path a:p ; {right} ] . [] sh:targetClass a:Y ."""
DIAMOND = "a:B rdfs:subClassOf a:L , a:R . a:Kind rdfs:subClassOf skos:Concept . a:one a a:Kind ."


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("sh:datatype xsd:string", "sh:datatype xsd:date", (Kind.LITERAL, ["date", "string"], [])),
        ("sh:datatype xsd:string", "sh:nodeKind sh:Literal", (Kind.LITERAL, [], [])),
        ("sh:datatype xsd:string", "sh:class a:Y", (Kind.MIXED, ["string"], ["Y"])),
        ("sh:class a:Kind", "sh:class a:Y", (Kind.THING, [], [])),
        ("sh:class a:Kind", "sh:class a:Kind", (Kind.ENUM, [], [])),
        ("sh:class a:Kind", "sh:datatype xsd:string", (Kind.MIXED, ["string"], [])),
        ("sh:class a:Y", "", (Kind.MIXED, [], [])),
        ("sh:class a:Y", "sh:class a:L", (Kind.THING, [], ["L", "Y"])),
    ],
)
def test_types_are_widened_for_all_related_classes(
    model: Make, left: str, right: str, expected: tuple[Kind, list[str], list[str]]
) -> None:
    shapes = WIDEN.format(left=left, right=right)
    related = model(DIAMOND, shapes, used=[f"{A}B"])
    assert {short(field(related, cls, "p"))[0] for cls in "LRB"} == {expected[0]}
    assert [short(field(related, cls, "p")) for cls in "LRB"] == [expected] * 3
    if left != right:
        apart = model(DIAMOND, shapes)
        assert short(field(apart, "L", "p")) != short(field(apart, "R", "p")), (
            "without a common subclass they are not related"
        )


def test_cardinality_and_bounds_are_widened_and_demands_are_not(model: Make) -> None:
    left = "sh:datatype xsd:integer ; sh:maxCount 1 ; sh:minCount 1 ; sh:minInclusive 1 ; sh:maxInclusive 5"
    shapes = WIDEN.format(left=left, right="sh:datatype xsd:integer ; sh:minInclusive 0")
    found = model(DIAMOND, shapes, used=[f"{A}B"])
    fields = {cls: field(found, cls, "p") for cls in "LRB"}
    assert {f.many for f in fields.values()} == {True}
    assert {f.bounds for f in fields.values()} == {(0, None)}
    assert {cls: f.mandatory for cls, f in fields.items()} == {"L": True, "R": False, "B": True}


def test_a_subclass_narrows_nothing(model: Make) -> None:
    found = model(
        "a:Low rdfs:subClassOf a:High .",
        """[] sh:targetClass a:High ; sh:property [ sh:path a:p ] .
        [] sh:targetClass a:Low ;
          sh:property [ sh:path a:p ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minCount 1 ] .""",
    )
    assert [short(field(found, cls, "p")) for cls in ("High", "Low")] == [(Kind.MIXED, [], [])] * 2
    assert [field(found, cls, "p").many for cls in ("High", "Low")] == [True, True]
    assert [field(found, cls, "p").mandatory for cls in ("High", "Low")] == [False, True]


def test_inverse_fields_are_on_the_classes_led_to_and_below(model: Make) -> None:
    found = model(
        "a:Low rdfs:subClassOf a:Y . a:Sub rdfs:subClassOf a:X .",
        """[] sh:targetClass a:X , a:W ; sh:property [ sh:path a:p ; sh:class a:Y ; sh:maxCount 1 ] .
        [] sh:targetClass a:Low , a:Sub ; sh:property [ sh:path a:q ] .""",
    )
    inverse = field(found, "Low", "pOf")
    assert inverse == field(found, "Y", "pOf")
    assert (inverse.inverse, inverse.many, inverse.mandatory, inverse.kind) == (True, True, False, Kind.THING)
    assert inverse.classes == (f"{A}W", f"{A}X")
    assert [f.name for f in found.classes[f"{A}W"].fields] == ["p"]
    assert not any(f.inverse and f.property.iri == f"{A}q" for c in found.classes.values() for f in c.fields)


def test_an_inverse_path_sets_the_cardinality_of_its_field(model: Make) -> None:
    shapes = """[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:class a:Y ] .
        [] sh:targetClass a:Y ; sh:property [ sh:path [ sh:inversePath a:p ] ; sh:maxCount 1 ; sh:minCount 1 ] ."""
    found = field(model("", shapes), "Y", "pOf")
    assert (found.many, found.mandatory, found.classes) == (False, True, (f"{A}X",))
    only = field(model("", "[] sh:targetClass a:Y ; sh:property [ sh:path [ sh:inversePath a:p ] ] ."), "Y", "pOf")
    assert (only.many, only.kind, only.classes) == (True, Kind.THING, ())


def test_units_contractions_and_examples(model: Make) -> None:
    found = model(
        """a:Tie a owl:Class ; core:contractStart a:from ; core:contractEnd a:to ; skos:example "b" , "a" .
        a:Knot rdfs:subClassOf a:Tie . a:Half core:contractStart a:from . a:size core:unitProperty a:unit .""",
        "[] sh:targetClass a:Knot , a:Half ; sh:property [ sh:path a:size ] .",
    )
    assert found.classes[f"{A}Knot"].contraction == found.classes[f"{A}Tie"].contraction == (f"{A}from", f"{A}to")
    assert found.classes[f"{A}Half"].contraction is None
    assert found.classes[f"{A}Tie"].examples == ("a", "b")
    assert found.properties[f"{A}size"].unit == f"{A}unit"
