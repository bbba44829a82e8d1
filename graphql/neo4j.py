"""A Neo4j database as the engine wants it."""

from __future__ import annotations

from collections.abc import Sequence

from kaigraph.graphql.cypher.statement import Statement, compile_plan
from kaigraph.graphql.plan import Plan
from kaigraph.loaders.neo4j.store import Neo4jStore


class Neo4jAnswers:
    """Compiles plans to Cypher for one open store, and runs their statements on it."""

    waits = True

    def __init__(self, store: Neo4jStore) -> None:
        """Take an open store."""
        self._store = store

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        return compile_plan(plan, self._store.model)

    def is_still(self, version: str) -> bool:
        """Never: what a server holds, only the server knows. `run` asks it."""
        return False

    def run(self, statement: str, params: Sequence[object], known: str | None = None) -> tuple[bytes | None, str]:
        """The JSON of `data`, and the data version that it was read at; None for data of the `known` version."""
        made = _made(statement)
        found = self._store.run(str(made), made.parameters(params), known)
        return _json(made, params, found, known)

    async def run_async(
        self, statement: str, params: Sequence[object], known: str | None = None
    ) -> tuple[bytes | None, str]:
        """The same, side by side with others of an event loop."""
        made = _made(statement)
        found = await self._store.run_async(str(made), made.parameters(params), known)
        return _json(made, params, found, known)

    async def close_async(self) -> None:
        """Let go of what the running event loop connected."""
        await self._store.close_async()


def _made(statement: str) -> Statement:
    if not isinstance(statement, Statement):
        raise TypeError("a statement brings the names of its result: it is one that `compile` made")
    return statement


def _json(
    statement: Statement, params: Sequence[object], found: tuple[object, str], known: str | None
) -> tuple[bytes | None, str]:
    data, version = found
    return (None if version == known else statement.json(data, params)), version
