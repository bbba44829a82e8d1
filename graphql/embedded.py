"""The embedded store as the engine wants it."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

import apsw

from kaigraph.graphql.plan import Plan
from kaigraph.graphql.sql.statement import compile_plan
from kaigraph.loaders.sqlite.store import SqliteStore
from kaigraph.ontology.errors import StoreTimeout

#: Steps of SQLite's machine between two looks at the clock: some ten milliseconds.
_STEPS = 100_000


class Embedded:
    """Compiles plans to SQL for one open store, and runs their statements on it."""

    waits = False

    def __init__(self, store: SqliteStore, timeout: float | None = None) -> None:
        """Take an open store, and how long one statement may take, in s."""
        self._store = store
        self._timeout = timeout
        self._seen: tuple[object, str | None] = (None, None)
        self._end = math.inf
        if timeout is not None:
            store.connection.set_progress_handler(self._is_over, _STEPS)

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        return compile_plan(plan, self._store.model, self._store.statistics()).text

    def is_still(self, version: str) -> bool:
        """Whether the store holds that version, as far as can be told without looking at a table."""
        moment, seen = self._seen
        return version == seen and moment == self._store.moment()

    def run(self, statement: str, params: Sequence[object], known: str | None = None) -> tuple[bytes | None, str]:
        """The JSON of `data`, and the data version that it was read at; nothing is `known` where nobody keeps answers.

        Raises:
            StoreTimeout: it took too long.
        """
        before = None if known is None else self._store.moment()
        self._end = time.monotonic() + (self._timeout or 0)
        try:
            data, version = self._store.run(statement, params)
        except apsw.InterruptError as error:
            raise StoreTimeout("the statement took too long", where=self._store.name, hint="ask for less") from error
        finally:
            self._end = math.inf  # the handler is asked during other statements too: they have no time to keep
        # Of the moment before: if a load came in between, that moment is never seen again.
        if before is not None:
            self._seen = (before, version)
        return data, version

    async def run_async(
        self, statement: str, params: Sequence[object], known: str | None = None
    ) -> tuple[bytes | None, str]:
        """The same within an event loop: a statement takes microseconds to milliseconds, less than changing threads."""
        return self.run(statement, params, known)

    async def close_async(self) -> None:
        """Nothing is held for event loops."""

    def _is_over(self) -> bool:
        return time.monotonic() > self._end
