"""Never stale: several processes load one file and ask it in random order, each keeping its answers."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.freshness import Event, bodies, judge, resolved, together
from tests.graphql_.models import SMALL

#: Loads through the connection that asks, or through another.
PROGRAM = """
import random, sys
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.freshness import ROOM, play, schema, tell
path, seed = sys.argv[1], int(sys.argv[2])
writer = open_store(path, schema()[0], "write")
reader = writer if seed % 2 else open_store(path, schema()[0])
engine = Engine(*schema(), Embedded(reader), ROOM)
tell(play(engine, writer.load, random.Random(seed), 100))
print("hits", engine.counters.answer_hits, file=sys.stderr)
"""


def test_no_answer_is_stale(tmp_path: Path) -> None:
    path, begun = tmp_path / "graph.kai", time.monotonic()
    store = open_store(path, SMALL, "write")
    store.load(resolved(0))
    store.close()
    first = Event(begun, time.monotonic(), state=0)
    events = together(PROGRAM, [(str(path), str(seed)) for seed in range(4)], {})
    assert judge([first, *events]) > 250
    assert sum(e.state >= 0 for e in events) > 20, "hardly anything was loaded: the test shows nothing"


def at(begun: float, ended: float, state: int, *, asked: bool = False) -> Event:
    return Event(begun, ended, operation=0, body=bodies()[state, 0]) if asked else Event(begun, ended, state=state)


@pytest.mark.parametrize(
    ("answer", "fair"),
    [
        (at(1.5, 1.6, 0, asked=True), True),
        (at(1.5, 1.6, 1, asked=True), False),  # of the future
        (at(2.5, 2.6, 0, asked=True), True),  # during a load: before or after
        (at(2.5, 2.6, 1, asked=True), True),
        (at(3.5, 3.6, 1, asked=True), True),
        (at(3.5, 3.6, 0, asked=True), False),  # stale
        (at(1.5, 3.6, 0, asked=True), True),  # asked before, answered after
        (replace(at(3.5, 3.6, 1, asked=True), body=bodies()[1, 0][:-1]), False),
    ],
)
def test_the_judge(answer: Event, fair: bool) -> None:
    loads = [at(0, 1, 0), at(2, 3, 1)]
    if fair:
        assert judge([*loads, answer]) == 1
    else:
        with pytest.raises(AssertionError):
            judge([*loads, answer])
