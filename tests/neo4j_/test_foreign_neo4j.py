"""The foreign ontology, with its clashing and unsafe names: both stores answer alike there too."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from neo4j import READ_ACCESS, Session

from kaigraph.bloom.ask import questions
from kaigraph.bloom.ground import ground, present
from kaigraph.bloom.perspective import as_json, perspective
from kaigraph.bloom.question import Question
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.labels import all_labels
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.phrases import read_phrases
from kaigraph.ontology.terms import RDF_TYPE
from tests.graphql_ import foreign
from tests.graphql_.operations import Made, operations
from tests.neo4j_.conftest import wipe
from tests.neo4j_.json_schema import faults
from tests.neo4j_.test_bloom_asked import rows
from tests.neo4j_.test_bloom_file import SCHEMA

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


def named_things() -> set[str]:
    """What everything is called that has a label, or an IRI and a class."""
    facts = [f for f in foreign.prepared().resolved.facts if f.current]
    labelled = {node_id(f.subject) for f in facts if f.predicate.value in MODEL.label_properties}
    typed = {node_id(f.subject) for f in facts if f.predicate.value == RDF_TYPE and f.object.value in MODEL.classes}
    called = all_labels(foreign.prepared().resolved, MODEL)
    own = labelled | {iri for iri in typed if not iri.startswith("_:")}
    assert own & called.keys() < called.keys()
    return {called[iri]["en"] for iri in own}


def suggested(session: Session, question: Question) -> set[str]:
    """What the first gap of a question suggests."""
    return {row[0] for row in rows(session, str(question.answer.parameters[0].statement), {})}


def test_bloom_asks_it_what_it_can_answer(target: Target, engine: Engine) -> None:
    """It has no claims: of the questions that every dataset has, the one about ways between two things is left."""
    store = open_neo4j(target, MODEL)
    try:
        on = ground(MODEL, MODEL.languages[0], present(store))
        (question,) = questions(read_phrases(foreign.prepared().vocabulary), on)
        assert question.text == "How is $name connected to $other"
        assert faults(json.loads(as_json(perspective("zoo", on, [question]))), SCHEMA) == []
        with store.driver.session(default_access_mode=READ_ACCESS) as session:
            two = "MATCH (a:Resource)-->(b:Resource) WHERE a <> b RETURN a.label_en AS name, b.label_en AS other"
            assert rows(session, question.answer.statement, session.run(f"{two} LIMIT 1").single(strict=True).data())
            assert suggested(session, question) == named_things()
    finally:
        store.close()
