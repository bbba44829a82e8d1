"""A page by a walk along an index is the page by sorting: on anything, and where the guess was wrong."""

from __future__ import annotations

import json
import re
from collections import Counter

import apsw
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.plan import Condition, Extent, Page
from kaigraph.graphql.schema import build_schema
from kaigraph.graphql.sql import page_rows, walk
from kaigraph.graphql.sql.source import Context
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from tests.graphql_.graphs import Settings, graphs
from tests.graphql_.models import SMALL
from tests.graphql_.test_sql_scans import _quads, scanned, steps

API = derive_api(SMALL)
SCHEMA = build_schema(API)._schema
SEEN: Counter[str] = Counter()
IS_WALK = " AS k0 FROM node WHERE "
IS_COUNTED = "SELECT sum(iif("
IS_MERGED = re.compile(r" AS k0 FROM node WHERE .*\n +UNION ALL\n +SELECT n, id, ")


def wherever(context: Context, page: Page) -> bool:
    return isinstance(page.source, Extent) and walk.walked_by(context, page.order) is not None


def never(_context: Context, _page: Page) -> bool:
    return False


def engine_of(store: SqliteStore) -> Engine:
    return Engine(SMALL, API, SCHEMA, Embedded(store))


def uncounted(_context: Context, _source: Extent, _where: Condition) -> str:
    """As if no count could be had from an index alone."""
    return ""


def stale(context: Context, source: Extent) -> tuple[tuple[int, bool], ...]:
    """As if no node of a subclass had been there when the statement was compiled."""
    return ((context.layout.classes[source.cls], True),)


#: How a page may be read: one walk a class, one walk for all of them, by what was true once, and sorted.
WAYS: dict[str, dict[str, object]] = {
    "merged": {"pays": wherever},
    "one": {"pays": wherever, "MOST_WALKS": 0},
    "stale": {"pays": wherever, "_own": stale},
    "sorted": {"pays": never},
}


def all_ways(store: SqliteStore, operation: Operation) -> bytes:
    """The answer, which is the same in all ways."""
    found = []
    for way, patches in WAYS.items():
        with pytest.MonkeyPatch.context() as patch:
            for name, value in patches.items():
                patch.setattr(walk, name, value)
            if way == "sorted":
                patch.setattr(page_rows, "counted", uncounted)
            engine = engine_of(store)
            statement = engine.prepare(operation)[0].statement
            SEEN[way] += IS_WALK in statement
            SEEN["counted"] += IS_COUNTED in statement
            SEEN["several"] += IS_MERGED.search(statement) is not None
            found.append(engine.answer(operation).body)
    assert found == [found[0]] * len(WAYS), operation
    return found[0]


#: Lists of a class in the order of one value: the list, the value, and tests of the value that bound a walk.
NUMBER = ('gt: "0"', 'gte: "0"', 'lt: "10"', 'lte: "2", gt: "-1"')
DATE = ('after: "2025-01"', 'onOrAfter: "2025-02-20"')
ORDERED: dict[tuple[str, str], tuple[str, ...]] = {
    ("things", "begins"): DATE,
    ("bodys", "begins"): DATE,
    ("firms", "begins"): DATE,
    ("things", "code"): (),
    ("bodys", "code"): (),
    ("deals", "size"): NUMBER,
    ("deals", "state"): (),
    ("moneys", "value"): NUMBER,
}
FILTERS = ("", "label: {isNull: true}", "not: {class: [Lab]}")


@st.composite
def ordered(draw: st.DrawFn) -> str:
    """A page in the order of one value, after a cursor."""
    (name, key), bounds = draw(st.sampled_from(list(ORDERED.items())))
    bound = draw(st.sampled_from(["", *bounds]))
    where = ", ".join(t for t in (draw(st.sampled_from(FILTERS)), bound and f"{key}: {{{bound}}}") if t)
    given_ = f"first: {draw(st.integers(0, 4))}, orderBy: [{{{key}: {draw(st.sampled_from(['ASC', 'DESC']))}}}]"
    said = draw(st.sampled_from(["nodes { id }", "edges { cursor node { id } }"]))
    info = "totalCount pageInfo { endCursor hasNextPage }"
    return f"query ($after: String) {{ page: {name}({given_}, after: $after, where: {{{where}}}) {{ {said} {info} }} }}"


