"""Answers that are kept: what is kept, for how long, and how much of it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.answers import Answer, Answers
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.both_ways import at_once
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology.errors import StoreTimeout
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large

API = derive_api(SMALL)
SCHEMA = build_schema(API)._schema
CODES = Operation("{ deals(first: 3) { totalCount nodes { code } } }")
ROOM = 2**20


@pytest.fixture
def store() -> SqliteStore:
    found = open_store(":memory:", SMALL, "write")
    found.load(large(0))
    return found


@pytest.fixture
def engine(store: SqliteStore) -> Engine:
    return Engine(SMALL, API, SCHEMA, Embedded(store), ROOM)


def hits(engine: Engine) -> tuple[int, int, int]:
    found = engine.counters
    return found.answer_hits, found.answer_misses, found.statements


def test_the_second_answer_asks_no_store(engine: Engine) -> None:
    first = engine.answer(CODES)
    assert hits(engine) == (0, 1, 1)
    assert engine.answer(CODES) is first
    assert at_once(engine.answer_async(CODES)) is first
    assert hits(engine) == (2, 1, 1)
    assert (engine.counters.plan_hits, engine.counters.plan_misses) == (0, 1)


def test_what_makes_another_answer(engine: Engine) -> None:
    text = "query A($n: Int) { deals(first: $n) { nodes { code } } } query B { deals { totalCount } }"
    requests = [
        Operation(text, {"n": 1}, "A"), Operation(text, {"n": 2}, "A"), Operation(text, {"n": 1}, "B"),
        Operation(text + " ", {"n": 1}, "A"), Operation(text, {"n": None}, "A"), Operation(text, {}, "A"),
    ]  # fmt: skip
    for _ in range(2):
        for request in requests:
            engine.answer(request)
    assert hits(engine) == (len(requests), len(requests), len(requests))
    assert engine.answer(Operation(text, {"m": 1, "n": 1}, "A")) is engine.answer(
        Operation(text, {"n": 1, "m": 1}, "A")
    )


def test_a_load_through_the_same_connection(store: SqliteStore, engine: Engine) -> None:
    versions = []
    for state in (0, 1, 1, 0):
        store.load(large(state))
        versions.append(json.loads(engine.answer(CODES).body)["extensions"]["dataVersion"])
        assert engine.answer(CODES).version == versions[-1] == store.info().version
    assert versions[0] == versions[3] != versions[1] == versions[2]


def test_a_load_through_another(tmp_path: Path) -> None:
    path = tmp_path / "graph.kai"
    writer = open_store(path, SMALL, "write")
    writer.load(large(0))
    reader = open_store(path, SMALL)
    engine = Engine(SMALL, API, SCHEMA, Embedded(reader), ROOM)
    for state in (0, 1, 0):
        version = writer.load(large(state)).version
        assert {engine.answer(CODES).version for _ in range(3)} == {version}
    assert engine.counters.statements < 3 * 3
    writer.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert engine.answer(CODES).version == version


@pytest.mark.parametrize("text", ["{", "{ nope }", "{ deals(first: -1) { totalCount } }"])
def test_errors_are_not_kept(engine: Engine, text: str) -> None:
    first, second = engine.answer(Operation(text)), engine.answer(Operation(text))
    assert first == second
    assert first is not second
    assert first.status == 400
    assert engine.counters.answer_hits == 0


def test_an_error_of_the_store_is_not_kept(store: SqliteStore, engine: Engine) -> None:
    whole = engine.answer(CODES)
    store.connection.execute("ALTER TABLE meta RENAME TO beta")
    failed = engine.answer(Operation("{ deals { totalCount } }"))
    store.connection.execute("ALTER TABLE beta RENAME TO meta")
    assert (failed.status, failed.retry_after) == (503, 2)
    assert engine.counters.store_errors == {"STORE_UNAVAILABLE": 1}
    assert engine.answer(Operation("{ deals { totalCount } }")).status == 200
    assert engine.answer(CODES) == whole


def test_variables_that_json_cannot_say_are_answered_all_the_same(engine: Engine) -> None:
    text = "query ($n: Int) { __schema { queryType { name } } deals(first: $n) { totalCount } }"
    assert engine.answer(Operation(text, {"n": 1, "unused": 2**70})).status == 200
    assert hits(engine)[:2] == (0, 0)


def test_an_engine_that_keeps_nothing(store: SqliteStore) -> None:
    engine = Engine(SMALL, API, SCHEMA, Embedded(store))
    assert engine.answer(CODES) == engine.answer(CODES)
    assert hits(engine) == (0, 0, 2)


def test_a_statement_that_takes_too_long(store: SqliteStore) -> None:
    embedded = Embedded(store, 0.05)
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT '', max(i) FROM n"
    with pytest.raises(StoreTimeout, match=r"took too long.*ask for less"):
        embedded.run(slow, ())
    assert embedded.run("SELECT 'x', 'y'", ()) == (b"x", "y")
    assert Engine(SMALL, API, SCHEMA, embedded).answer(CODES).status == 200


def test_what_is_asked_beside_a_statement_has_no_time_to_keep(store: SqliteStore) -> None:
    embedded = Embedded(store, 0.01)
    embedded.run("SELECT 'x', 'y'", ())
    time.sleep(0.02)
    assert len(list(store.connection.execute("SELECT * FROM fact AS a, fact AS b, fact AS c LIMIT 300000"))) == 300_000


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 400)), max_size=60), st.integers(0, 4000))
def test_never_more_than_its_size(puts: list[tuple[int, int]], size: int) -> None:
    """And what is found is what was last kept."""
    answers, last = Answers(size), {}
    for number, length in puts:
        key = (str(number), None, None, b"")
        last[key] = Answer(200, bytes(length))
        answers.keep(key, last[key])
        assert answers.used <= size
        assert all(answers.find(k) in (None, a) for k, a in last.items())
    assert (answers.used == 0) == (len(answers) == 0)


def test_the_least_recently_used_goes_first() -> None:
    answers, one = Answers(9 * 610), Answer(200, bytes(100))
    keys = [(str(i), None, None, b"") for i in range(9)]
    for key in keys[:9]:
        answers.keep(key, one)
    assert answers.find(keys[0]) is one
    answers.keep(("new", None, None, b""), one)
    assert [answers.find(k) for k in keys[:3]] == [one, None, one]
    answers.keep(keys[2], Answer(200, bytes(9 * 610)))
    assert answers.find(keys[2]) is None, "one that is too large puts out the one before, and nobody else"
    assert answers.find(keys[3]) is one


def test_the_moment_moves_with_any_commit(tmp_path: Path) -> None:
    path = str(tmp_path / "graph.kai")
    store = open_store(path, SMALL, "write")
    store.load(large(0))
    seen = {store.moment()}
    assert store.moment() in seen
    other = apsw.Connection(path)
    for i, connection in enumerate((other, store.connection, other)):
        connection.execute("BEGIN IMMEDIATE; INSERT INTO prefix VALUES (?, '')", (str(i),))
        if connection is other:
            assert store.moment() in seen, "nothing is committed yet"
        connection.execute("COMMIT")
        assert store.moment() not in seen
        seen.add(store.moment())
