"""A Neo4j database as the engine wants it."""

from __future__ import annotations

from collections.abc import Sequence

from kaigraph.graphql.cypher.statement import Statement, compile_plan
from kaigraph.graphql.plan import Plan
from kaigraph.loaders.neo4j.store import Neo4jStore


class Neo4jAnswers:
    """Compiles plans to Cypher for one open store, and runs their statements on it."""

    def __init__(self, store: Neo4jStore) -> None:
        """Take an open store."""
        self._store = store

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        return compile_plan(plan, self._store.model)

    def run(self, statement: str, params: Sequence[object]) -> tuple[bytes, str]:
        """The JSON of `data`, and the data version that it was read at."""
        if not isinstance(statement, Statement):
            raise TypeError("a statement brings the names of its result: it is one that `compile` made")
        data, version = self._store.run(str(statement), statement.parameters(params))
        return statement.json(data, params), version
