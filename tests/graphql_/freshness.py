"""Several processes load and ask in random order; then it is judged whether an answer was stale, or a mixture."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from graphql import GraphQLSchema

from kaigraph.graphql.api import Api
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Resolved
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology.errors import StoreUnavailable
from kaigraph.ontology.model import Model
from tests.graphql_.models import SMALL
from tests.loaders.test_sqlite_kill import large

ROOT = Path(__file__).parents[2]
STATES = (0, 1, 2)
ROOM = 2**20
#: Asked again and again, so that answers are found that were kept.
OPERATIONS = (
    Operation("{ deals(first: 500) { nodes { id code } } }"),
    Operation("{ dataset { version } deals { totalCount } }"),
    Operation("query ($id: ID!) { node(id: $id) { id ... on Deal { code } } }", {"id": "urn:320"}),
)


@dataclass(frozen=True)
class Event:
    """A load (of a state) or an answer (to the n-th operation), by the clock that all processes share."""

    begun: float
    ended: float
    state: int = -1
    operation: int = -1
    body: str = ""


@cache
def resolved(state: int) -> Resolved:
    """What is loaded."""
    return large(state)


@cache
def schema() -> tuple[Model, Api, GraphQLSchema]:
    """What an engine is made of."""
    api = derive_api(SMALL)
    return SMALL, api, build_schema(api)._schema


@cache
def bodies() -> Mapping[tuple[int, int], str]:
    """What each operation is answered in each state, by an engine that keeps nothing."""
    found: dict[tuple[int, int], str] = {}
    for state in STATES:
        store = open_store(":memory:", SMALL, "write")
        store.load(resolved(state))
        engine = Engine(*schema(), Embedded(store))
        found |= {(state, n): engine.answer(o).body.decode() for n, o in enumerate(OPERATIONS)}
        store.close()
    return found


def play(engine: Engine, load: Callable[[Resolved], object], chance: random.Random, steps: int) -> Iterable[Event]:
    """Load and ask in random order. A load that gave way to another was none; nor is an answer that says to wait."""
    for _ in range(steps):
        time.sleep(chance.random() / 100)
        state, n, begun = chance.choice(STATES), chance.randrange(len(OPERATIONS)), time.monotonic()
        if chance.random() < 0.15:
            try:
                load(resolved(state))
            except StoreUnavailable:
                continue
            yield Event(begun, time.monotonic(), state=state)
            continue
        answer = engine.answer(OPERATIONS[n])
        ended = time.monotonic()
        if answer.status == 200:
            yield Event(begun, ended, operation=n, body=answer.body.decode())
        elif b"STORE_LOADING" not in answer.body:
            raise AssertionError(answer.body)


def judge(events: Iterable[Event]) -> int:
    """How many answers there are; each of a state that was, or began to be, between its request and itself."""
    known = list(events)
    loads = [e for e in known if e.state >= 0]
    answers = [e for e in known if e.operation >= 0]
    for answer in answers:
        states = {e.state for e in loads if _may_show(e, answer, loads)}
        allowed = {bodies()[state, answer.operation] for state in states}
        assert answer.body in allowed, (answer, states)
    return len(answers)


def _may_show(load: Event, answer: Event, loads: list[Event]) -> bool:
    """It began before the answer was there, and no other came wholly after it and before the request."""
    over = any(other.begun >= load.ended and other.ended <= answer.begun for other in loads)
    return load.begun <= answer.ended and not over


def together(program: str, arguments: Iterable[Iterable[str]], environment: Mapping[str, str]) -> list[Event]:
    """What several processes did that ran at once."""
    commands = [[sys.executable, "-c", program, *words] for words in arguments]
    given = os.environ | environment | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    running = [subprocess.Popen(c, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True) for c in commands]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return [Event(**json.loads(line)) for text in told for line in text.splitlines()]


def tell(events: Iterable[Event]) -> None:
    """Write what was done, for `together`."""
    for event in list(events):
        print(json.dumps(asdict(event)))
