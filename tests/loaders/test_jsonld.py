"""JSON-LD loses nothing, whatever the Model says that values are, and is compact where they are that."""

import io
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset as RdflibDataset

from kaigraph.loaders.files.blank import stable
from kaigraph.loaders.files.read import read
from kaigraph.loaders.rdf.export import export_dataset
from kaigraph.loaders.rdf.jsonld_context import Context, full_context
from kaigraph.loaders.rdf.write import write
from kaigraph.ontology import Model, Vocabulary, make_model, read_vocabulary
from tests.test_laws import SHIPPED, canonical, in_files, stored

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SPACE = "http://x/"
#: Names that meet keywords, prefixes, classes and schemes.
ONTOLOGY = """
@prefix : <http://x/> . @prefix o: <http://other/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Thing a owl:Class . :ex a owl:Class . :type a owl:Class . :lender a owl:Class .
:urn a rdf:Property . :graph a rdf:Property . :context a rdf:Property . :ex2 a rdf:Property .
o:number a rdf:Property .
"""
SHAPES = """
@prefix : <http://x/> . @prefix o: <http://other/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:S a sh:NodeShape ; sh:targetClass :Thing ;
  sh:property [ sh:path :number ; sh:datatype xsd:decimal ; sh:maxCount 1 ] ,
    [ sh:path o:number ; sh:datatype xsd:integer ] ,
    [ sh:path :lender ; sh:class :Thing ] , [ sh:path :one ; sh:class :Thing ; sh:maxCount 1 ] ,
    [ sh:path :flag ; sh:datatype xsd:boolean ; sh:maxCount 1 ] ,
    [ sh:path :label ; sh:datatype rdf:langString ; sh:uniqueLang true ] ,
    [ sh:path :names ; sh:datatype rdf:langString ] ,
    [ sh:path :ex ; sh:datatype rdf:langString ] ,
    [ sh:path :json ; sh:datatype rdf:JSON ] ,
    [ sh:path :id ; sh:datatype xsd:string ] , [ sh:path :type ; sh:class :Thing ] ,
    [ sh:path :urn ; sh:class :Thing ; sh:maxCount 1 ] .
"""
PREFIXES = {
    "ex": "http://x/y/",
    "o": "http://other/",
    "urn": "http://bad/",
    "dash": "http://x/d-",
    "": SPACE,
    "한": "http://한/",
    "bad prefix": "http://x/z/",
    "xsd": XSD,
    "label": "urn:label:",
}
LOCALS = ["number", "lender", "one", "flag", "label", "names", "ex", "json", "id", "type", "urn", "graph", "context"]
PROPERTIES = [
    *(NamedNode(SPACE + name) for name in (*LOCALS, "y/b", "@type", "d-1", "//x", "z/q", "unknown")),
    NamedNode("http://other/number"),
    NamedNode("urn:p:1"),
    NamedNode("label:q"),
    *(NamedNode(RDF + name) for name in ("type", "first", "rest", "value")),
]
NODES = [
    *(NamedNode(SPACE + name) for name in ("a", "Thing", "y/", "y/b", "y//x", "d-2", "f(x)", "%41", "q?a=b#c", "../b")),
    NamedNode("urn:x"),
    NamedNode("ex:mistaken"),
    NamedNode("dash:mistaken"),
    NamedNode("lender:mistaken"),
    NamedNode("http://한/국"),
    NamedNode(RDF + "nil"),
]
BLANKS = [BlankNode(f"n{i}") for i in range(5)]
DATATYPES = [XSD + name for name in ("integer", "decimal", "double", "boolean", "string", "date", "anyURI")]
FORMS = st.sampled_from(["1", "007", "1.00", "1.", "-0", "+1e3", "1E0", "true", "True", "x", "", " 1 ", "INF", "null"])
LITERALS = (
    st.builds(
        lambda text, datatype: Literal(text, datatype=NamedNode(datatype)),
        FORMS,
        st.sampled_from([*DATATYPES, RDF + "JSON", RDF + "HTML", "urn:type", "http://x/y/b"]),
    )
    | st.text(st.characters(codec="utf-8"), max_size=6).map(Literal)
    | st.builds(
        lambda text, tag: Literal(text, language=tag),
        st.text('"\\\n\r\t한', max_size=4),
        st.sampled_from(["en", "ko", "en-gb", "none", "zh-hant-tw"]),
    )
)
QUADS = st.builds(
    Quad,
    st.sampled_from([*BLANKS, *NODES[:5]]),
    st.sampled_from(PROPERTIES),
    st.sampled_from([*BLANKS, *NODES]) | LITERALS,
    st.sampled_from([DefaultGraph(), DefaultGraph(), *NODES[:2], BLANKS[0]]),
)


