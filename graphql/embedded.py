"""The embedded store as the engine wants it."""

from __future__ import annotations

from collections.abc import Sequence

from kaigraph.graphql.plan import Plan
from kaigraph.graphql.sql.statement import compile_plan
from kaigraph.loaders.sqlite_store import SqliteStore


class Embedded:
    """Compiles plans to SQL for one open store, and runs their statements on it."""

    def __init__(self, store: SqliteStore) -> None:
        """Take an open store."""
        self._store = store

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        return compile_plan(plan, self._store.model).text

    def run(self, statement: str, params: Sequence[object]) -> tuple[bytes, str]:
        """The JSON of `data`, and the data version that it was read at."""
        return self._store.run(statement, params)
