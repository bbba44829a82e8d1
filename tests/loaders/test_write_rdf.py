import io
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from rdflib import Graph
from rdflib.compare import to_canonical_graph

from kaigraph.loaders.files.blank import stable
from kaigraph.loaders.files.read import read
from kaigraph.loaders.quads import blanks_of
from kaigraph.loaders.rdf import write as write_rdf
from kaigraph.loaders.rdf.write import write
from kaigraph.ontology.errors import BadUse

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "": "http://x/",
    "ex": "http://x/y/",
    "xsd": XSD,
    "한": "http://한/",
    "bad prefix": "http://x/z/",
    "rdf": RDF,
}
LOCALS = ["a", "y/b", "y/", "1-2", "y/.e", "a.", "a.b", "f(x)", "한국", "%41", "-x", "a:b", "y/²", "q?a=b#c", "~"]
IRIS = [NamedNode("http://x/" + local) for local in LOCALS] + [NamedNode("http://한/국"), NamedNode(RDF + "type")]
BLANKS = [BlankNode(f"n{i}") for i in range(5)]
BARE = st.tuples(
    st.sampled_from(["1", "007", "1.0", "1.", ".5", "-0", "+1e3", "1E0", ".5e-1", "true", "1", "x", "", "INF"]),
    st.sampled_from(["integer", "decimal", "double", "boolean", "string", "date"]),
)
LITERALS = (
    BARE.map(lambda b: Literal(b[0], datatype=NamedNode(XSD + b[1])))
    | st.text(st.characters(codec="utf-8"), max_size=6).map(Literal)
    | st.text('"\\\n\r\t한', max_size=5).map(lambda t: Literal(t, language="en-gb"))
)
QUADS = st.builds(
    Quad,
    st.sampled_from([*BLANKS, *IRIS[:3]]),
    st.sampled_from([*IRIS, NamedNode(RDF + "first"), NamedNode(RDF + "rest")]),
    st.sampled_from([*BLANKS, *IRIS[:3], NamedNode(RDF + "nil")]) | LITERALS,
    st.sampled_from([DefaultGraph(), *IRIS[:2], BLANKS[0]]),
)


def bytes_of(said: object, form: str) -> bytes:
    out = io.BytesIO()
    write(said, form, PREFIXES, out)  # type: ignore[arg-type]  # quads or triples
    return out.getvalue()


def read_back(text: bytes, suffix: str) -> tuple[Quad, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "x" + suffix)
        file.write_bytes(text or b"# nothing")
        return read([file]).quads


@given(st.lists(QUADS, max_size=12), st.sampled_from([("trig", ".trig"), ("nquads", ".nq")]))
def test_what_is_written_is_read_back(quads: list[Quad], form: tuple[str, str]) -> None:
    named = stable(quads)
    text = bytes_of(named, form[0])
    assert read_back(text, form[1]) == named
    assert bytes_of(reversed(read_back(text, form[1])), form[0]) == text


@given(st.lists(QUADS, max_size=12), st.sampled_from([("turtle", ".ttl"), ("ntriples", ".nt")]))
def test_triples_are_read_back(quads: list[Quad], form: tuple[str, str]) -> None:
    named = stable(Quad(q.subject, q.predicate, q.object) for q in quads)
    assert read_back(bytes_of([q.triple for q in named], form[0]), form[1]) == named


@given(st.lists(st.sampled_from(["list", "bag"]), min_size=1, max_size=60), st.integers(1, 40))
def test_deep_nesting_is_read_back(kinds: list[str], times: int) -> None:
    nodes = [BlankNode(f"d{i}") for i in range(len(kinds) * times + 1)]
    quads = [Quad(IRIS[0], IRIS[1], nodes[0])]
    for i, (node, after) in enumerate(pairwise(nodes)):
        kind = kinds[i % len(kinds)]
        quads.append(Quad(node, NamedNode(RDF + "rest") if kind == "list" else IRIS[2], after))
        quads.append(Quad(node, NamedNode(RDF + "first"), Literal(str(i))))
    named = stable([*quads, Quad(nodes[-1], IRIS[2], Literal("end"))])
    assert read_back(bytes_of(named, "trig"), ".trig") == named


def test_it_is_readable(tmp_path: Path) -> None:
    source = """@prefix : <http://x/> .
@prefix ex: <http://x/y/> .

:a a ex:Thing ;
    :amount [
        a ex:Money ;
        :value 1.50
    ] ;
    :members ( 1 [
        :x :y
    ] () ) ;
    :name "a" , "에이"@ko .

:b :c 007 , 1 .

:g {
    :a :b [
            :c 1
        ] ;
        :d true .
}
"""
    file = tmp_path / "a.trig"
    file.write_text(source, encoding="utf-8")
    dataset = read([file])
    out = io.BytesIO()
    write(dataset.quads, "trig", dataset.prefixes, out)
    assert out.getvalue().decode() == source


@given(st.lists(QUADS, max_size=8))
def test_rdflib_reads_the_same(quads: list[Quad]) -> None:
    triples = stable(Quad(q.subject, q.predicate, q.object) for q in quads if not isinstance(q.object, Literal))
    turtle, ntriples = Graph(), Graph()
    turtle.parse(data=bytes_of(triples, "turtle"), format="turtle")
    ntriples.parse(data=bytes_of(triples, "ntriples"), format="nt")
    assert set(to_canonical_graph(turtle)) == set(to_canonical_graph(ntriples))


def test_bad_use() -> None:
    with pytest.raises(BadUse, match="no format"):
        bytes_of([], "xml")
    with pytest.raises(BadUse, match="named graphs"):
        bytes_of([Quad(IRIS[0], IRIS[0], IRIS[0], IRIS[1])], "turtle")


def test_repetition_is_left_out() -> None:
    triple = Triple(IRIS[0], IRIS[0], IRIS[0])
    assert bytes_of([triple, triple], "ntriples").count(b"\n") == 1


@given(st.lists(QUADS, max_size=12))
def test_lines_are_laid_out_as_terms_are(quads: list[Quad]) -> None:
    plain = [q.triple for q in quads if not blanks_of(q)]
    with pytest.MonkeyPatch.context() as patch:
        fast = bytes_of(plain, "turtle")
        patch.setattr(write_rdf, "is_plain", lambda _: False)
        assert fast == bytes_of(plain, "turtle")