@cache
def vocabulary() -> Vocabulary:
    with TemporaryDirectory() as folder:
        ontology, shapes = Path(folder, "o.ttl"), Path(folder, "s.ttl")
        ontology.write_text(ONTOLOGY, encoding="utf-8")
        shapes.write_text(SHAPES, encoding="utf-8")
        return read_vocabulary((ontology,), (shapes,))


@cache
def model() -> Model:
    return make_model(vocabulary())


def text_of(quads: object, of: Model | None) -> str:
    out = io.BytesIO()
    write(quads, "jsonld", PREFIXES, out, of)  # type: ignore[arg-type]  # quads of any collection
    return out.getvalue().decode()


def read_back(text: str) -> tuple[Quad, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "x.jsonld")
        file.write_text(text, encoding="utf-8", newline="")
        return read([file]).quads


def with_number(found: object) -> bool:
    """Whether JSON holds a number of its own anywhere."""
    if isinstance(found, dict):
        return any(with_number(value) for key, value in found.items() if key != "@version")
    if isinstance(found, list):
        return any(with_number(value) for value in found)
    return isinstance(found, int | float) and not isinstance(found, bool)


@given(st.lists(QUADS, max_size=14), st.booleans())
def test_what_is_written_is_read_back(quads: list[Quad], is_plain: bool) -> None:
    named = stable(quads)
    text = text_of(named, None if is_plain else model())
    assert read_back(text) == named
    assert not with_number(json.loads(text)["@graph"])
    assert text_of(reversed(named), None if is_plain else model()) == text


#: What rdflib 7.6 reads as JSON-LD has it: no IRIs with dots or the scheme of a prefix, no rdf:JSON. Blank nodes are
#: left out since they would be compared by label. Both sides pass through its Literal, which rewrites some numbers.
PLAIN_NODES = [n for n in NODES if n.value.startswith("http") and ".." not in n.value and n.value != RDF + "nil"]
FOR_RDFLIB = st.builds(
    Quad,
    st.sampled_from(PLAIN_NODES),
    st.sampled_from([p for p in PROPERTIES if p.value.startswith(SPACE)]),
    st.sampled_from(PLAIN_NODES)
    | st.builds(lambda t, d: Literal(t, datatype=NamedNode(d)), FORMS, st.sampled_from([*DATATYPES, SPACE + "y/b"]))
    | st.builds(lambda t, tag: Literal(t, language=tag), st.text("한a", max_size=3), st.sampled_from(["en", "ko"])),
    st.sampled_from([DefaultGraph(), *PLAIN_NODES[:2]]),
)


@given(st.lists(FOR_RDFLIB, max_size=10))
@pytest.mark.filterwarnings("ignore")  # rdflib's own: of itself, and of odd numbers
def test_rdflib_reads_the_same(quads: list[Quad]) -> None:
    named = stable(quads)
    dataset = RdflibDataset()
    dataset.parse(data=text_of(named, model()), format="json-ld")
    assert texts_by_rdflib(dataset) == texts_by_rdflib(parsed_nquads(named))


@pytest.mark.filterwarnings("ignore")  # as above
def test_rdflib_reads_the_shipped_data_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    dataset = RdflibDataset()
    dataset.parse(data=export_dataset(stored(SHIPPED), "jsonld").decode(), format="json-ld")
    read_ = parse(dataset.serialize(format="nquads").encode(), format=RdfFormat.N_QUADS)
    assert canonical(read_) == canonical(in_files(SHIPPED))


def parsed_nquads(quads: tuple[Quad, ...]) -> RdflibDataset:
    out = io.BytesIO()
    write(quads, "nquads", {}, out)
    dataset = RdflibDataset()
    dataset.parse(data=out.getvalue().decode(), format="nquads")
    return dataset


def texts_by_rdflib(dataset: RdflibDataset) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for subject, predicate, object_, graph in dataset.quads():
        found.add((subject.n3(), predicate.n3(), object_.n3(), str(graph)))
    return found


