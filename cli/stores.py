"""Which store `--store` names, and how it is asked."""

from __future__ import annotations

from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Answering
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.sqlite_store import Mode, SqliteStore, open_store
from kaigraph.ontology import Model

AnyStore = SqliteStore | Neo4jStore


def is_server(target: str) -> bool:
    """Whether `--store` names a server rather than a file."""
    return "://" in target


def open_any(target: str, model: Model | None, mode: Mode = "read") -> AnyStore:
    """Open a file, or a database of a server.

    Raises:
        BadUse: an address that no store has.
        StoreRefused: it is not ours, or of another version or Model.
        StoreUnavailable: it is not there, or holds nothing yet.
    """
    return open_neo4j(target, model, mode) if is_server(target) else open_store(target, model, mode)


def answering(store: AnyStore) -> Answering:
    """The store as the engine wants it."""
    return Embedded(store) if isinstance(store, SqliteStore) else Neo4jAnswers(store)
