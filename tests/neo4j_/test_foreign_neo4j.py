"""The foreign ontology, with its clashing and unsafe names: both stores answer alike there too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kaigraph.graphql.derive import derive_api
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from tests.graphql_ import foreign
from tests.graphql_.operations import Made, operations
from tests.neo4j_.conftest import wipe

MODEL = foreign.prepared().model
API = derive_api(MODEL)


@pytest.fixture(scope="module")
def engine(target: Target) -> Iterator[Engine]:
    """An engine over the foreign data in Neo4j."""
    wipe(target)
    store = open_neo4j(target, MODEL, "write")
    store.load(foreign.prepared().resolved)
    yield Engine(MODEL, API, build_schema(API)._schema, Neo4jAnswers(store))
    store.close()


@settings(
    max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(operations(API))
def test_both_stores_answer_alike(engine: Engine, made: Made) -> None:
    request = Operation(made.text, made.variables)
    assert engine.answer(request).body == foreign.engine().answer(request).body, made
