"""Law 1 of planning: our one statement answers as graphql-core does, executing the same operation over the same data.

Key order, number types and cursors are compared, too. Pages are followed once, with the cursors of the first answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from graphql import parse, validate
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Resolved
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.graphql_.operations import PARTS, Made, cursors, operations
from tests.graphql_.reference import Graph, Reference, bare_schema, rules_of

API = derive_api(SMALL)
BARE = bare_schema(API)
SCHEMA = build_schema(API)._schema
SEEN: Counter[str] = Counter()


@contextmanager
def _engine(graph: Resolved) -> Iterator[Engine]:
    store = open_store(":memory:", SMALL, "write")
    try:
        store.load(graph)
        yield Engine(SMALL, API, SCHEMA, Embedded(store))
    finally:
        store.close()


def _compare(made: Made, variables: dict[str, object], engine: Engine, graph: Resolved, language: str) -> object:
    answered = json.loads(engine.answer(Operation(made.text, variables, language=language)).body)
    assert "errors" not in answered, (answered, made)
    version = answered.get("extensions", {}).get("dataVersion", "")
    reference = Reference(SMALL, API, Graph(SMALL, graph), rules_of(SMALL, version), BARE, language)
    expected = reference.execute(made.text, variables)
    assert not expected.errors, (expected.errors, made)
    assert json.dumps(answered["data"], indent=1) == json.dumps(expected.data, indent=1)
    return answered["data"]


# Without shrinking, which takes minutes on operations of this size: what fails is printed whole, and small enough.
@settings(
    max_examples=400, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(operations(API), graphs(SMALL), st.sampled_from(SMALL.languages))
def test_the_engine_answers_as_graphql_core_does(made: Made, graph: Resolved, language: str) -> None:
    assert not validate(BARE, parse(made.text)), made
    SEEN.update(made.parts)
    with _engine(graph) as engine:
        found = cursors(made, _compare(made, made.variables, engine, graph, language))
        if found:
            SEEN["second page"] += 1
            _compare(made, {**made.variables, **found}, engine, graph, language)


def test_the_operations_covered_the_language() -> None:
    wanted = PARTS | {"second page"}
    assert set(SEEN) >= wanted, f"run with the test before; not seen: {sorted(wanted - set(SEEN))}"
