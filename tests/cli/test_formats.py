"""Every format of the command line holds what the store holds, of the domain that ships and of another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kaigraph.loaders.rdf.export import FORMATS, export_dataset, export_graph
from tests.cli.command import kaigraph
from tests.test_laws import FOREIGN, PLAIN, SHIPPED, as_quads, canonical, in_files, stored

_FILES = {"--ontology": "ontology.ttl", "--shapes": "shapes.ttl", "--data": "data.ttl"}
ZOO = tuple(word for option, name in _FILES.items() for word in (option, str(FOREIGN / name)))
DUCK = "http://example.org/id/donald"
PARSED = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
}


def exported(*words: str, form: str) -> list[Quad]:
    ran = kaigraph("export", *ZOO, "--format", form, *words)
    assert ran.code == 0, ran.err
    return list(parse(ran.out, format=PARSED[form]))


@pytest.mark.parametrize("form", FORMATS)
def test_the_graph_in_every_format(form: str) -> None:
    assert canonical(exported(form=form)) == canonical(as_quads(stored(PLAIN).triples()))
    shipped = parse(export_graph(stored(SHIPPED), form), format=PARSED[form])
    assert canonical(shipped) == canonical(as_quads(stored(SHIPPED).triples()))


@pytest.mark.parametrize("form", [name for name, holds in FORMATS.items() if holds])
def test_everything_in_the_formats_with_graphs(form: str) -> None:
    assert canonical(exported("--all", form=form)) == canonical(in_files(PLAIN))
    assert canonical(parse(export_dataset(stored(SHIPPED), form), format=PARSED[form])) == canonical(in_files(SHIPPED))


@pytest.mark.parametrize("form", [name for name, holds in FORMATS.items() if not holds])
def test_a_format_without_graphs_cannot_hold_everything(form: str) -> None:
    ran = kaigraph("export", *ZOO, "--all", "--format", form)
    assert (ran.code, ran.out) == (2, "")
    assert "use --format jsonld, trig, nquads" in ran.err


def test_the_whole_context_holds_that_of_each_document() -> None:
    whole = json.loads(kaigraph("export", *ZOO, "--context").out)["@context"]
    used = json.loads(kaigraph("export", *ZOO, "--format", "jsonld").out)["@context"]
    assert used.items() <= whole.items()
    assert len(used) > 20
    refused = kaigraph("export", *ZOO, "--context", "--all", "--format", "jsonld")
    assert refused.code == 2
    assert "--context" in refused.err


def test_one_node() -> None:
    about = exported("--node", DUCK, form="trig")
    assert 10 < len(about) < 40
    for more in ((), ("--all",)):
        assert canonical(exported("--node", DUCK, *more, form="jsonld")) == canonical(about)


def test_no_rdf_xml_without_a_name(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text('<http://x/a> <http://x/1> "one" .', encoding="utf-8")
    words = (*ZOO[:2], "--data", str(file))
    ran = kaigraph("export", *words, "--format", "rdfxml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kaigraph: http://x/1: RDF/XML cannot hold this property")
    assert "hint: choose another format" in ran.err
    assert kaigraph("export", *words, "--format", "jsonld").code == 0


def test_an_answer_as_lines() -> None:
    asked = "{ books { nodes { label sources { id } } } }"
    lines = kaigraph("query", asked, *ZOO, "--format", "jsonl").out.splitlines()
    nodes = json.loads(kaigraph("query", asked, *ZOO).out)["data"]["books"]["nodes"]
    assert [json.loads(line) for line in lines] == nodes
    assert nodes


def test_a_language_and_a_day_of_the_past() -> None:
    asked = "{ sources(where: {published: {isNull: false}}, orderBy: {id: ASC}) { totalCount nodes { label } } }"
    answer = json.loads(kaigraph("query", asked, "--language", "ko", "--as-of", "2025-02-22").out)
    assert answer["data"]["sources"]["totalCount"] == 3
    assert answer["data"]["sources"]["nodes"][0]["label"].startswith("000 기사")
    assert answer["extensions"]["asOf"]["date"] == "2025-02-22"
