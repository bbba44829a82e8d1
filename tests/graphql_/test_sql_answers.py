"""What the one statement answers is what graphql-core answers, over every kind of node that a plan can hold."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, Phase, given, settings

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Resolved
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.graphql_.reference import Graph, Reference, bare_schema, rules_of
from tests.graphql_.sql_operations import OPERATIONS, VARIABLES

API = derive_api(SMALL)
SCHEMA = build_schema(API)._schema
BARE = bare_schema(API)
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # an example of all operations is slow to shrink


def engine_over(resolved: Resolved) -> Engine:
    store = open_store(":memory:", SMALL, "write")
    store.load(resolved)
    return Engine(SMALL, API, SCHEMA, Embedded(store))


def answered(engine: Engine, text: str, variables: dict[str, object] | None = None) -> object:
    return json.loads(engine.answer(Operation(text, variables)).body)


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_operations_are_valid(name: str) -> None:
    assert not validate(SCHEMA, parse(OPERATIONS[name]))


@settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(graphs(SMALL))
def test_answers_are_those_of_graphql_core(resolved: Resolved) -> None:
    engine = engine_over(resolved)
    reference = Reference(SMALL, API, Graph(SMALL, resolved), rules_of(SMALL), BARE)
    for name, text in OPERATIONS.items():
        wanted = reference.execute(text, VARIABLES.get(name))
        assert not wanted.errors, (name, wanted.errors)
        found = answered(engine, text, VARIABLES.get(name))
        assert isinstance(found, dict)
        assert json.dumps(found.get("data")) == json.dumps(wanted.data), name


ORDERS = [
    "[]",
    "[{state: DESC}]",
    "[{amount: {value: ASC}}, {code: DESC}]",
    "[{label: ASC}]",
    "[{id: DESC}]",
    "[{begins: DESC}]",
]


@settings(max_examples=10, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(graphs(SMALL))
def test_pages_end_to_end_are_the_list(resolved: Resolved) -> None:
    engine = engine_over(resolved)
    for order in ORDERS:
        whole = _page(engine, order, 50, None)
        seen: list[object] = []
        pages: list[Any] = []
        cursor = None
        while True:
            page = _page(engine, order, 1, cursor)
            seen += page["edges"]
            pages.append(page["pageInfo"])
            cursor = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert seen == whole["edges"]
        assert [p["hasPreviousPage"] for p in pages] == [i > 0 for i in range(len(pages))]
        assert all(one["endCursor"] != other["endCursor"] for one, other in pairwise(pages))


def _page(engine: Engine, order: str, first: int, after: str | None) -> Any:  # noqa: ANN401  # JSON
    text = f"""query ($first: Int, $after: String) {{ things: deals(first: $first, after: $after, orderBy: {order}) {{
        edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    found = answered(engine, text, {"first": first, "after": after})
    assert isinstance(found, dict)
    assert "errors" not in found, found
    return found["data"]["things"]
