"""A load that is killed at any point leaves the old state or the new one, and the next load works."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology.errors import StoreUnavailable
from tests.graphql_.models import EX, SMALL

ROOT = Path(__file__).parents[2]
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
#: As a test, a few; by hand, many: KAIGRAPH_KILLS=100.
KILLS = int(os.environ.get("KAIGRAPH_KILLS", "10"))
LOADER = f"""
import sys
sys.path.append({str(ROOT)!r})
from tests.loaders.test_sqlite_kill import large
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import SMALL
states = [large(0), large(1)]
print("ready", flush=True)
while True:
    for state in states:
        store = open_store(sys.argv[1], SMALL, "write")
        store.load(state)
        store.close()
        print("loaded", flush=True)
"""


def large(state: int) -> Resolved:
    """Two states that share nodes, each with some of its own and other values on the shared ones."""
    quads: list[Quad] = []
    for i in range(state * 100, state * 100 + 250):
        node = NamedNode(f"urn:{i}")
        quads += [Quad(node, TYPE, NamedNode(EX + "Deal")), Quad(node, NamedNode(EX + "code"), Literal(f"{state} {i}"))]
        quads.append(Quad(node, NamedNode(EX + "other"), NamedNode(f"urn:{i + 1}")))
    return resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source"), SMALL)


def test_killed_at_any_point(tmp_path: Path) -> None:
    path, chance = tmp_path / "graph.kai", random.Random(4)  # noqa: S311  # no secret
    states = {frozenset(map(str, large(i).dataset.quads)): i for i in (0, 1)}
    seen, span = set(), 0.3
    for _ in range(KILLS):
        loader = subprocess.Popen([sys.executable, "-c", LOADER, str(path)], stdout=subprocess.PIPE, text=True)
        assert loader.stdout is not None
        assert loader.stdout.readline() == "ready\n"
        time.sleep(chance.random() * span)
        loader.kill()
        if "loaded" not in loader.communicate()[0]:
            span *= 1.5  # on a slow machine a load takes longer
        seen.add(_state(path, states))
    assert seen - {None}, "no load was ever finished: the test shows nothing"
    store = open_store(path, SMALL, "write")
    store.load(large(0))
    assert frozenset(map(str, store.quads())) == frozenset(map(str, large(0).dataset.quads))
    assert store.connection.execute("PRAGMA integrity_check").get == "ok"


def _state(path: Path, states: dict[frozenset[str], int]) -> int | None:
    """Which state a reader sees; None for a store that holds nothing yet."""
    try:
        store = open_store(path, SMALL)
    except StoreUnavailable as error:
        assert "nothing yet" in str(error) or "no such store" in str(error)  # noqa: PT017  # the other way round: any state is fine
        return None
    try:
        found = frozenset(map(str, store.quads()))
        assert {str(t) for t in store.triples()} == found, "a mixture"
        return states[found]
    finally:
        store.close()


@pytest.mark.parametrize("state", [0, 1])
def test_the_states_are_not_the_same(state: int) -> None:
    assert large(state) != large(1 - state)
