"""The reference executor, held to answers worked out by hand (the engine is held to it in `test_equality.py`)."""

from __future__ import annotations

import json

from pyoxigraph import Literal, NamedNode

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.loaders.graph import DEFAULT_GRAPH, Dataset, Fact, Resolved, Term
from tests.graphql_.graphs import FOR_EVER, ID
from tests.graphql_.models import CORE, EX, SMALL, XSD
from tests.graphql_.reference import RDF_TYPE, Graph, Reference, Rules, bare_schema

API = derive_api(SMALL)
SCHEMA = bare_schema(API)
PLAIN = Rules(
    label=lambda _graph, node, language: f"{node} {language}",
    encode=lambda _origin, _order, keys, node: json.dumps([*keys, node]),
    decode=lambda text, _origin, _order: tuple(json.loads(text)),
)


def reference(graph: Resolved) -> Reference:
    return Reference(SMALL, API, Graph(SMALL, graph), PLAIN, SCHEMA)


# ------------------------------------------------------------------ answers worked out by hand


def _fact(subject: str, predicate: str, value: Term, *claims: str, current: bool = True) -> Fact:
    graphs_of = tuple(ID + c for c in claims) or (DEFAULT_GRAPH,)
    return Fact(NamedNode(ID + subject), NamedNode(predicate), value, graphs_of, FOR_EVER, current)


def _typed(subject: str, cls: str) -> Fact:
    return _fact(subject, RDF_TYPE, NamedNode(cls))


def _number(text: str, datatype: str = "decimal") -> Literal:
    return Literal(text, datatype=NamedNode(XSD + datatype))


#: Three deals with amounts (one of them part of another), a payer, and claims that say so.
FACTS = (
    _typed("d1", EX + "Deal"), _typed("d2", EX + "Deal"), _typed("d3", EX + "Deal"), _typed("d4", EX + "Deal"),
    _typed("f", EX + "Firm"), _typed("lab", EX + "Lab"), _typed("m1", EX + "Money"), _typed("m2", EX + "Money"),
    _typed("c1", CORE + "Claim"), _typed("c2", CORE + "Claim"), _typed("s", CORE + "EditorialSource"),
    _fact("c1", CORE + "source", NamedNode(ID + "s")),
    _fact("d1", EX + "payer", NamedNode(ID + "f"), "c1"),
    _fact("d2", EX + "payer", NamedNode(ID + "lab"), "c1", "c2"),
    _fact("d1", EX + "amount", NamedNode(ID + "m1"), "c1"),
    _fact("d2", EX + "amount", NamedNode(ID + "m2"), "c1"),
    _fact("d3", EX + "amount", NamedNode(ID + "m2"), "c2"),
    _fact("d3", CORE + "partOf", NamedNode(ID + "d2"), "c2"),
    _fact("m1", EX + "value", _number("0.10"), "c1"),
    _fact("m2", EX + "value", _number("12"), "c1"),
    _fact("m1", EX + "unit", NamedNode(EX + "krw"), "c1"),
    _fact("m2", EX + "unit", NamedNode(EX + "usd"), "c1"),
    _fact("d1", EX + "size", _number("2", "integer"), "c1"),
    _fact("d2", EX + "size", _number("10", "integer"), "c1"),
    _fact("d3", EX + "size", _number("10", "integer"), "c1"),
    _fact("d3", EX + "size", _number("11", "integer"), "c2", current=False),
)  # fmt: skip
GRAPH = Resolved(Dataset((), {}, {}, True, ID + "s"), FACTS, ())


def _data(text: str, **variables: object) -> object:
    answered = reference(GRAPH).execute(text, variables)
    assert not answered.errors, answered.errors
    return json.loads(json.dumps(answered.data).replace(ID, ""))


def test_order_nulls_last_both_ways_and_ties_by_id() -> None:
    up = _data("{ deals(orderBy: [{size: ASC}]) { nodes { id size } } }")
    down = _data("{ deals(orderBy: [{size: DESC}]) { nodes { id } } }")
    assert up == {"deals": {"nodes": [{"id": "d1", "size": "2"}, {"id": "d2", "size": "10"}, {"id": "d3", "size": "10"},
                                      {"id": "d4", "size": None}]}}  # fmt: skip
    assert down == {"deals": {"nodes": [{"id": "d2"}, {"id": "d3"}, {"id": "d1"}, {"id": "d4"}]}}


def test_sums_are_exact_and_leave_out_a_part_beside_its_whole() -> None:
    assert _data("{ deals { sum(of: AMOUNT_VALUE) groups { amountUnit count sum(of: AMOUNT_VALUE) } } }") == {
        "deals": {
            "sum": "12.1",
            "groups": [
                {"amountUnit": "krw", "count": 1, "sum": "0.1"},
                {"amountUnit": "usd", "count": 2, "sum": "12"},
                {"amountUnit": None, "count": 1, "sum": None},
            ],
        }
    }


def test_pages_go_on_where_they_stopped() -> None:
    text = """query Q($after: String) { deals(first: 2, after: $after, orderBy: [{size: DESC}]) {
        totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
    first = _data(text, after=None)
    assert isinstance(first, dict)
    page = first["deals"]
    assert [n["id"] for n in page["nodes"]] == ["d2", "d3"]
    assert page["pageInfo"]["hasNextPage"] is True
    second = reference(GRAPH).execute(text, {"after": page["pageInfo"]["endCursor"].replace('"d', f'"{ID}d')}).data
    assert second is not None
    assert [n["id"] for n in second["deals"]["nodes"]] == [f"{ID}d1", f"{ID}d4"]
    assert second["deals"]["pageInfo"]["hasPreviousPage"] is True
    assert second["deals"]["totalCount"] == 4


def test_filters_follow_things_and_negate_what_is_missing() -> None:
    some = '{ firms(where: {paid: {some: {size: {gte: "10"}}}}) { nodes { __typename id } } }'
    negated = '{ deals(where: {not: {size: {lt: "10"}}, payer: {class: [Lab]}}) { nodes { id } } }'
    assert _data(some) == {"firms": {"nodes": [{"__typename": "Lab", "id": "lab"}]}}
    assert _data(negated) == {"deals": {"nodes": [{"id": "d2"}]}}
    assert _data('{ deals(where: {not: {size: {lt: "100"}}}) { nodes { id } } }') == {
        "deals": {"nodes": [{"id": "d4"}]}
    }


def test_claims_of_a_node_of_a_property_and_of_an_edge() -> None:
    text = """{ node(id: "%sd3") { claims { id } ... on Deal { size } sources { __typename id } }
        labs { nodes { paid { edges { node { id claims(on: [payer]) { id } } claims { id } } } } } }"""
    assert _data(text % ID) == {
        "node": {
            "claims": [{"id": "c1"}, {"id": "c2"}],
            "size": "10",
            "sources": [{"__typename": "EditorialSource", "id": "s"}],
        },
        "labs": {
            "nodes": [
                {
                    "paid": {
                        "edges": [
                            {
                                "node": {"id": "d2", "claims": [{"id": "c1"}, {"id": "c2"}]},
                                "claims": [{"id": "c1"}, {"id": "c2"}],
                            }
                        ]
                    }
                }
            ]
        },
    }
