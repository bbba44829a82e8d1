"""An engine over an open store, whichever it is: for the command line and for who asks in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from kaigraph.graphql.answering import Answering
from kaigraph.graphql.dated import Dated
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.sqlite.store import SqliteStore

if TYPE_CHECKING:
    from kaigraph.loaders.neo4j.store import Neo4jStore  # whose driver takes long to import

AnyStore: TypeAlias = "SqliteStore | Neo4jStore"


def engine_over(
    store: AnyStore, cache_size: int = 0, timeout: float | None = None, *, is_traced: bool = False
) -> Dated:
    """An engine over a store, and over its past.

    Args:
        store: what it asks; a server was told its limits when it was opened.
        cache_size: how many bytes of answers it keeps.
        timeout: how long a statement may take, in s.
        is_traced: whether each operation leaves spans.
    """
    model = store.model
    api = derive_api(model)
    core = build_schema(api)._schema  # Strawberry's own name for the graphql-core schema it holds
    asked = _answering(store, timeout)
    if is_traced:
        from kaigraph.graphql.http.otel import TracedEngine, TracedStore

        traced = TracedEngine(model, api, core, TracedStore(asked), cache_size)
        return Dated(traced, store, lambda past: TracedStore(_answering(past, timeout)))
    return Dated(Engine(model, api, core, asked, cache_size), store, lambda past: _answering(past, timeout))


def _answering(store: AnyStore, timeout: float | None) -> Answering:
    if isinstance(store, SqliteStore):
        from kaigraph.graphql.embedded import Embedded

        return Embedded(store, timeout)
    from kaigraph.graphql.neo4j import Neo4jAnswers

    return Neo4jAnswers(store)
