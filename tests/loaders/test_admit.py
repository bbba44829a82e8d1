"""What the gate says of resolved data, and where it says that it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kaigraph.loaders.admission.once import DATATYPE
from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.shapes import INFO, Report, Result
from kaigraph.shapes.checks import MOST, UNDESCRIBED_GRAPH, UNSOURCED_FACT

EX = "http://example.org/"
PREFIXES = """@prefix core: <https://w3id.org/kaigraph/core#> . @prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
"""
ONTOLOGY = """<http://example.org> a owl:Ontology . ex:Pond a owl:Class . ex:depth a owl:DatatypeProperty .
ex:water a owl:ObjectProperty . ex:opened a owl:DatatypeProperty ."""
SHAPES = """ex:PondShape a sh:NodeShape ; sh:targetClass ex:Pond ;
    sh:property [ sh:path ex:depth ; sh:maxCount 1 ; sh:datatype xsd:integer ] , [ sh:path ex:opened ; sh:maxCount 1 ] ,
        [ sh:path ex:water ; sh:node [ sh:property [ sh:path ex:depth ; sh:maxCount 1 ; sh:datatype xsd:integer ] ] ] ,
        [ sh:path rdfs:label ; sh:minCount 1 ; sh:severity sh:Info ] .
ex:WaterShape a sh:NodeShape ; sh:targetObjectsOf ex:water ;
    sh:property [ sh:path ex:depth ; sh:datatype xsd:integer ] ."""
SOURCE = 'ex:paper a core:Source ; core:published "2025-02-20"^^edtf:EDTF ; core:paragraphCount 3 .\n'


def claim(name: str, graph: str, *, paragraph: int = 1, more: str = "") -> str:
    said = f"core:source ex:paper ; core:paragraph {paragraph} ; core:certainty core:stated {more}"
    return f"ex:{name} {{ {graph} }}\nex:{name} {said} .\n"


@pytest.fixture
def admitted(tmp_path: Path) -> Admitted:
    return Admitted(tmp_path)


class Admitted:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in (("ontology.ttl", ONTOLOGY), ("shapes.ttl", SHAPES)):
            (folder / name).write_text(PREFIXES + text, encoding="utf-8")

    def __call__(self, data: str, engine: str = "shacl", suffix: str = "trig", also: tuple[Path, ...] = ()) -> Report:
        file = self.folder / f"data.{suffix}"
        file.write_text(PREFIXES + data, encoding="utf-8")
        ontology, shapes = (self.folder / "ontology.ttl",), (self.folder / "shapes.ttl",)
        return prepare(Inputs(ontology, shapes, (file, *also)), engine).report

    def one(self, data: str) -> Result:
        found = [r for r in self(data).results if r.severity != INFO]
        assert len(found) == 1, self(data).as_text()
        return found[0]

    def line(self, start: str) -> int:
        lines = (self.folder / "data.trig").read_text(encoding="utf-8").splitlines()
        return next(n for n, line in enumerate(lines, 1) if line.startswith(start))


GOOD = SOURCE + claim("one", 'ex:pond a ex:Pond ; ex:depth 3 ; rdfs:label "pond"@en .')


def test_good_claims_are_admitted(admitted: Admitted) -> None:
    for engine in ("shacl", "pyshacl"):
        assert admitted(GOOD, engine).conforms, admitted(GOOD, engine).as_text()


def test_a_wrong_value_is_found_in_its_claim(admitted: Admitted) -> None:
    found = admitted.one(GOOD + claim("two", 'ex:other a ex:Pond ; ex:depth "deep"^^xsd:integer .'))
    assert found.claims == (EX + "two",)
    assert found.file.endswith("data.trig")
    assert found.line == admitted.line("ex:two {")
    assert "'deep'" in found.hint


def test_a_tie_names_its_claims_and_how_to_decide_it(admitted: Admitted) -> None:
    found = admitted.one(
        SOURCE
        + claim("one", "ex:pond a ex:Pond .")
        + claim("two", "ex:pond ex:depth 3 .")
        + claim("three", "ex:pond ex:depth 4 .")
    )
    assert found.component.endswith("MaxCountConstraintComponent")
    assert found.claims == (EX + "three", EX + "two")
    assert f"<{EX}three> and <{EX}two> disagree" in found.hint
    assert "core:ranking" in found.hint


def test_several_values_in_one_claim_are_no_conflict_of_claims(admitted: Admitted) -> None:
    found = admitted.one(SOURCE + claim("one", "ex:pond a ex:Pond ; ex:depth 3 , 4 ."))
    assert found.claims == (EX + "one",)
    assert "disagree" not in found.hint


def test_a_claim_without_certainty_is_found_where_it_is_described(admitted: Admitted) -> None:
    found = admitted.one(SOURCE + "ex:one { ex:pond a ex:Pond }\nex:one core:source ex:paper ; core:paragraph 1 .\n")
    assert found.claims == (EX + "one",)
    assert found.line == admitted.line("ex:one core:source")
    assert "core:certainty" in found.messages["en"]
    assert found.root.endswith("ClaimShape")


def test_a_disputed_claim_asserts_one_fact(admitted: Admitted) -> None:
    rank = """; core:ranking [ a core:Ranking ; core:onProperty "http://example.org/depth"^^xsd:anyURI ;
        core:rank core:preferred ; core:reason "Measured."@en , "측정."@ko ]"""
    data = SOURCE + claim("one", "ex:pond a ex:Pond .") + claim("two", "ex:pond ex:depth 3 .")
    assert not admitted(data + claim("three", "ex:pond ex:depth 4 .", more=rank)).blocks
    found = admitted.one(data + claim("three", "ex:pond ex:depth 4 ; ex:opened 1 .", more=rank))
    assert found.root.endswith("DisputedClaimShape")
    assert found.claims == (EX + "three",)


def test_a_value_in_a_blank_node_is_found_in_its_claim(admitted: Admitted) -> None:
    found = admitted(SOURCE + claim("one", 'ex:pond a ex:Pond ; ex:water [ ex:depth "x" ] .')).results
    deep = [r for r in found if str(r.focus).startswith("_:")]
    assert {r.claims for r in deep} == {(EX + "one",)}
    assert {r.line for r in deep} == {admitted.line("ex:one {")}


def test_a_term_that_the_ontology_lacks(admitted: Admitted) -> None:
    found = admitted.one(GOOD + claim("two", "ex:pond ex:dept 4 ."))
    assert found.hint == "Did you mean http://example.org/depth?"
    assert found.claims == (EX + "two",)
    assert found.blocks


def test_an_impossible_date_in_a_claim_that_is_left_out(admitted: Admitted) -> None:
    rank = """; core:ranking [ a core:Ranking ; core:onProperty "http://example.org/opened"^^xsd:anyURI ;
        core:rank core:deprecated ; core:reason "A slip."@en , "오기."@ko ]"""
    found = admitted.one(GOOD + claim("two", 'ex:pond ex:opened "2025-02-30"^^edtf:EDTF .', more=rank))
    assert found.component.endswith("IllTypedLiteralConstraintComponent")
    assert found.claims == (EX + "two",)


def test_plain_data_bring_a_file_and_a_line_and_no_claims(admitted: Admitted) -> None:
    found = [r for r in admitted("ex:pond a ex:Pond ;\n  ex:depth 1 , 2 .\n", suffix="ttl").results if r.blocks]
    assert [(r.claims, r.line, Path(r.file).name) for r in found] == [((), 5, "data.ttl")]


def test_info_is_told_and_does_not_block(admitted: Admitted) -> None:
    report = admitted(SOURCE + claim("one", "ex:pond a ex:Pond ."))
    assert [r.severity for r in report.results] == [INFO]
    assert not report.blocks


def test_a_claim_without_source_is_found_where_it_is_described(admitted: Admitted) -> None:
    data = "ex:one { ex:pond a ex:Pond }\nex:one a core:Claim ; core:paragraph 1 ; core:certainty core:stated .\n"
    report = admitted(GOOD.replace("ex:one", "ex:zero") + data)
    told = [(r.line, r.claims) for r in report.results if r.blocks]
    assert told == [(admitted.line("ex:one a"), (EX + "one",))]


def test_a_tie_across_files_has_the_place_of_every_claim(admitted: Admitted) -> None:
    data = SOURCE + claim("one", "ex:pond a ex:Pond .") + claim("two", "ex:pond ex:depth 3 .")
    other = admitted.folder / "other.trig"
    other.write_text(PREFIXES + "\n\n" + claim("three", "ex:pond ex:depth 4 ."), encoding="utf-8")
    report = admitted(data, also=(other,))
    (found,) = [r for r in report.results if r.blocks]
    places = [(p.claim, Path(p.file).name, p.line) for p in found.places]
    assert places == [(EX + "three", "other.trig", 7), (EX + "two", "data.trig", admitted.line("ex:two {"))]
    (told,) = [r for r in json.loads(report.as_json())["results"] if r["blocks"]]
    assert told["places"][0] == {"claim": EX + "three", "file": str(other), "line": 7}
    assert f"ex:three {other}:7\n" in report.as_text(prefixes={"ex": EX})


@pytest.mark.parametrize("block", ["ex:two { ex:other ex:depth 4 }", "_:two { ex:other ex:depth 4 }"])
def test_a_graph_that_nobody_describes_is_one_result_with_its_line(admitted: Admitted, block: str) -> None:
    for data in (f"{GOOD}{block}\n", f"{GOOD}ex:pond_ {{ }} {block}\n"):
        found = admitted.one(data)
        assert found.component == UNDESCRIBED_GRAPH
        assert found.line == GOOD.count("\n") + PREFIXES.count("\n") + 1


def test_a_graph_that_is_described_by_halves_is_one_result(admitted: Admitted) -> None:
    found = admitted.one(f"{GOOD}ex:two {{ ex:pond ex:opened 4 }}\nex:two core:certainty core:stated .\n")
    assert found.component == UNDESCRIBED_GRAPH
    assert found.line == admitted.line("ex:two {")


@pytest.mark.parametrize(
    "fact", ["ex:pond ex:depth 3", "ex:other ex:depth 4", "ex:one-more ex:water _:w", "[] ex:depth 4"]
)
def test_a_fact_in_the_default_graph_has_no_source(admitted: Admitted, fact: str) -> None:
    found = admitted.one(f"{GOOD}\n{fact} .\n")
    assert found.component == UNSOURCED_FACT
    assert found.claims == ()
    assert "graph of a claim" in found.hint
    if not fact.startswith("[]"):
        assert found.line == admitted.line(fact)


def test_what_a_blank_node_says_below_a_fact_without_source_has_none_either(admitted: Admitted) -> None:
    found = [r for r in admitted(f"{GOOD}\nex:other ex:water [ ex:depth 3 ] .\n").results if r.blocks]
    assert [r.component for r in found] == [UNSOURCED_FACT] * 2
    assert {r.line for r in found} == {admitted.line("ex:other")}


def test_what_describes_claims_sources_and_what_is_of_core_needs_no_source(admitted: Admitted) -> None:
    data = """ex:paper core:skips [ a core:SkippedParagraph ; core:paragraph 2 ; core:reason "x"@en , "y"@ko ] .
        ex:paper core:byline "B" ; ex:water [ ex:water [ ex:depth 1 ] ] . ex:second a ex:Paper ; ex:depth 1 .
        ex:like a core:CandidateMatch ; core:candidate ex:pond ; core:matches ex:x ; core:reason "x"@en , "y"@ko ."""
    ontology = admitted.folder / "ontology.ttl"
    ontology.write_text(
        f"{PREFIXES}{ONTOLOGY} ex:Paper rdfs:subClassOf ex:Text . ex:Text rdfs:subClassOf core:Source ."
    )
    assert not [r for r in admitted(GOOD + data).results if r.component == UNSOURCED_FACT]


def test_many_facts_without_source_are_told_with_a_count(admitted: Admitted) -> None:
    data = GOOD + "".join(f"ex:x{n} ex:opened {n} .\n" for n in range(MOST + 3))
    found = [r for r in admitted(data).results if r.component == UNSOURCED_FACT]
    assert len(found) == MOST + 1
    assert [r.messages["en"] for r in found if r.path is None] == ["3 more facts have no source."]


def test_an_ill_typed_number_is_one_result(admitted: Admitted) -> None:
    shapes = SHAPES.replace(
        "sh:datatype xsd:integer", "sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:maxInclusive 9"
    )
    (admitted.folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    for value in ('"deep"^^xsd:integer', '"deep"'):
        assert admitted.one(GOOD + claim("two", f"ex:other a ex:Pond ; ex:depth {value} .")).component == DATATYPE
    assert admitted.one(GOOD + claim("two", "ex:other a ex:Pond ; ex:depth 10 .")).component.endswith(
        "MaxInclusiveConstraintComponent"
    )
    mild = shapes.replace(
        "[ sh:path ex:depth ;",
        "[ sh:path ex:depth ; sh:datatype xsd:integer ; sh:severity sh:Info ] , [ sh:path ex:depth ;",
        1,
    )
    mild = mild.replace("sh:datatype xsd:integer ; sh:minInclusive", "sh:minInclusive")
    (admitted.folder / "shapes.ttl").write_text(PREFIXES + mild, encoding="utf-8")
    assert admitted(GOOD + claim("two", 'ex:other a ex:Pond ; ex:depth "deep"^^xsd:integer .')).blocks
