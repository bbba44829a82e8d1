"""The report in its three forms, and what the gate leaves out."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kaigraph.ontology.errors import BadUse, BadVocabulary
from kaigraph.shapes import INFO, VIOLATION, WARNING, Report, Result, validate
from kaigraph.shapes.terms import SH, Index, sh
from tests.shapes.support import Words, canonical, turtle

SHAPES_TEXT = """ex:S a sh:NodeShape ; sh:targetClass ex:C ;
    sh:property [ sh:path ex:p ; sh:maxCount 1 ;
            sh:message "Keep one {$path} of {$this}."@en , "하나만 두십시오."@ko ] ,
        [ sh:path ex:q ; sh:minCount 1 ; sh:severity sh:Warning ] ,
        [ sh:path ex:r ; sh:minCount 1 ; sh:severity sh:Info ] ."""
SHAPES = turtle(SHAPES_TEXT)
DATA = turtle('ex:x a ex:C ; ex:p 1 , 2 . ex:y a ex:C ; ex:p "<a>\\n\\t{?value}"@en ; ex:q 1 ; ex:r 2 .')
EX = "http://example.org/"


def report() -> Report:
    return validate(DATA, Words((), SHAPES))


def test_only_a_violation_blocks() -> None:
    found = report()
    assert [r.severity for r in found.results] == [VIOLATION, WARNING, INFO]
    assert [r.blocks for r in found.results] == [True, False, False]
    assert found.blocks
    assert not found.conforms
    mild = Report.of(found.results[1:])
    assert not mild.blocks
    assert not mild.conforms
    assert Report(()).conforms


def test_a_severity_of_somebody_elses_blocks() -> None:
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:nodeKind sh:Literal ; sh:severity ex:Terrible .")
    found = validate(DATA, Words((), shapes))
    assert found.blocks
    assert "http://example.org/Terrible" in found.as_text()


def test_messages_are_the_shapes_own_or_ours_in_both_languages() -> None:
    messages = [dict(r.messages) for r in report().results]
    assert messages[0] == {"en": f"Keep one {EX}p of {EX}x.", "ko": "하나만 두십시오."}
    assert messages[1] == {"en": "There are fewer than 1 values.", "ko": "값이 1개보다 적습니다."}


def test_what_a_message_is_filled_with_is_not_read_again() -> None:
    shapes = turtle("""ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ;
        sh:property [ sh:path ex:p ; sh:datatype xsd:date ; sh:message "{?value} of {$this}, {$unheardOf}" ] .""")
    data = turtle('ex:x ex:p "{$this}" .')
    for engine in ("shacl", "pyshacl"):
        (result,) = validate(data, Words((), shapes), engine).results
        assert result.messages == {"": "{$this} of http://example.org/x, {$unheardOf}"}


def test_rdf_is_a_shacl_report() -> None:
    graph = Index(q.triple for q in parse(report().as_rdf(), format=RdfFormat.TURTLE))
    (node,) = [s for s in graph.by_subject if graph.objects(s, sh("conforms"))]
    assert [o.value for o in graph.objects(node, sh("conforms"))] == ["false"]
    results = graph.objects(node, sh("result"))
    assert len(results) == 3
    for result in results:
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape", "resultPath"):
            assert len(graph.objects(result, sh(name))) == 1
        assert len(graph.objects(result, sh("resultMessage"))) == 2
    assert "sh:conforms true" in Report(()).as_rdf()


def test_json_holds_everything() -> None:
    body = json.loads(report().as_json())
    assert (body["conforms"], body["blocks"], len(body["results"])) == (False, True, 3)
    first = body["results"][0]
    assert first["severity"] == VIOLATION
    assert first["focus"] == f"{EX}x"
    assert first["path"] == f"<{EX}p>"
    assert first["component"] == SH + "MaxCountConstraintComponent"
    assert first["shape"] == f"{EX}S"
    assert first["messages"]["ko"] == "하나만 두십시오."
    assert set(first) >= {"file", "line", "claims", "value", "hint"}


FULL = Result(
    VIOLATION,
    NamedNode(EX + "x"),
    SH + "MaxCountConstraintComponent",
    value=Literal("<a>\n\t{?value}", language="en"),
    root=EX + "S",
    messages={"en": "Too many.\nReally.", "ko": "너무 많습니다."},
    claims=(EX + "claim1", EX + "claim2"),
    file="data/a.trig",
    line=12,
    hint="Choose one.",
)


def test_text_is_a_block_a_result() -> None:
    assert Report((FULL,)).as_text(prefixes={"ex": EX, "e": "http://example"}) == (
        "VIOLATION  data/a.trig:12\n"
        "  claim  ex:claim1\n"
        "  claim  ex:claim2\n"
        "  node   ex:x\n"
        '  value  "<a>\\n\\t{?value}"@en\n'
        "  what   Too many. Really.\n"
        "  do     Choose one.\n"
        "  shape  ex:S MaxCount\n"
        "\n"
        "VIOLATION: 1\n"
    )
    korean = Report((FULL,)).as_text("ko")
    assert "위반  data/a.trig:12" in korean
    assert "너무 많습니다." in korean
    assert "Conforms" in Report(()).as_text()
    assert "맞습니다" in Report(()).as_text("ko")


def test_control_characters_never_reach_a_terminal() -> None:
    nasty = Result(VIOLATION, NamedNode(EX + "x"), SH + "X", messages={"en": "a\x1b[31mb\x07\u202ec"})
    assert not set(Report((nasty,)).as_text()) & set("\x1b\x07\u202e")


def test_order_is_by_gravity_then_place_then_subject_and_never_by_chance() -> None:
    found = report()
    assert Report.of(tuple(reversed(found.results))).as_text() == found.as_text()
    again = turtle(SHAPES_TEXT)  # anonymous shapes have other names now
    assert validate(DATA, Words((), again)).as_rdf() == found.as_rdf()
    assert Report.of(found.results[:1]).with_results(*found.results[1:]) == found


def test_what_is_wrong_with_the_ontology_alone_is_left_out() -> None:
    ontology = turtle("ex:C a owl:Class . ex:old a ex:C . ex:both a ex:C .")
    data = turtle("ex:new a ex:C . ex:both ex:z 1 . ex:new ex:z ex:old .")
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    for engine in ("shacl", "pyshacl"):
        found = validate(data, Words(ontology, shapes), engine)
        assert [r.focus.value for r in found.results] == [EX + "both", EX + "new"]


def test_the_ontology_is_read_with_the_data() -> None:
    ontology = turtle("ex:D rdfs:subClassOf ex:C . ex:one a ex:Kind .")
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:kind ; sh:class ex:Kind ] .")
    found = validate(turtle("ex:x a ex:D ; ex:kind ex:one , ex:two ."), Words(ontology, shapes))
    assert [r.value.value for r in found.results if r.value] == [EX + "two"]


def test_blank_nodes_of_ontology_and_data_stay_apart() -> None:
    ontology = turtle("_:same ex:p 1 .")
    data = turtle("ex:x ex:q _:same . _:same ex:q 2 .")
    shapes = turtle("ex:S a sh:NodeShape ; sh:targetObjectsOf ex:q ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] .")
    assert validate(data, Words(ontology, shapes)).conforms


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_broken_shapes_are_refused(engine: str) -> None:
    for text in (
        "ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:sparql [ sh:select 'SELECT $this WHERE { broken' ] .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:pattern '(' ] .",
    ):
        with pytest.raises(BadVocabulary):
            validate(DATA, Words((), turtle(text)), engine)


def test_no_shapes_and_no_such_engine_are_refused() -> None:
    with pytest.raises(BadVocabulary):
        validate(DATA, Words())
    with pytest.raises(BadUse, match="no SHACL engine 'jena'"):
        validate(DATA, Words((), SHAPES), "jena")


def test_an_empty_graph_conforms() -> None:
    assert canonical(validate([], Words((), SHAPES)).as_rdf()) == canonical(Report(()).as_rdf())
