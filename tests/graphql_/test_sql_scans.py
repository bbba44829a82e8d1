"""The plans that SQLite makes of the statements: no table is read from end to end where an index could have helped."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from tests.graphql_.models import EX, LABELS, SMALL, XSD
from tests.graphql_.test_sql_answers import API, SCHEMA

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def _quads(count: int) -> Iterator[Quad]:
    chance = random.Random(1)  # noqa: S311  # no secret
    for i in range(count):
        deal, firm = NamedNode(f"urn:deal:{i}"), NamedNode(f"urn:firm:{i % (count // 5)}")
        yield Quad(deal, TYPE, NamedNode(EX + "Deal"))
        yield Quad(deal, NamedNode(EX + "code"), Literal(f"code {chance.randrange(count)}"))
        yield Quad(
            deal, NamedNode(EX + "size"), Literal(str(chance.randrange(10**6)), datatype=NamedNode(XSD + "integer"))
        )
        yield Quad(deal, NamedNode(EX + "state"), NamedNode(EX + chance.choice(["open", "closed"])))
        yield Quad(deal, NamedNode(EX + "marks"), Literal(f"mark {i}"))
        yield Quad(deal, NamedNode(EX + "payer"), firm)
        yield Quad(firm, TYPE, NamedNode(EX + "Firm"))
        yield Quad(firm, NamedNode(LABELS[0]), Literal(f"firm {i}", language="en"))


@pytest.fixture(scope="module")
def store() -> SqliteStore:
    made = open_store(":memory:", SMALL, "write")
    made.load(resolve(Dataset(tuple(sorted(set(_quads(500)), key=str)), {}, {}, False, "urn:source"), SMALL))
    return made


def steps(store: SqliteStore, text: str) -> list[str]:
    prepared, values = Engine(SMALL, API, SCHEMA, Embedded(store)).prepare(Operation(text))
    given = {str(i): v for i, v in enumerate(bind(prepared.plan, values), 1)}
    rows = store.connection.execute(f"EXPLAIN QUERY PLAN {prepared.statement}", given)
    return [str(row[-1]) for row in rows]


def scanned(found: list[str]) -> list[str]:
    """The steps that read a whole table or index of ours, by their aliases: n1, e2, m3; v, f, u, c, o."""
    ours = {
        s.split()[1] for s in found if s.startswith("SCAN ") and s.split()[1].rstrip("0123456789") in set("nemvfuco")
    }
    selected = {s.split()[1] for s in found if s.startswith("CO-ROUTINE ")}  # sub-selects, whose rows were found before
    return sorted(ours - selected)


SEARCHED = {
    "one": '{ node(id: "urn:deal:1") { id ... on Deal { code marks payer { label paid { nodes { id } } } } } }',
    "several": '{ nodes(ids: ["urn:deal:1", "urn:deal:2"]) { id label } }',
    "by_id": "{ deals { nodes { id code } } }",
    "by_label": "{ firms(orderBy: [{label: ASC}]) { nodes { id } } }",
    "counted": "{ deals { totalCount } }",
    "equal": '{ deals(where: {code: {eq: "code 7"}}) { nodes { id } } }',
    "in": '{ deals(where: {code: {in: ["code 7", "code 8"]}}) { nodes { id } } }',
    "range": '{ deals(where: {size: {gt: "999000"}}) { nodes { id } } }',
    "label": '{ firms(where: {label: {eq: "firm 3"}}) { nodes { id } } }',
    "many": '{ deals(where: {marks: {eq: "mark 7"}}) { nodes { id } } }',
    "some": '{ firms(where: {paid: {some: {code: {eq: "code 7"}}}}) { nodes { id } } }',
    "some_of_some": '{ deals(where: {payer: {paid: {some: {code: {eq: "code 7"}}}}}) { nodes { id } } }',
    "evidence": '{ node(id: "urn:deal:1") { claims { id } sources { id } facts { property value node { id } } } }',
}


@pytest.mark.parametrize("name", SEARCHED)
def test_nothing_is_scanned(store: SqliteStore, name: str) -> None:
    found = steps(store, SEARCHED[name])
    assert not scanned(found), "\n".join(found)


@pytest.mark.parametrize("name", ["by_id", "by_label"])
def test_nothing_is_sorted(store: SqliteStore, name: str) -> None:
    assert not [s for s in steps(store, SEARCHED[name]) if "TEMP B-TREE FOR ORDER BY" in s]


def test_a_scan_would_be_seen(store: SqliteStore) -> None:
    """`contains` has no index: if this one is not seen, the tests above show nothing."""
    rows = store.connection.execute("EXPLAIN QUERY PLAN SELECT n1.id FROM node AS n1 WHERE instr(n1._labels, 'x') > 0")
    assert scanned([str(row[-1]) for row in rows])
