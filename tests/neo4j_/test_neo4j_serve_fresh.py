"""Never stale, on a server: several processes load one database and ask it, each keeping its answers."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.both_ways import at_once
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import Neo4jStore, opened_neo4j
from kaigraph.ontology.errors import StoreLoading
from tests.graphql_.freshness import OPERATIONS, ROOM, Event, judge, resolved, schema, together
from tests.graphql_.models import SMALL
from tests.neo4j_.serving import who
from tests.neo4j_.test_neo4j_open import write

PROGRAM = """
import random, sys
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.neo4j.connect import target_of
from kaigraph.loaders.neo4j.store import opened_neo4j
from tests.graphql_.freshness import ROOM, play, schema, tell
seed = int(sys.argv[2])
with opened_neo4j(target_of(sys.argv[1]), schema()[0], "write") as store:
    engine = Engine(*schema(), Neo4jAnswers(store), ROOM)
    tell(play(engine, store.load, random.Random(seed), 40))
"""


@pytest.fixture
def store(empty: Target) -> Iterator[Neo4jStore]:
    with opened_neo4j(empty, SMALL, "write") as found:
        yield found


def test_no_answer_is_stale(store: Neo4jStore) -> None:
    begun = time.monotonic()
    store.load(resolved(0))
    first = Event(begun, time.monotonic(), state=0)
    events = together(PROGRAM, [(store.target.uri, str(seed)) for seed in range(2)], who(store.target))
    assert judge([first, *events]) > 20
    assert any(e.state >= 0 for e in events), "nothing was loaded: the test shows nothing"


def test_what_is_known_is_not_worked_out_again(store: Neo4jStore) -> None:
    """One statement each time, which says only that nothing has changed."""
    store.load(resolved(0))
    engine = Engine(*schema(), Neo4jAnswers(store), ROOM)
    for operation in OPERATIONS:
        first = engine.answer(operation)
        assert engine.answer(operation) is first
        assert at_once(engine.answer_async(Operation("{", {}))).status == 400
    found = engine.counters
    assert (found.answer_hits, found.answer_misses, found.statements) == (3, 3, 6)
    version = store.info().version
    slow = "UNWIND range(1, 1000000000) AS i RETURN sum(i) AS data"
    assert store.run(slow, {}, version)[1] == version
    old = [engine.answer(o).version for o in OPERATIONS]
    store.load(resolved(1))
    new = [engine.answer(o).version for o in OPERATIONS]
    store.load(resolved(0))
    assert [engine.answer(o).version for o in OPERATIONS] == old != new


def test_what_is_known_does_not_hide_a_load(store: Neo4jStore) -> None:
    store.load(resolved(0))
    version = store.info().version
    write(store.target, "MATCH (m:Meta_) SET m.load = m.load + 1")
    with pytest.raises(StoreLoading):
        store.run("RETURN 1 AS data", {}, version)
