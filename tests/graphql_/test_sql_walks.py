"""A page by a walk along an index is the page by sorting: on anything, and where the guess was wrong."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kaigraph.graphql.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.plan import Extent, Page
from kaigraph.graphql.schema import build_schema
from kaigraph.graphql.sql import walk
from kaigraph.graphql.sql.source import Context
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolve import resolve
from kaigraph.loaders.sqlite_store import SqliteStore, open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.graphql_.operations import Made, cursors, operations
from tests.graphql_.test_sql_scans import _quads, scanned, steps

API = derive_api(SMALL)
SCHEMA = build_schema(API)._schema
SEEN: Counter[str] = Counter()


def wherever(context: Context, page: Page) -> bool:
    return isinstance(page.source, Extent) and walk.walked_by(context, page.order) is not None


def never(_context: Context, _page: Page) -> bool:
    return False


def engine_of(store: SqliteStore) -> Engine:
    return Engine(SMALL, API, SCHEMA, Embedded(store))


def both(store: SqliteStore, operation: Operation, patch: pytest.MonkeyPatch) -> bytes:
    """The answer with walks, which is the one without."""
    found = []
    for pays in (wherever, never):
        patch.setattr(walk, "pays", pays)
        engine = engine_of(store)
        SEEN["walks"] += "FROM reach" in engine.prepare(operation)[0].statement
        found.append(engine.answer(operation).body)
    assert found[0] == found[1], operation
    return found[0]


@settings(max_examples=150, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(operations(API), graphs(SMALL))
def test_a_walk_finds_what_sorting_finds(made: Made, graph: Resolved) -> None:
    with pytest.MonkeyPatch.context() as patch:
        store = open_store(":memory:", SMALL, "write")
        store.load(graph)
        data = json.loads(both(store, Operation(made.text, made.variables), patch))["data"]
        found = cursors(made, data)
        if found:
            both(store, Operation(made.text, {**made.variables, **found}), patch)
        store.close()


def test_walks_were_seen() -> None:
    assert SEEN["walks"] > 10, "run with the test before"


@pytest.fixture(scope="module")
def large() -> SqliteStore:
    store = open_store(":memory:", SMALL, "write")
    store.load(resolve(Dataset(tuple(sorted(set(_quads(4_900)), key=str)), {}, {}, False, "urn:source"), SMALL))
    return store


WORTH = {
    "ordered": "{ deals(first: 5, orderBy: [{size: ASC}]) { nodes { id size } } }",
    "descending": "{ deals(first: 5, orderBy: [{size: DESC}]) { nodes { id size } pageInfo { endCursor } } }",
    "filtered": "{ deals(first: 5, where: {state: {eq: open}}, orderBy: [{size: ASC}]) { totalCount nodes { id } } }",
    "bounded": '{ deals(first: 5, where: {size: {gt: "500000"}}, orderBy: [{size: ASC}]) { totalCount nodes { id } } }',
    "in vain": """{ deals(first: 5, where: {size: {gt: "500000"}, code: {contains: "nowhere"}}, orderBy: [{code: ASC}])
        { totalCount nodes { id } } }""",
}
NOT_WORTH = {
    "few": '{ deals(first: 5, where: {code: {eq: "code 7"}}, orderBy: [{size: ASC}]) { nodes { id } } }',
    "far": '{ deals(where: {payer: {paid: {some: {code: {eq: "code 7"}}}}}, orderBy: [{size: ASC}]) { nodes { id } } }',
    "small": "{ firms(orderBy: [{code: ASC}]) { nodes { id } } }",
    "two keys": "{ deals(orderBy: [{size: ASC}, {code: ASC}]) { nodes { id } } }",
    "added": "{ deals(orderBy: [{size: ASC}]) { sum(of: SIZE) nodes { id } } }",
}


@pytest.mark.parametrize("text", WORTH.values(), ids=WORTH)
def test_a_large_class_is_walked_in_order(large: SqliteStore, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "FROM reach" in engine_of(large).prepare(Operation(text))[0].statement
    both(large, Operation(text), monkeypatch)


@pytest.mark.parametrize("text", NOT_WORTH.values(), ids=NOT_WORTH)
def test_what_sorting_does_as_well_is_not_walked(large: SqliteStore, text: str) -> None:
    assert "FROM reach" not in engine_of(large).prepare(Operation(text))[0].statement


def test_a_walk_reads_the_index_alone(large: SqliteStore) -> None:
    found = steps(large, WORTH["ordered"])
    assert any("USING COVERING INDEX node class _size (class=?" in step for step in found), found
    assert scanned(found) == []


def test_a_count_within_the_bounds_reads_the_index_alone(large: SqliteStore) -> None:
    found = steps(large, WORTH["bounded"])
    assert any("n1 USING COVERING INDEX node class _size (class=? AND _size>?" in step for step in found), found
