"""Our ontologies meet the shapes about ontologies, and those shapes find what they are for."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from kaigraph.shapes import META_SHAPES, Report, validate
from tests.shapes.support import ROOT, Words, files, turtle

META = Words((), files([META_SHAPES]))
OURS = "https://w3id.org/kaigraph/"
ONTOLOGIES = sorted((ROOT / "ontology").glob("**/*.ttl"))


def own(triples: tuple[Triple, ...]) -> list[Triple]:
    """What is said of our terms: those of others are described elsewhere."""
    return [t for t in triples if not isinstance(t.subject, NamedNode) or t.subject.value.startswith(OURS)]


def report(triples: tuple[Triple, ...], engine: str = "shacl") -> Report:
    return validate(own(triples), META, engine)


def test_our_ontologies_meet_the_shapes() -> None:
    found = report(files(ONTOLOGIES))
    assert not found.blocks, found.as_text()


def test_both_engines_say_the_same_of_them() -> None:
    triples = files(ONTOLOGIES)
    assert report(triples).results == report(triples, "pyshacl").results


GOOD = """core:Thing a owl:Class ; rdfs:label "thing"@en , "것"@ko ;
    skos:definition "Anything."@en , "무엇이든 어떤 것."@ko ;
    skos:example "ex:x a core:Thing ." .
core:has a owl:ObjectProperty ; rdfs:label "has"@en , "가짐"@ko ;
    skos:definition "It has it."@en , "그것을 가지고 있음."@ko ;
    rdfs:domain core:Thing ; rdfs:range core:Thing ; core:inverseName "hadBy" ; skos:example "ex:x core:has ex:y ." .
core:ask a core:SearchPhrase ; rdfs:label "What has $name"@en , "가진 것 $name"@ko ;
    skos:definition "What has it."@en , "그것을 가진 것."@ko ; core:along core:has .
"""
BROKEN = {
    "LabelShape": ('rdfs:label "thing"@en , "것"@ko', 'rdfs:label "thing"@en , "object"@en'),
    "DefinitionShape": ('"Anything."@en , "무엇이든 어떤 것."@ko', '"Anything."@en'),
    "ExampleShape": ('skos:example "ex:x a core:Thing ."', 'skos:note "x"'),
    "ClassNameShape": ("core:Thing", "core:thing"),
    "PropertyNameShape": ("core:has", "core:Has"),
    "PropertyShape": ("rdfs:domain core:Thing", "rdfs:domain core:Thing , core:Other"),
    "DomainShape": ("rdfs:domain core:Thing ;", ""),
    "ThingRangeShape": ("rdfs:range core:Thing ;", ""),
    "LiteralRangeShape": (GOOD[-2:], ".\ncore:size a owl:DatatypeProperty .\n"),
    "DistinctLabelShape": (GOOD[-2:], ".\ncore:Other a owl:Class ; rdfs:label 'thing'@en .\n"),
    "InverseNameShape": (GOOD[-2:], ".\ncore:keeps a owl:ObjectProperty ; core:inverseName 'hadBy' .\n"),
    "ConceptShape": (GOOD[-2:], ".\ncore:one a skos:Concept .\n"),
    "ContractionShape": (GOOD[-2:], ".\ncore:Thing core:contractStart core:has .\n"),
    "UnitShape": (GOOD[-2:], ".\ncore:number core:unitProperty core:nothing .\n"),
    "QuestionShape": ("What has $name", "What has ($name)"),
    "AnswerShape": ("core:along core:has", "core:startsAt core:Thing"),
    "ComparisonShape": ("core:along", "core:comparison 'about' ; core:along"),
    "KeepingShape": ("core:along", "core:keepsProperty core:has ; core:along"),
    "NoCycleShape": (GOOD[-2:], ".\ncore:Thing rdfs:subClassOf core:Thing .\n"),
}


def test_every_shape_about_ontologies_is_tried() -> None:
    shapes = {str(s.subject) for s in META.shapes if str(s.object).endswith("#NodeShape>")}
    assert {s.strip("<>").split("#")[1] for s in shapes} == set(BROKEN)
    assert report(turtle(GOOD)).results == ()


@pytest.mark.parametrize("shape", sorted(BROKEN))
def test_each_finds_what_it_is_for(shape: str) -> None:
    old, new = BROKEN[shape]
    assert old in GOOD
    triples = turtle(GOOD.replace(old, new))
    fast, reference = report(triples), report(triples, "pyshacl")
    assert shape in {r.root.split("#")[1] for r in fast.results}
    assert fast.results == reference.results
    assert all({"en", "ko"} <= set(r.messages) for r in fast.results)
