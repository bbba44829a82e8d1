"""A Neo4j database as the engine wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kaigraph.graphql.cypher.statement import Statement, compile_plan
from kaigraph.graphql.plan import Plan
from kaigraph.ontology.model import Model


class Reading(Protocol):
    """A store that runs a statement of one record and one column, and says at which data version it did."""

    @property
    def model(self) -> Model:
        """The Model whose data it holds."""
        ...

    def read(self, statement: str, params: dict[str, object]) -> tuple[Any, str]:
        """The value of the one column, and the data version that it was read at."""
        ...


class Neo4jAnswers:
    """Compiles plans to Cypher for one database, and runs their statements on it."""

    def __init__(self, store: Reading) -> None:
        """Take an open store."""
        self._store = store

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        return compile_plan(plan, self._store.model)

    def run(self, statement: str, params: Sequence[object]) -> tuple[bytes, str]:
        """The JSON of `data`, and the data version that it was read at."""
        if not isinstance(statement, Statement):
            raise TypeError("a statement brings the names of its result: it is one that `compile` made")
        data, version = self._store.read(str(statement), statement.parameters(params))
        return statement.json(data, params), version
