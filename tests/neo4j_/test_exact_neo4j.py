"""What an engine could get wrong: numbers, floats, texts and ids that are odd; both stores say the same, errors too."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import CORE, EX, LABELS, SMALL, XSD
from tests.graphql_.sql_plans import field
from tests.graphql_.test_equality import API, SCHEMA
from tests.neo4j_.conftest import wipe

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HOSTILE = [
    "'",
    '"',
    "`",
    "\\",
    "\\'",
    "$p0",
    "'}) DETACH DELETE n //",
    "{{}}",
    "\n",
    "\u2028",
    "가",
    "😀",
    "a`b:c",
    "--",
]
LONG = "urn:long:" + "x" * 700
IDS = ["urn:plain", "urn:😀", "urn:'quoted'", LONG + "a", "urn:%60", "urn:가", "urn:é", "urn:Plain"]
#: Beside others in IDS: characters on both sides of U+FFFF, and ids that begin alike for hundreds of characters.
OUT_OF_ORDER = ["urn:\uffee", LONG + "b"]
SIZES = ["7", "+07", "-3", "seven", "1.50", "", "999999999999999999", "-0"]
FLOATS = ["1e-7", "1E300", "-0.0", "0.1", "INF", "-INF", "NaN", "much", "1.0E0", "123456789.123456789"]


def literal(subject: NamedNode, cls: str, name: str, text: str) -> Quad:
    datatype = NamedNode(field(cls, name).datatypes[0])
    return Quad(subject, NamedNode(EX + name), Literal(text, datatype=datatype))


def odd() -> Iterator[Quad]:
    """Nodes that no shape would let in, and a few that any would."""
    for i, text in enumerate(SIZES):
        deal = NamedNode(f"urn:deal:{i}")
        yield Quad(deal, TYPE, NamedNode(EX + "Deal"))
        yield from (literal(deal, "Deal", name, text) for name in ("size", "count"))
        yield Quad(deal, NamedNode(EX + "sizes"), Literal(text, datatype=NamedNode(XSD + "decimal")))
        yield Quad(deal, NamedNode(EX + "about"), NamedNode(IDS[i % len(IDS)]))
        yield Quad(deal, NamedNode(f"urn:unknown:{i}'"), Literal("x"))
    for i, text in enumerate(FLOATS):
        lab = NamedNode(f"urn:lab:{i}")
        yield Quad(lab, TYPE, NamedNode(EX + "Lab"))
        yield literal(lab, "Lab", "share", text)
    for i, text in enumerate(HOSTILE):
        firm = NamedNode(f"urn:firm:{i}")
        yield Quad(firm, TYPE, NamedNode(EX + "Firm"))
        yield literal(firm, "Firm", "code", text)
        yield Quad(firm, NamedNode(EX + "motto"), Literal(text, language="en"))
        yield Quad(firm, NamedNode(LABELS[0]), Literal(text, language="ko"))
    for i, name in enumerate(OUT_OF_ORDER):
        yield literal(NamedNode(name), "School", "code", "out of order")
        yield Quad(NamedNode(name), TYPE, NamedNode(EX + "Money"))
        yield Quad(NamedNode(IDS[[1, 3][i]]), TYPE, NamedNode(EX + "Money"))
    for i, name in enumerate(IDS):
        node = NamedNode(name)
        yield Quad(node, TYPE, NamedNode(EX + "School"))
        yield literal(node, "School", "open", ["true", "1", "0", "perhaps"][i % 4])
        yield Quad(node, NamedNode(EX + "part"), NamedNode(IDS[i - 1]))
        yield Quad(node, NamedNode(CORE + "partOf"), NamedNode(IDS[i - 1]))
    yield Quad(BlankNode("b1"), NamedNode(EX + "part"), BlankNode("b2"))


@pytest.fixture(scope="module")
def engines(target: Target) -> Iterator[tuple[Engine, Engine]]:
    """Both stores with the odd data."""
    resolved = resolve(Dataset(tuple(sorted(set(odd()), key=str)), {}, {}, False, "urn:source"), SMALL)
    embedded = open_store(":memory:", SMALL, "write")
    embedded.load(resolved)
    wipe(target)
    store = open_neo4j(target, SMALL, "write")
    store.load(resolved)
    yield Engine(SMALL, API, SCHEMA, Embedded(embedded)), Engine(SMALL, API, SCHEMA, Neo4jAnswers(store))
    store.close()


def same(engines: tuple[Engine, Engine], text: str, variables: dict[str, object] | None = None) -> bytes:
    one, other = (engine.answer(Operation(text, variables)).body for engine in engines)
    assert one == other, text
    return one


OPERATIONS = {
    "numbers": "{ deals(orderBy: [{size: DESC}]) { nodes { id size count sizes } } }",
    "floats": "{ labs(orderBy: [{share: ASC}]) { nodes { id share } } }",
    "float_groups": "{ labs { groups { share count } } }",
    "texts": "{ firms(orderBy: [{code: ASC}]) { nodes { code label motto { value } ko: label(lang: KO) } } }",
    "booleans": "{ schools { nodes { open } groups { open count } } }",
    "ids": "{ schools { totalCount edges { cursor node { id iri } } } }",
    "facts": "{ deals { nodes { facts { property value datatype language node { id label } } } } }",
    "things": "{ schools { nodes { id part { nodes { id } } } } }",
    "parts": "{ schools { groups { count } } deals(where: {size: {lte: 100}}) { sum(of: SIZE) } }",
    "too_large": "{ deals { sum(of: SIZE) } }",
    "nobody": '{ node(id: "urn:nobody") { id } nodes(ids: ["urn:plain", "urn:nobody", "urn:plain"]) { id } }',
    "nothing": '{ deals(where: {id: {in: []}}) { totalCount sum(of: SIZE) groups { count } nodes { id } } }',
    "none_at_all": "{ deals(first: 0) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } }",
    "zones": '{ things(where: {begins: {isNull: true}}, first: 3) { nodes { id } pageInfo { hasNextPage } } }',
}  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_both_stores_say_the_same(engines: tuple[Engine, Engine], name: str) -> None:
    assert b'"data"' in same(engines, OPERATIONS[name])


@pytest.mark.parametrize("name", IDS)
def test_a_node_is_found_by_any_id(engines: tuple[Engine, Engine], name: str) -> None:
    found = same(
        engines,
        "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id, $id]) { id } schools(where: {id: {in: [$id]}}) "
        "{ nodes { id } } schools2: schools(where: {id: {eq: $id}}) { totalCount } }",
        {"id": name},
    )
    assert json.loads(found)["data"]["node"] == {"id": name}
    assert json.loads(found)["data"]["schools2"] == {"totalCount": 1}


def test_odd_ids_stand_in_one_order(engines: tuple[Engine, Engine]) -> None:
    same(engines, "{ moneys { nodes { id } } }")


def test_pages_go_on_after_any_id(engines: tuple[Engine, Engine]) -> None:
    text = """query ($after: String) { schools(first: 1, after: $after, orderBy: [{id: DESC}]) {
        edges { cursor node { id } } pageInfo { hasNextPage } } }"""
    seen: list[str] = []
    after, more = None, True
    while more:
        page = json.loads(same(engines, text, {"after": after}))["data"]["schools"]
        ((after, node),) = ((edge["cursor"], edge["node"]["id"]) for edge in page["edges"])
        seen.append(node)
        more = page["pageInfo"]["hasNextPage"]
    assert len(seen) == len(IDS) + len(FLOATS)
    assert set(seen) >= set(IDS)


FILTERS = """query ($t: String!, $i: ID!) {
    a: firms(where: {code: {eq: $t}}) { nodes { id } }
    b: firms(where: {code: {in: [$t, "a"]}}) { nodes { id } }
    c: firms(where: {code: {contains: $t}}) { nodes { id } }
    d: firms(where: {code: {startsWith: $t}}) { nodes { id } }
    e: firms(where: {label: {eq: $t}}) { nodes { id } }
    f: firms(where: {label: {startsWith: $t}}) { nodes { id } }
    g: firms(where: {motto: {contains: $t}}) { totalCount }     h: firms(where: {motto: {eq: $t}}) { totalCount }
    i: deals(where: {about: {some: {id: {eq: $i}}}}) { totalCount }
    j: firms(where: {not: {label: {in: [$t]}}}) { totalCount }
}"""


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.sampled_from([*HOSTILE, *IDS]), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)))
def test_any_text_is_looked_for_and_none_is_run(engines: tuple[Engine, Engine], text: str) -> None:
    found = json.loads(same(engines, FILTERS, {"t": text, "i": text}))["data"]
    if text in HOSTILE:
        assert found["a"]["nodes"]
        assert found["e"]["nodes"] or not text.strip()  # white space is no label
