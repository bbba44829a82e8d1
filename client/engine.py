"""An engine over an open store. It is imported where one is given: who asks a server needs none of this."""

from __future__ import annotations

from kaigraph.client.asking import Answers
from kaigraph.graphql.answering import Answering
from kaigraph.graphql.dated import Dated
from kaigraph.graphql.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.neo4j.store import Neo4jStore
from kaigraph.loaders.sqlite.store import SqliteStore


def engine_of(store: SqliteStore | Neo4jStore) -> Answers:
    """An engine over an open store, and over its past."""
    api = derive_api(store.model)
    core = build_schema(api)._schema  # Strawberry's own name for the graphql-core schema it holds
    return Dated(Engine(store.model, api, core, _answering(store)), store, _answering)


def _answering(store: SqliteStore | Neo4jStore) -> Answering:
    return Embedded(store) if isinstance(store, SqliteStore) else Neo4jAnswers(store)
