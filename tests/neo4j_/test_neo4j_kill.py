"""A load that is killed at any point leaves the old state, the new one, or a store that says it is not complete."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kaigraph.loaders.neo4j.connect import StoreLoading, Target
from kaigraph.loaders.neo4j.store import Neo4jStore, opened_neo4j
from kaigraph.ontology.errors import StoreUnavailable
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large

ROOT = Path(__file__).parents[2]
LOADER = f"""
import sys
sys.path.append({str(ROOT)!r})
from kaigraph.loaders.neo4j import plan_load
from kaigraph.loaders.neo4j.connect import target_of
from kaigraph.loaders.neo4j.store import opened_neo4j
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large
plan_load.BATCH = 200
states = [large(0), large(1)]
with opened_neo4j(target_of(sys.argv[1]), SMALL, "write") as store:
    print("ready", flush=True)
    while True:
        for state in states:
            store.load(state, limit=int(sys.argv[2]))
            print("loaded", flush=True)
"""
#: A load that dies in the middle of a commit is known to be dead after 5 s.
PATIENCE = 20.0
#: As a test, a few; by hand, many: KAIGRAPH_KILLS=100.
KILLS = int(os.environ.get("KAIGRAPH_KILLS", "5"))


def killed(target: Target, limit: int, chance: random.Random) -> int:
    """Start loading, kill it at a random point, and say how many loads were ended."""
    who = {"NEO4J_USERNAME": target.username, "NEO4J_PASSWORD": target.password}
    who |= {"NEO4J_DATABASE": target.database} if target.database else {}
    command = [sys.executable, "-c", LOADER, target.uri, str(limit)]
    loader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | who)
    assert loader.stdout is not None
    assert loader.stdout.readline() == "ready\n"
    time.sleep(chance.random() * 2)
    loader.kill()
    return loader.communicate()[0].count("loaded")


def state_of(store: Neo4jStore, patience: float) -> int | None:
    """Which state a reader sees, a mixture never; None, where it is told to wait for longer than it wants to."""
    end = time.monotonic() + patience
    while True:
        found = _state_of(store)
        if found is not None or time.monotonic() > end:
            return found


def _state_of(store: Neo4jStore) -> int | None:
    states = {tuple(sorted(map(str, large(i).dataset.quads))): i for i in (0, 1)}
    try:
        found = tuple(sorted(map(str, store.quads())))
        assert sorted(map(str, store.triples())) == list(found)
        return states[found]
    except StoreLoading:
        return None


@pytest.mark.parametrize("limit", [0, 10**6], ids=["many", "one"])
def test_killed_at_any_point(empty: Target, limit: int) -> None:
    chance, seen, ended = random.Random(limit), [], 0  # noqa: S311  # no secret
    with opened_neo4j(empty, SMALL, "write") as store:
        store.load(large(0))
        for _ in range(KILLS):
            ended += killed(empty, limit, chance)
            seen.append(state_of(store, PATIENCE if limit else 0))
            once_the_server_let_go(store, 1)
            assert state_of(store, 0) == 1
        assert ended, "no load was ever finished: the test shows nothing"
        assert limit == 0 or None not in seen, seen


def once_the_server_let_go(store: Neo4jStore, state: int) -> None:
    """The next load, as soon as the server noticed that the one before is gone."""
    for _ in range(10):
        try:
            store.load(large(state))
        except StoreUnavailable as error:
            assert "another load is under way" in str(error)  # noqa: PT017  # any other is a failure
        else:
            return
    pytest.fail("the server never let go")
