"""A load or a server that is killed at any point: the old state, the new one, or a store that says it is not complete.

A reader reads all the time, through the store and through an operation, and is never told anything else.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from kaigraph.graphql.engine import Engine
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import Neo4jStore, opened_neo4j
from kaigraph.ontology.errors import StoreLoading, StoreUnavailable
from tests.graphql_.freshness import OPERATIONS, ROOM, bodies, schema
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large
from tests.neo4j_.conftest import Server, wipe
from tests.neo4j_.serving import who

ROOT = Path(__file__).parents[2]
#: Imports everything once, and then for each line it is given (the limit of one transaction) forks a loader.
NURSERY = f"""
import os, sys
sys.path.append({str(ROOT)!r})
from kaigraph.loaders.neo4j import plan_load
from kaigraph.loaders.neo4j.connect import target_of
from kaigraph.loaders.neo4j.store import opened_neo4j
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large
plan_load.BATCH = 200
states = [large(0), large(1)]

def load(limit):
    with opened_neo4j(target_of(sys.argv[1]), SMALL, "write") as store:
        print("ready", flush=True)
        while True:
            for state in states:
                store.load(state, limit=limit)
                print("loaded", flush=True)

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            load(int(line))
        finally:
            os._exit(1)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
#: A load that dies in the middle of a commit is known to be dead after 5 s.
PATIENCE = 20.0
#: As a test, a few of each kind; by hand, many: KAIGRAPH_KILLS=100.
KILLS = int(os.environ.get("KAIGRAPH_KILLS", "10"))
LIMITS = {"many": 0, "one": 10**6}


class Nursery:
    """Loaders that can be killed."""

    def __init__(self, target: Target) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, target.uri],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=os.environ | who(target),
        )  # fmt: skip

    def during(self, limit: int, kill: Callable[[int], None]) -> int:
        """How many loads were ended before a loader was killed, or lost its server."""
        assert self._process.stdin is not None
        print(limit, file=self._process.stdin, flush=True)
        child = int(self._line())
        assert self._line() == "ready"
        kill(child)
        return list(iter(self._line, "ended")).count("loaded")

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery ended"
        return line.strip()

    def close(self) -> None:
        self._process.communicate()


@contextmanager
def nursery(target: Target) -> Iterator[Nursery]:
    found = Nursery(target)
    try:
        yield found
    finally:
        found.close()


# ------------------------------------------------------------------ what readers see

STATES = {tuple(sorted(map(str, large(i).dataset.quads))): i for i in (0, 1)}


class Reader:
    """Reads all the time, in a thread; `seen` says how often it was told what."""

    def __init__(self, target: Target) -> None:
        self.seen: Counter[str] = Counter()
        self.wrong: list[object] = []
        self._target = target
        self._over = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()
        assert not self.wrong, self.wrong

    def _run(self) -> None:
        with opened_neo4j(self._target, SMALL, "write") as store:
            engine = Engine(*schema(), Neo4jAnswers(store), ROOM)
            while not self._over.wait(0.05) and not self.wrong:  # who is killed needs the machine too
                try:
                    self._quads(store)
                    self._answers(engine)
                except Exception as error:  # whatever a reader meets, the test is told
                    self.wrong.append(error)

    def _quads(self, store: Neo4jStore) -> None:
        try:
            found = tuple(sorted(map(str, store.quads())))
        except StoreUnavailable as error:
            self.seen[error.code] += 1
        else:
            self.seen["quads" if found in STATES else "a mixture"] += 1
            assert found in STATES

    def _answers(self, engine: Engine) -> None:
        for n, operation in enumerate(OPERATIONS):
            answer = engine.answer(operation)
            if answer.status == 503:
                self.seen["STORE_LOADING" if b"STORE_LOADING" in answer.body else "STORE_UNAVAILABLE"] += 1
            else:
                assert answer.body.decode() in {bodies()[state, n] for state in (0, 1)}
                self.seen["answers"] += 1


def state_of(store: Neo4jStore, patience: float) -> int | None:
    """Which state a reader sees, a mixture never; None, where it is told to wait for longer than it wants to."""
    end = time.monotonic() + patience
    while True:
        try:
            found = tuple(sorted(map(str, store.quads())))
            assert sorted(map(str, store.triples())) == list(found)
            return STATES[found]
        except StoreLoading:
            if time.monotonic() > end:
                return None


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


# ------------------------------------------------------------------ what is killed


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
def test_a_loader_that_is_killed_at_any_point(empty: Target, limit: int) -> None:
    chance, seen, ended, span = random.Random(limit), [], 0, 1.0  # noqa: S311  # no secret

    def kill(child: int) -> None:
        time.sleep(chance.random() * span)
        os.kill(child, 9)

    with opened_neo4j(empty, SMALL, "write") as store, nursery(empty) as loaders:
        store.load(large(0))
        with Reader(empty) as reader:
            for _ in range(KILLS):
                found = loaders.during(limit, kill)
                ended, span = ended + found, span if found else span * 1.5  # a load takes longer on a slow machine
                seen.append(state_of(store, PATIENCE if limit else 0))
                once_the_server_let_go(store, 1)
                assert state_of(store, 0) == 1
    assert ended, "no load was ever finished: the test shows nothing"
    assert limit == 0 or None not in seen, seen
    assert min(reader.seen["quads"], reader.seen["answers"]) > 0, reader.seen


def test_a_server_that_is_killed_at_any_point(own_server: Server) -> None:
    target, chance = own_server.target, random.Random(5)  # noqa: S311  # no secret
    wipe(target)
    seen = []

    def kill(child: int) -> None:
        time.sleep(chance.random() * 1.5)
        own_server.do("kill")
        with suppress(ProcessLookupError):  # it gave up already
            os.kill(child, 9)  # it would try for 30 s more

    with opened_neo4j(target, SMALL, "write") as store, nursery(target) as loaders:
        store.load(large(0))
        with Reader(target) as reader:
            for n in range(KILLS):
                limit = list(LIMITS.values())[n % 2]
                try:
                    loaders.during(limit, kill)
                finally:
                    own_server.start()
                seen.append(state_of(store, PATIENCE if limit else 0))
                once_the_server_let_go(store, 1)
                assert state_of(store, 0) == 1
    assert None not in seen[1::2], seen
    assert min(reader.seen["quads"], reader.seen["answers"], reader.seen["STORE_UNAVAILABLE"]) > 0, reader.seen
