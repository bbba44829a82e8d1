from __future__ import annotations

from collections.abc import Callable

import pytest

from kaigraph.ontology import Kind, Model

A = "http://a.example/ns#"
Make = Callable[..., Model]

CLASSES = "a:Top a owl:Class . a:Mid a owl:Class ; rdfs:subClassOf a:Top . a:Low a rdfs:Class ; rdfs:subClassOf a:Mid ."


def names(model: Model) -> set[str]:
    return {cls.name for cls in model.classes.values()}


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        ("", set()),
        ("[] sh:targetClass a:Mid .", {"Mid", "Top"}),
        ("a:Top a sh:NodeShape .", {"Top"}),
        ("a:Low sh:property [ sh:path a:p ] .", {"Low", "Mid", "Top"}),
        ("[] sh:property [ sh:path a:p ; sh:or ( [ sh:class a:Mid ] [ sh:datatype xsd:string ] ) ] .", {"Mid", "Top"}),
        ("[] sh:node [ sh:property [ sh:path a:p ; sh:class a:Top ] ] .", {"Top"}),
        ("[] sh:targetClass a:Mid ; sh:deactivated true .", set()),
        ("[] sh:targetClass owl:Class , rdfs:Class , owl:Thing .", set()),
        ("[] sh:targetClass <http://elsewhere.example/Thing> .", {"Thing"}),
        ("[] sh:targetSubjectsOf a:p ; sh:property [ sh:path a:p ] .", set()),
    ],
)
def test_classes_that_shapes_name(model: Make, shapes: str, expected: set[str]) -> None:
    assert names(model(CLASSES, shapes)) == expected


def test_used_classes_and_their_declared_superclasses(model: Make) -> None:
    ontology = CLASSES + "a:Low rdfs:subClassOf <http://elsewhere.example/Far> ."
    assert names(model(ontology, used=[f"{A}Low"])) == {"Low", "Mid", "Top"}
    assert names(model(ontology, used=["http://elsewhere.example/Far"])) == {"Far"}
    assert names(model(ontology, used=["http://www.w3.org/2002/07/owl#NamedIndividual"])) == set()


def test_parents_skip_what_has_no_type_and_number_by_iri(model: Make) -> None:
    ontology = CLASSES + "a:X rdfs:subClassOf a:Between . a:Between rdfs:subClassOf a:Mid , a:Top ."
    found = model(ontology, used=[f"{A}X"])
    assert found.classes[f"{A}X"].parents == (f"{A}Mid",)
    assert found.classes[f"{A}X"].ancestors == (f"{A}Mid", f"{A}Top")
    assert found.classes[f"{A}Top"].descendants == (f"{A}Mid", f"{A}X")
    assert found.class_parents[f"{A}X"] == (f"{A}Between", f"{A}Mid", f"{A}Top")
    assert [cls.number for cls in found.classes.values()] == [1, 2, 3]
    assert list(found.classes) == sorted(found.classes)


def test_a_diamond(model: Make) -> None:
    ontology = """a:L a owl:Class ; rdfs:subClassOf a:T . a:R a owl:Class ; rdfs:subClassOf a:T . a:T a owl:Class .
        a:B rdfs:subClassOf a:L , a:R ."""
    found = model(ontology, used=[f"{A}B"])
    assert found.classes[f"{A}B"].parents == (f"{A}L", f"{A}R")
    assert found.closure(frozenset({f"{A}B"})) == tuple(f"{A}{n}" for n in "BLRT")
    assert found.most_specific(frozenset({f"{A}L", f"{A}T", f"{A}R"})) == f"{A}L"


def test_the_smallest_of_a_cycle_is_the_parent_of_the_others(model: Make) -> None:
    ontology = """a:C a owl:Class ; rdfs:subClassOf a:A . a:A a owl:Class ; rdfs:subClassOf a:B , a:A .
        a:B a owl:Class ; rdfs:subClassOf a:C , a:Out . a:Out a owl:Class . a:In a owl:Class ; rdfs:subClassOf a:B ."""
    found = model(ontology, used=[f"{A}In"]).classes
    assert {iri[-1:]: [p[-1:] for p in cls.parents] for iri, cls in found.items()} == {
        "A": ["t"], "B": ["A"], "n": ["B"], "t": [],
    }  # fmt: skip
    assert f"{A}C" not in found, "nobody uses it, and it is nobody's superclass once the cycle is broken"


def test_equivalent_classes_are_a_cycle(model: Make) -> None:
    found = model("a:Z owl:equivalentClass a:Y . a:Z a owl:Class . a:Y a owl:Class .", used=[f"{A}Z"]).classes
    assert found[f"{A}Z"].parents == (f"{A}Y",)


GENRES = "a:Kind rdfs:subClassOf skos:Concept . a:one a a:Kind . a:two a a:Kind ."


def test_a_closed_concept_class_is_an_enumeration(model: Make) -> None:
    found = model(GENRES, "[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:class a:Kind ] .")
    field = next(f for f in found.classes[f"{A}X"].fields if f.name == "p")
    assert (field.kind, field.enum, field.classes) == (Kind.ENUM, f"{A}Kind", ())
    assert [value.name for value in found.enumerations[f"{A}Kind"].values] == ["ONE", "TWO"]
    assert f"{A}Kind" not in found.classes


@pytest.mark.parametrize(
    ("ontology", "used"),
    [
        ("a:Kind rdfs:subClassOf skos:Concept .", []),
        ("a:Kind rdfs:subClassOf skos:Concept . a:one a a:Kind . [] a a:Kind .", []),
        (GENRES, [f"{A}Kind"]),
        (GENRES + "a:Sub rdfs:subClassOf a:Kind .", [f"{A}Sub"]),
        ("a:one a a:Kind .", []),
    ],
    ids=["no instance", "a blank one", "the data adds some", "the data adds some below", "no concepts"],
)
def test_an_open_one_is_a_class(model: Make, ontology: str, used: list[str]) -> None:
    shapes = "[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:class a:Kind ] ."
    found = model(ontology, shapes, used)
    assert f"{A}Kind" in found.classes
    assert f"{A}Kind" not in found.enumerations


def test_inherited_enumerations(model: Make) -> None:
    ontology = GENRES + "a:Sub rdfs:subClassOf a:Kind . a:three a a:Sub ."
    found = model(ontology).enumerations
    assert [value.name for value in found[f"{A}Kind"].values] == ["ONE", "THREE", "TWO"]
    assert [value.name for value in found[f"{A}Sub"].values] == ["THREE"]


def test_a_thousand_subclasses_and_a_deep_chain(model: Make) -> None:
    flat = "".join(f"a:S{n} a owl:Class ; rdfs:subClassOf a:Top .\n" for n in range(1000))
    shape = "a:Top a owl:Class , sh:NodeShape ; sh:property [ sh:path a:p ; sh:class a:Top ] ."
    found = model(flat, shape, used=[f"{A}S{n}" for n in range(1000)])
    assert len(found.classes[f"{A}Top"].descendants) == 1000
    assert {f.name for f in found.classes[f"{A}S999"].fields} == {"p", "pOf"}
    deep = "".join(f"a:D{n} a owl:Class ; rdfs:subClassOf a:D{n + 1} .\n" for n in range(1200))
    assert len(model(deep, used=[f"{A}D0"]).classes[f"{A}D0"].ancestors) == 1199