@settings(
    max_examples=200, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(ordered(), graphs(SMALL, Settings(most_nodes=12)))
def test_a_walk_finds_what_sorting_finds(text: str, graph: Resolved) -> None:
    store = open_store(":memory:", SMALL, "write")
    store.load(graph)
    after = None
    for _ in range(4):
        answer = json.loads(all_ways(store, Operation(text, {"after": after})))
        after = answer["data"]["page"]["pageInfo"]["endCursor"]
        if after is None:
            break
    store.close()


@pytest.mark.parametrize("way", ["merged", "one", "stale", "several", "counted"])
def test_walks_were_seen(way: str) -> None:
    assert SEEN[way] > 10, "run with the test before"


def test_no_sorted_page_is_taken_for_a_walk() -> None:
    assert SEEN["sorted"] == 0


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
def test_a_large_class_is_walked_in_order(large: SqliteStore, text: str) -> None:
    assert IS_WALK in engine_of(large).prepare(Operation(text))[0].statement
    all_ways(large, Operation(text))


@pytest.mark.parametrize("text", NOT_WORTH.values(), ids=NOT_WORTH)
def test_what_sorting_does_as_well_is_not_walked(large: SqliteStore, text: str) -> None:
    assert IS_WALK not in engine_of(large).prepare(Operation(text))[0].statement


def test_a_walk_reads_the_index_alone(large: SqliteStore) -> None:
    found = steps(large, WORTH["ordered"])
    assert any("USING COVERING INDEX node class _size (class=?" in step for step in found), found
    assert scanned(found) == []


COUNTED = {
    "in its order": (WORTH["bounded"], "_size (class=? AND _size>?)"),
    "in another": (
        '{ deals(first: 5, where: {size: {gt: "500000"}}, orderBy: [{code: ASC}]) { totalCount nodes { id } } }',
        "_size (class=? AND _size>?)",
    ),
    "alone": (
        '{ deals(where: {size: {gt: "5", lte: "50"}}) { totalCount } }',
        "_size (class=? AND _size>? AND _size<?)",
    ),
    "of an enum value": ("{ deals(where: {state: {eq: open}}) { totalCount } }", "state (class=? AND state=?)"),
}


@pytest.mark.parametrize(("text", "index"), COUNTED.values(), ids=COUNTED)
def test_what_is_counted_by_one_key_is_counted_in_its_index(large: SqliteStore, text: str, index: str) -> None:
    """Once where all nodes of a class are in the page's, and once, with a look at `member`, where they are not."""
    found = [step for step in steps(large, text) if f"COVERING INDEX node class {index}" in step]
    assert len([step for step in found if step.startswith("SEARCH n1 ")]) == 2, found
    all_ways(large, Operation(text))


def test_a_page_is_not_read_beyond_its_end(large: SqliteStore) -> None:
    """What has no key would be looked for in the whole class: some 5,000 look-ups."""
    engine = engine_of(large)
    ranged = '{ deals(first: 5, where: {size: {gt: "500000"}}, orderBy: [{size: ASC}]) { nodes { id } } }'
    for text in (WORTH["ordered"], WORTH["descending"], ranged):
        engine.answer(Operation(text))
        work: list[dict[str, dict[str, int]]] = []
        large.connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, work.append)
        engine.answer(Operation(text))
        large.connection.trace_v2(0)
        assert [w["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"] < 1_000 for w in work] == [True], work


def test_a_statement_is_compiled_once(large: SqliteStore) -> None:
    """SQLite would compile it anew for every value of a limit or a bound, and that took longer than to run it."""
    engine, compiled = engine_of(large), [0]

    def seen(*_given: object) -> int:
        compiled[-1] += 1
        return apsw.SQLITE_OK

    text = """query ($first: Int!, $size: Integer!) {
      deals(first: $first, where: {size: {gt: $size}}, orderBy: [{size: ASC}]) { totalCount nodes { id } } }"""
    large.connection.authorizer = seen
    for first in (3, 5, 8):
        compiled.append(0)
        assert engine.answer(Operation(text, {"first": first, "size": str(first * 100_000)})).status == 200
    large.connection.authorizer = None
    assert compiled[1] > 0
    assert compiled[2:] == [0, 0]
