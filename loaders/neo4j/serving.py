"""How a read is asked of a server, one at a time in a thread or many side by side in an event loop.

What is asked, how often, and what is told is one piece of code (`read`); only sending and waiting differ (`Way`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, Driver, Query
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError

from kaigraph.loaders.neo4j.check import gone, refuse_other
from kaigraph.loaders.neo4j.connect import Target, options_of, translated
from kaigraph.loaders.neo4j.limits import Limits
from kaigraph.loaders.neo4j.probe import GONE, KNOWN, probed
from kaigraph.loaders.neo4j.untimed import without_timers
from kaigraph.ontology.errors import StoreLoading, StoreRefused, StoreTimeout, StoreUnavailable
from kaigraph.ontology.model import Model

Record = tuple[Any, ...]

#: How long to wait before a read is done again because a load came in between, in s.
WAITS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 0.0)

#: What a server is given beyond a statement's time, to say itself that it took too long.
_GRACE = 2.0  # s


class Way(Protocol):
    """How statements get to the server."""

    target: Target

    async def send(self, text: str, params: Mapping[str, object]) -> Record | None:
        """The one record of a statement."""
        ...

    async def wait(self, seconds: float) -> None:
        """Let time pass."""
        ...


class InThread:
    """Sends, and blocks until there is an answer: nothing of it ever waits as a coroutine does."""

    def __init__(self, driver: Driver, target: Target, limits: Limits) -> None:
        """Take a driver that is there."""
        self.target = target
        self._driver = driver
        self._timeout = limits.timeout

    async def send(self, text: str, params: Mapping[str, object]) -> Record | None:
        """The one record of a statement."""
        with self._driver.session(database=self.target.database, default_access_mode=READ_ACCESS) as session:
            record = session.run(_query(text, self._timeout), dict(params)).single()
        return None if record is None else tuple(record.values())

    async def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)  # the other way round: who runs this has no loop


class InLoop:
    """Sends through connections of the running loop, and lets others run meanwhile."""

    def __init__(self, target: Target, limits: Limits) -> None:
        """Connect when the first statement is sent: only then is there a loop."""
        self.target = target
        self._limits = limits
        self._driver: AsyncDriver | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def send(self, text: str, params: Mapping[str, object]) -> Record | None:
        """The one record of a statement."""
        limit = self._limits.timeout
        try:
            async with asyncio.timeout(None if limit is None else limit + _GRACE):  # a server that hangs says nothing
                return await self._once(_query(text, limit), dict(params))
        except TimeoutError as error:
            raise StoreTimeout("the server took too long", where=self.target.uri, hint="ask for less") from error

    async def wait(self, seconds: float) -> None:
        """Let others run."""
        await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Let go of the server."""
        driver, self._driver = self._driver, None
        if driver is not None and self._loop is asyncio.get_running_loop():
            await driver.close()

    async def _once(self, query: Query, params: dict[str, object]) -> Record | None:
        driver = self._connected()
        async with driver.session(database=self.target.database, default_access_mode=READ_ACCESS) as session:
            record = await (await session.run(query, params)).single()
        return None if record is None else tuple(record.values())

    def _connected(self) -> AsyncDriver:
        """The driver of this loop. Nothing is awaited here, so nobody makes a second one meanwhile."""
        loop = asyncio.get_running_loop()
        if self._driver is None or self._loop is not loop:
            self._driver = AsyncGraphDatabase.driver(
                self.target.uri, max_connection_pool_size=self._limits.pool, **options_of(self.target)
            )
            if self._limits.timeout is not None:
                without_timers(self._driver)
            self._loop = loop
        return self._driver


def _query(text: str, timeout: float | None) -> Query:
    return Query(cast("Any", text), timeout=timeout)  # text of a compiler: names of the Model alone


async def read(
    way: Way, model: Model | None, statement: str, params: Mapping[str, object], known: str | None = None
) -> tuple[Any, str]:
    """What a compiled statement gives as `data`, and the data version that it was read at.

    If that is the version that is `known` already, nothing was worked out and `data` means nothing.

    Raises:
        StoreLoading: a load is under way.
        StoreRefused: meanwhile it holds other data than it did when it was opened, or what is not whole.
        StoreTimeout: it took too long.
        StoreUnavailable: the server does not answer, or the store holds nothing yet.
    """
    text, given = probed(statement), {**params, KNOWN: known or ""}
    for wait in WAITS:
        record = await _sent(way, text, given)
        if record is None:
            raise without_meta(await _sent(way, GONE, {}), way.target)
        data, version, complete, same, made_as, made_for = record
        refuse_other(made_as, made_for, way.target, model)
        if not complete:
            raise loading(way.target)
        if same:
            return data, version
        await way.wait(wait)
    raise loading(way.target)


async def _sent(way: Way, text: str, params: Mapping[str, object]) -> Record | None:
    """One statement; once more, if its connection had gone stale or the server asks."""
    with translated(way.target):
        try:
            return await way.send(text, params)
        except (ServiceUnavailable, SessionExpired, TransientError):
            return await way.send(text, params)


def without_meta(record: Sequence[Any] | None, target: Target) -> StoreRefused | StoreUnavailable:
    """A database that does not say what it holds, by what `GONE` returns."""
    return gone(target) if record is not None and record[0] else nothing(target)


def nothing(target: Target) -> StoreUnavailable:
    """A database that is empty."""
    return StoreUnavailable("the store holds nothing yet", where=target.uri, hint="fill it with `kaigraph load`")


def loading(target: Target) -> StoreLoading:
    """A database that is not whole."""
    return StoreLoading(
        "the store is being loaded",
        where=target.uri,
        hint="try again soon; if no load is running, load again: it takes up where the last one ended",
    )
