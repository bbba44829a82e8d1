from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse, serialize

from kaigraph.ontology import DEFAULT_ONTOLOGY, Kind, Model, make_model, read_vocabulary

FOREIGN = Path(__file__).parent.parent / "foreign"
CORE_SHAPES = Path(__file__).parent.parent.parent / "shapes" / "core.ttl"
ZOO, LIB = "http://example.org/zoo#", "http://example.com/library/"
Make = Callable[..., Model]
USED = frozenset({f"{ZOO}{name}" for name in ("Duck", "Enclosure", "Swimmer", "Flyer", "Animal")})


def foreign() -> Model:
    return make_model(read_vocabulary([FOREIGN / "ontology.ttl"], [FOREIGN / "shapes.ttl", CORE_SHAPES]), USED)


@pytest.fixture(scope="module")
def pieces() -> tuple[list[Triple], list[Triple]]:
    return tuple(  # type: ignore[return-value] # two of them
        [Triple(q.subject, q.predicate, q.object) for q in parse(path=FOREIGN / f"{name}.ttl")]
        for name in ("ontology", "shapes")
    )


PREFIXES = {"zoo": ZOO, "lib": LIB}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.floats(0.1, 0.9))
def test_order_of_triples_and_files_and_blank_names_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, pieces: tuple[list[Triple], list[Triple]], seed: int, cut: float
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    ontology, shapes = ([*triples] for triples in pieces)
    chance = random.Random(seed)  # noqa: S311 # a shuffle, no secret
    chance.shuffle(ontology)
    chance.shuffle(shapes)
    names = ["p.ttl", "q.ttl"]
    chance.shuffle(names)
    half = int(len(ontology) * cut)  # no blank node in the ontology: it can be cut anywhere
    for name, triples in [*zip(names, (ontology[:half], ontology[half:]), strict=True), ("s.ttl", shapes)]:
        serialize(triples, folder / name, RdfFormat.TURTLE, prefixes=PREFIXES)
    paths = [folder / "q.ttl", folder / "p.ttl"]
    chance.shuffle(paths)
    found = make_model(read_vocabulary(paths, [CORE_SHAPES, folder / "s.ttl"]), USED)
    expected = foreign()
    assert found.hash == expected.hash
    assert found.classes == expected.classes
    assert found.properties == expected.properties
    assert found.renamings == expected.renamings


def test_the_hash_sees_what_the_model_says(model: Make) -> None:
    base = ("a:X a owl:Class .", "[] sh:targetClass a:X ; sh:property [ sh:path a:p ; sh:datatype xsd:int ] .")
    other = [
        (base[0] + 'a:X rdfs:label "x"@en .', base[1]),
        (base[0], base[1].replace("xsd:int", "xsd:long")),
        (base[0], base[1].replace("a:p ;", "a:p ; sh:maxCount 1 ;")),
        (base[0] + "a:K rdfs:subClassOf skos:Concept . a:k a a:K .", base[1]),
        (base[0] + "a:X rdfs:subClassOf a:Far .", base[1]),
    ]
    hashes = {model(*texts).hash for texts in [base, *other]}
    assert len(hashes) == 1 + len(other)
    message = base[1].replace("a:p ;", 'a:p ; sh:message "only words" ;')
    assert model(base[0], message).hash == model(*base).hash


def test_the_foreign_ontology() -> None:
    model = foreign()
    by_name = {cls.name: cls for cls in model.classes.values()}
    assert {"Record", "RecordZoo", "Keeper", "U_d589_c0ac", "Duck", "Enclosure", "Claim"} <= set(by_name)
    assert by_name["Duck"].parents == (f"{ZOO}Flyer", f"{ZOO}Swimmer")
    fields = {name: {field.name: field for field in cls.fields} for name, cls in by_name.items()}
    assert fields["Animal"]["note"].kind is Kind.MIXED
    assert fields["Animal"]["legs"].bounds == (0, 1000)
    assert fields["Animal"]["livesIn"].inverse, "zoo:livesIn is the declared inverse of zoo:houses"
    assert [fields[name]["water"].many for name in ("Swimmer", "Flyer", "Duck")] == [True] * 3
    assert fields["Book"]["genre"].enum == f"{LIB}Genre"
    assert not fields["Book"]["describesOf"].many
    named = {name for name, field in fields["Enclosure"].items() if "kaigraph/core#" not in field.property.iri}
    assert named == {"area", "houses", "open"}
    assert [value.name for value in model.enumerations[f"{LIB}Genre"].values] == [
        "FAIRY_TALE",
        "NATURAL_HISTORY",
        "POEMS",
    ]
    assert model.languages == ("en", "ko")
    assert not any("kai" in iri for iri in model.classes if "core#" not in iri)


def test_fields_agree_wherever_classes_are_related() -> None:
    for model in (foreign(), make_model(read_vocabulary([DEFAULT_ONTOLOGY], [CORE_SHAPES.parent]))):
        for cls in model.classes.values():
            own = {field.name: field for field in cls.fields}
            assert len(own) == len(cls.fields)
            for above in cls.ancestors:
                for field in model.classes[above].fields:
                    mine = own[field.name]
                    assert (mine.kind, mine.many, mine.datatypes, mine.classes, mine.enum, mine.bounds) == (
                        field.kind, field.many, field.datatypes, field.classes, field.enum, field.bounds,
                    )  # fmt: skip
                    assert mine.mandatory or not field.mandatory
            assert all(target in model.classes for field in cls.fields for target in field.classes)
