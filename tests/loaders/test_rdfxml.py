"""RDF/XML loses nothing that XML can hold, and refuses the rest."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import Graph
from rdflib.compare import to_canonical_graph

from kaigraph.loaders.files.blank import stable
from kaigraph.loaders.files.read import read
from kaigraph.loaders.rdf.rdfxml import NotInXml
from kaigraph.loaders.rdf.write import write

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "": "http://x/",
    "ex": "http://x/y/",
    "한": "http://한/",
    "bad prefix": "http://x/z/",
    "xmlish": "http://xmlish/",
    "rdf": "http://not-rdf/",
    "its": "http://its/",
    "ns0": "http://ns0/",
    "xmlns": "http://x/w/",
    "empty": "",
}
LOCALS = ["a", "y/b", "z/c", "w/d", "xmlns", "-x", "1-x", "a:b", "p(1)q", "%4a", "q?a=b&c=d#e", "xml", "f'g", "한국"]
PROPERTIES = [
    *(NamedNode("http://x/" + local) for local in LOCALS),
    *(NamedNode(iri) for iri in ("http://한/국", "http://xmlish/a", "http://not-rdf/a", "http://its/b", "urn:x")),
    *(NamedNode(RDF + name) for name in ("type", "first", "value", "_1")),
    NamedNode("http://www.w3.org/XML/1998/namespacelang"),
]
NODES = [
    *(NamedNode("http://x/" + local) for local in ("a", "y/b", "1", "c?a=b&c='d'", "%41", "", "y/")),
    *(NamedNode(RDF + name) for name in ("li", "Description", "Bag")),
]
BLANKS = [BlankNode(label) for label in ("a", "0a", "a.b", "1")]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), max_size=6)
LITERALS = (
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(XSD + name)),
        st.sampled_from(["1", "007", "1.00", "", " x ", "1e3", "a\r\n\tb", "]]>", "<&>'\""]),
        st.sampled_from(["integer", "decimal", "double", "string", "x"]),
    )
    | TEXTS.map(Literal)
    | TEXTS.map(lambda text: Literal(text, language="en-gb"))
    | st.text("\r\n\t <]", max_size=4).map(Literal)
)
TRIPLES = st.builds(
    Triple,
    st.sampled_from([*BLANKS, *NODES]),
    st.sampled_from(PROPERTIES),
    st.sampled_from([*BLANKS, *NODES]) | LITERALS,
)


def text_of(triples: object) -> str:
    out = io.BytesIO()
    write(triples, "rdfxml", PREFIXES, out)  # type: ignore[arg-type]  # triples of any collection
    return out.getvalue().decode()


def read_back(text: str) -> tuple[Quad, ...]:
    with TemporaryDirectory() as folder:
        file = Path(folder, "x.rdf")
        file.write_text(text, encoding="utf-8", newline="")
        return read([file]).quads


@given(st.lists(TRIPLES, max_size=12))
def test_what_is_written_is_read_back(triples: list[Triple]) -> None:
    text = text_of(triples)
    parseString(text.encode())  # noqa: S318  # our own text, held to XML's rules by another parser
    assert read_back(text) == stable(Quad(t.subject, t.predicate, t.object) for t in triples)
    assert text_of(reversed(triples)) == text


@given(st.lists(TRIPLES, max_size=8))
@pytest.mark.filterwarnings("ignore")  # rdflib's own, of odd numbers
def test_rdflib_reads_the_same(triples: list[Triple]) -> None:
    named = stable(Quad(t.subject, t.predicate, t.object) for t in triples)
    ntriples = io.BytesIO()
    write([q.triple for q in named], "ntriples", {}, ntriples)
    graphs = Graph(), Graph()
    graphs[0].parse(data=text_of(q.triple for q in named), format="xml")
    graphs[1].parse(data=ntriples.getvalue().decode(), format="nt")
    one, other = (sorted(line for line in to_canonical_graph(g).serialize(format="nt").splitlines()) for g in graphs)
    assert one == other


@pytest.mark.parametrize(
    "iri",
    [
        *("http://x/", "http://x/p#", "http://x/1", "urn:1", "http://x/p(1)", "http://www.w3.org/2000/xmlns/"),
        *(RDF + name for name in ("li", "Description", "ID", "about", "aboutEach")),
    ],
)
def test_a_property_without_a_name_in_xml_is_refused(iri: str) -> None:
    with pytest.raises(NotInXml) as refused:
        text_of([Triple(NODES[0], NamedNode(iri), NODES[0])])
    assert refused.value.where == iri
    assert "format" in refused.value.hint


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_refused(character: str) -> None:
    with pytest.raises(NotInXml, match=f"U\\+{ord(character):04X}"):
        text_of([Triple(NODES[0], PROPERTIES[0], Literal(f"a{character}b"))])


def test_it_is_readable() -> None:
    triples = [
        Triple(NODES[0], NamedNode(RDF + "type"), NamedNode("http://x/y/Thing")),
        Triple(NODES[0], NamedNode(RDF + "type"), NamedNode("http://x/y/")),
        Triple(NODES[0], NamedNode("http://x/y/name"), Literal("a < b", language="en")),
        Triple(NODES[1], NamedNode("http://z/p"), Literal("1.00", datatype=NamedNode(XSD + "decimal"))),
    ]
    assert text_of(triples) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF\n'
        '    xmlns:ex="http://x/y/"\n    xmlns:ns1="http://z/"\n'
        f'    xmlns:rdf="{RDF}">\n'
        '  <ex:Thing rdf:about="http://x/a">\n'
        '    <rdf:type rdf:resource="http://x/y/"/>\n'
        '    <ex:name xml:lang="en">a &lt; b</ex:name>\n'
        "  </ex:Thing>\n"
        '  <rdf:Description rdf:about="http://x/y/b">\n'
        f'    <ns1:p rdf:datatype="{XSD}decimal">1.00</ns1:p>\n'
        "  </rdf:Description>\n</rdf:RDF>\n"
    )