OTHER_NUMBER = NamedNode("http://other/number")
EXAMPLE = [
    Quad(NamedNode("http://x/y/a"), NamedNode(RDF + "type"), NamedNode(SPACE + "Thing")),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "number"), Literal("1.00", datatype=NamedNode(XSD + "decimal"))),
    Quad(NamedNode("http://x/y/a"), OTHER_NUMBER, Literal("7", datatype=NamedNode(XSD + "integer"))),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "names"), Literal("b", language="en")),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "names"), Literal("c", language="ko")),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "names"), Literal("d")),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "names"), NamedNode("http://x/y/b")),
    Quad(NamedNode("http://x/y/a"), NamedNode(SPACE + "one"), BlankNode("n")),
    Quad(BlankNode("n"), NamedNode(SPACE + "one"), NamedNode("http://x/y/b")),
    Quad(BlankNode("n"), NamedNode(SPACE + "number"), Literal("1", datatype=NamedNode(XSD + "integer"))),
    Quad(NamedNode("http://x/y/g"), NamedNode(SPACE + "one"), NamedNode("http://x/y/a")),
    Quad(NamedNode("http://x/y/b"), NamedNode(SPACE + "flag"), Literal("1"), NamedNode("http://x/y/g")),
]


def test_it_is_compact_and_a_named_graph_lies_in_what_describes_it() -> None:
    body = json.loads(text_of(EXAMPLE, model()))
    other, number = (model().properties[space + "number"].name for space in ("http://other/", SPACE))
    assert body["@context"][other] == {"@id": "o:number", "@type": "xsd:integer", "@container": "@set"}
    assert body["@graph"] == [
        {
            "@id": "ex:a",
            "@type": "Thing",
            other: ["7"],
            "names": {"@none": ["d"], "en": ["b"], "ko": ["c"]},
            "http://x/names": {"@id": "ex:b"},
            number: "1.00",
            "one": {number: {"@value": "1", "@type": "xsd:integer"}, "one": "ex:b"},
        },
        {"@id": "ex:g", "one": "ex:a", "@graph": [{"@id": "ex:b", "flag": {"@value": "1"}}]},
    ]


def test_the_context_says_what_the_shapes_say() -> None:
    context: dict[str, Any] = Context(model(), PREFIXES, [SPACE + name for name in LOCALS]).as_json()
    assert context[model().properties[SPACE + "number"].name] == {"@id": "http://x/number", "@type": "xsd:decimal"}
    assert context["lender"] == {"@id": "http://x/lender", "@type": "@id", "@container": "@set"}
    assert context["one"] == {"@id": "http://x/one", "@type": "@id"}
    assert context["names"]["@container"] == ["@language", "@set"]
    assert context["xsd"] == XSD
    assert "o" not in context, "a prefix that nothing uses"


def test_a_document_uses_terms_of_the_whole_context_only() -> None:
    whole = full_context(model(), PREFIXES).as_json()
    used = json.loads(text_of(EXAMPLE, model()))["@context"]
    assert used.items() <= whole.items()
    assert {"dash", "label", "Thing", "flag"} <= set(whole)
    assert whole["dash"] == {"@id": "http://x/d-", "@prefix": True}
    assert "" not in whole
    assert "bad prefix" not in whole
    assert "urn" not in whole, "a prefix that the IRI of another prefix would be read with"


@pytest.mark.parametrize("iri", ["ex:mistaken", "dash:mistaken", "urn:x"])
def test_an_iri_that_looks_prefixed_takes_the_prefix_away(iri: str) -> None:
    quads = [Quad(NamedNode(iri), NamedNode("http://x/y/p"), NamedNode(iri))]
    assert iri.partition(":")[0] not in json.loads(text_of(quads, model()))["@context"]
    assert read_back(text_of(quads, model())) == tuple(quads)


def test_long_and_deep_lists_are_read_back() -> None:
    cells = [BlankNode(f"c{i}") for i in range(3000)]
    first, rest, nil = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
    quads = [Quad(NODES[0], PROPERTIES[1], cells[0]), Quad(NODES[1], PROPERTIES[1], cells[1500])]
    quads += [Quad(cell, rest, after) for cell, after in pairwise(cells)]
    quads += [Quad(cell, first, Literal(str(i))) for i, cell in enumerate(cells)]
    deep = [BlankNode(f"d{i}") for i in range(400)]
    quads += [Quad(NODES[0], PROPERTIES[1], deep[0])]
    quads += [Quad(cell, first, inner) for cell, inner in pairwise(deep)]
    quads += [Quad(cell, rest, nil) for cell in (*deep, cells[-1])]
    quads += [Quad(deep[-1], first, nil)]
    named = stable(quads)
    assert read_back(text_of(named, model())) == named
    out = io.BytesIO()
    write(named, "turtle", PREFIXES, out)
    assert out.tell() > 10_000
