"""Every question of tests/questions, over the data that ship: the same bytes from both stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kaigraph.graphql.dated import Dated
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from tests.neo4j_.conftest import wipe
from tests.test_laws import SHIPPED, prepared, stored

QUESTIONS = sorted((Path(__file__).parents[1] / "questions").glob("*.graphql"))


@pytest.fixture(scope="module")
def engines(target: Target) -> Iterator[tuple[Engine, Engine]]:
    """The embedded store and Neo4j, with the data that ship."""
    model = prepared(SHIPPED).model
    api = derive_api(model)
    schema = build_schema(api)._schema
    wipe(target)
    store = open_neo4j(target, model, "write")
    store.load(prepared(SHIPPED).resolved)
    yield Engine(model, api, schema, Embedded(stored(SHIPPED))), Engine(model, api, schema, Neo4jAnswers(store))
    store.close()


@pytest.fixture(scope="module")
def pasts(engines: tuple[Engine, Engine], target: Target) -> Iterator[tuple[Dated, Dated]]:
    """The same, with their past."""
    store = open_neo4j(target, prepared(SHIPPED).model)
    yield Dated(engines[0], stored(SHIPPED), Embedded), Dated(engines[1], store, Embedded)
    store.close()


@pytest.mark.parametrize("day", ["2025-02-22", "2025-08-31", "2025-12-31"])
def test_both_stores_have_one_past(pasts: tuple[Dated, Dated], day: str) -> None:
    for question in QUESTIONS:
        operation = Operation(question.read_text(encoding="utf-8"), language="ko", as_of=day)
        embedded, neo4j = (past.answer(operation).body for past in pasts)
        assert b'"errors"' not in embedded
        assert b'"asOf":{"date":"' + day.encode() in embedded
        assert neo4j == embedded, question.stem


def test_there_are_questions() -> None:
    assert QUESTIONS


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_both_stores_answer_alike(engines: tuple[Engine, Engine], question: Path) -> None:
    text = question.read_text(encoding="utf-8")
    embedded, neo4j = (engine.answer(Operation(text)).body for engine in engines)
    assert b'"errors"' not in embedded
    assert neo4j == embedded
