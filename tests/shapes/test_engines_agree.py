"""On generated graphs and shapes both engines give the same report, as an RDF graph."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.shapes import validate
from tests.shapes.support import Words, canonical, turtle

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ONTOLOGY = turtle("ex:C a owl:Class . ex:D a owl:Class ; rdfs:subClassOf ex:C . ex:E rdfs:subClassOf ex:D .")
SEEN: Counter[str] = Counter()


def typed(name: str, *texts: str) -> list[Literal]:
    return [Literal(t, datatype=NamedNode(XSD + name)) for t in texts]


LITERALS = [
    *typed("integer", "1", "01", "+5", "-3", "x", "99999999999999999999", "9" * 40),
    *typed("decimal", "1.0", "1.00", "2.5", "0.1234567890123456789", "1e3", "9" * 25),
    *typed("long", "7", "9223372036854775808"),
    *typed("double", "1.5E0", "INF", "nan"),
    *typed("boolean", "true", "1", "yes"),
    *typed("date", "2025-01-01", "2025-02-30", "0000-01-01", "12025-06-01"),
    *typed("dateTime", "2025-01-01T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01T24:00:01Z"),
    *typed("string", "", "a", "가나다", 'line\nbreak\t"quoted" \\ end', "😀"),
    Literal("a", language="en"),
    Literal("b", language="en"),
    Literal("a", language="en-gb"),
    Literal("가", language="ko"),
    Literal("2025-XX", datatype=NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
]
NODES = [NamedNode(EX + n) for n in "xyz"] + [NamedNode(EX + "한글")] + [BlankNode(n) for n in ("one", "two")]
PROPERTIES = [NamedNode(EX + n) for n in "pq"]
TRIPLES = st.one_of(
    st.builds(Triple, st.sampled_from(NODES), st.just(TYPE), st.sampled_from([NamedNode(EX + c) for c in "CDE"])),
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(LITERALS)),
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)),
)
TARGETS = ["sh:targetClass ex:C", "sh:targetSubjectsOf ex:p", "sh:targetObjectsOf ex:q", "sh:targetNode ex:x"]
PATHS = [
    "ex:p",
    "ex:q",
    "[ sh:inversePath ex:p ]",
    "( ex:p ex:q )",
    "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:zeroOrMorePath ex:p ]",
    "[ sh:oneOrMorePath ex:q ]",
    "[ sh:zeroOrOnePath ex:p ]",
    "( ex:q [ sh:inversePath ex:p ] )",
]
ON_VALUES = [
    "sh:class ex:C",
    *(f"sh:datatype {d}" for d in ("xsd:integer", "xsd:decimal", "xsd:long", "xsd:date", "xsd:dateTime", "xsd:string")),
    "sh:datatype rdf:langString",
    "sh:datatype edtf:EDTF",
    *(f"sh:nodeKind sh:{k}" for k in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI")),
    "sh:minLength 2",
    "sh:maxLength 1",
    'sh:pattern "^[a-z]"',
    'sh:languageIn ( "en" "ko" )',
    'sh:in ( ex:x "a" 1 1.0 "가"@ko )',
    "sh:not [ sh:nodeKind sh:IRI ]",
    "sh:or ( [ sh:datatype xsd:integer ] [ sh:class ex:D ] )",
    "sh:and ( [ sh:nodeKind sh:IRI ] [ sh:class ex:D ] )",
    "sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class ex:C ] )",
    "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]",
]
ON_PROPERTIES = [
    "sh:minCount 1",
    "sh:minCount 2",
    "sh:maxCount 0",
    "sh:maxCount 1",
    "sh:uniqueLang true",
    'sh:hasValue "a"',
    "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMinCount 2",
    "sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 0",
    "sh:equals ex:q",
    "sh:disjoint ex:q",
    "sh:property [ sh:path ex:p ; sh:maxCount 1 ]",
]
SEVERITIES = st.sampled_from(["", "sh:severity sh:Warning", "sh:severity sh:Info"])
MESSAGES = st.sampled_from(["", 'sh:message "too {$minCount} {?value} few"@en , "적음"@ko'])


@st.composite
def shapes(draw: st.DrawFn) -> str:
    constraint = draw(st.sampled_from(ON_VALUES + ON_PROPERTIES))
    parts = [f"sh:path {draw(st.sampled_from(PATHS))}", constraint, draw(SEVERITIES), draw(MESSAGES)]
    inner = f"sh:property [ {' ; '.join(p for p in parts if p)} ]"
    extra = draw(st.sampled_from(["", *ON_VALUES, "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )"]))
    return f"a sh:NodeShape ; {draw(st.sampled_from(TARGETS))} ; {inner}" + (f" ; {extra}" if extra else "") + " ."


@settings(max_examples=250, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TRIPLES, min_size=6, max_size=20), st.lists(shapes(), min_size=2, max_size=6))
def check(data: list[Triple], nodes: list[str]) -> None:
    words = Words(ONTOLOGY, turtle("\n".join(f"ex:Shape{n} {text}" for n, text in enumerate(nodes))))
    fast, reference = validate(data, words), validate(data, words, "pyshacl")
    assert fast.results == reference.results
    assert canonical(fast.as_rdf()) == canonical(reference.as_rdf())
    SEEN.update(r.component.split("#")[1].removesuffix("ConstraintComponent") for r in fast.results)
    SEEN.update({"path:" + r.path.op for r in fast.results if r.path})
    SEEN.update({"blank" for r in fast.results if isinstance(r.focus, BlankNode)})
    SEEN["conforms"] += fast.conforms


def test_both_engines_give_the_same_report() -> None:
    SEEN.clear()
    check()
    wanted = {"MinCount", "Datatype", "NodeKind", "blank"}
    assert wanted <= SEEN.keys(), SEEN
    assert SEEN["conforms"]
    assert sum(name.startswith("path:") for name in SEEN) >= 4, SEEN
    assert len(SEEN) > 15, SEEN
