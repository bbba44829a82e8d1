"""The store in Neo4j: one database of a server, behind the interface that all stores have."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Literal, TypeVar, cast

from neo4j import READ_ACCESS, Driver, Session
from pyoxigraph import Quad, Triple

from kaigraph.loaders.both_ways import at_once
from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.neo4j.about import snapshot
from kaigraph.loaders.neo4j.check import checked, is_complete
from kaigraph.loaders.neo4j.connect import Target, connect, target_of, translated
from kaigraph.loaders.neo4j.limits import NO_LIMITS, ONE_TRANSACTION, Limits
from kaigraph.loaders.neo4j.probe import GONE, META
from kaigraph.loaders.neo4j.read import derive, read_dataset, read_facts, read_info, read_meta, read_quads
from kaigraph.loaders.neo4j.serving import WAITS, InLoop, InThread, loading, nothing, read, without_meta
from kaigraph.loaders.neo4j.write import Progress, write
from kaigraph.loaders.reading import Snapshot
from kaigraph.loaders.store import Changes, Info
from kaigraph.ontology.errors import StoreRefused
from kaigraph.ontology.model import Model

Mode = Literal["read", "write"]

#: Items that are looked at together before the first is handed out.
_AT_ONCE = 20_000
#: What it looks like when things do not fit together.
_MIXED = (AttributeError, LookupError, TypeError, ValueError)
T = TypeVar("T")


def _silent(written: int, size: int) -> None:
    """Tell nobody."""


class Neo4jStore:
    """An open database. Safe in threads: each statement has a session of its own."""

    def __init__(self, driver: Driver, target: Target, model: Model | None, limits: Limits) -> None:
        """Take a database that was checked; see `open_neo4j`."""
        self.driver = driver
        self.target = target
        self._thread, self._loop = InThread(driver, target, limits), InLoop(target, limits)
        self.name = target.uri
        self._model = model

    @property
    def model(self) -> Model:
        """The Model whose data it holds.

        Raises:
            StoreRefused: it was opened without one.
        """
        if self._model is None:
            raise StoreRefused("the store was opened without a Model", where=self.name, hint="open it with one")
        return self._model

    def load(self, resolved: Resolved, *, limit: int = ONE_TRANSACTION, progress: Progress = _silent) -> Changes:
        """Make the store hold exactly what was resolved; up to `limit` nodes and facts in one transaction.

        Raises:
            StoreRefused: it holds data of another Model, or what is not ours.
            StoreUnavailable: it cannot be written, or another load is under way.
        """
        with translated(self.target):
            return write(self.driver, self.target, resolved, self.model, limit, progress)

    def is_empty(self) -> bool:
        """Whether nothing was ever loaded."""
        with translated(self.target), self._session() as session:
            return read_meta(session) is None

    def info(self) -> Info:
        """What the store says of itself.

        Raises:
            StoreUnavailable: it holds nothing yet, or is being loaded.
        """
        return self._whole(read_info)

    def quads(self) -> Iterator[Quad]:
        """The dataset that was loaded, exactly."""
        return self._stream(read_quads)

    def facts(self) -> Iterator[Fact]:
        """Every fact with what it rests on."""
        return self._stream(read_facts)

    def dataset(self) -> Dataset:
        """The dataset with its prefixes and source, as if read from files."""
        return self._whole(read_dataset)

    def triples(self) -> Iterator[Triple]:
        """The walkable graph of the present, from what people see alone."""
        return self._stream(lambda session: derive(session, self.model))

    def read_at_once(self, read: Callable[[Snapshot], T]) -> T:
        """What a function reads, all of it at one data version; it is called again if a load came in between."""
        return self._whole(lambda session, meta: read(snapshot(session, meta)))

    def run(
        self, statement: str, params: Mapping[str, object] | None = None, known: str | None = None
    ) -> tuple[Any, str]:
        """What a compiled statement gives as `data`, and the data version that it was read at; nothing, if `known`.

        Raises:
            StoreLoading: a load is under way.
            StoreRefused: meanwhile it holds data of another Model.
            StoreUnavailable: the server does not answer, or the store holds nothing yet.
        """
        return at_once(read(self._thread, self._model, statement, params or {}, known))

    async def run_async(
        self, statement: str, params: Mapping[str, object] | None = None, known: str | None = None
    ) -> tuple[Any, str]:
        """The same, among others of an event loop."""
        return await read(self._loop, self._model, statement, params or {}, known)

    async def close_async(self) -> None:
        """Let go of what the running event loop connected."""
        await self._loop.close()

    def close(self) -> None:
        """Let go of the server."""
        self.driver.close()

    def _session(self) -> Session:
        return self.driver.session(database=self.target.database, default_access_mode=READ_ACCESS)

    def _whole(self, read: Callable[[Session, Mapping[str, Any]], T]) -> T:
        """What is read in several statements, again if a load came in between."""
        with translated(self.target):
            for wait in WAITS:
                with self._session() as session:
                    before, was_open = self._complete(session)
                    found, error = _tried(lambda: read(session, before))  # noqa: B023  # called at once
                    after, is_open = self._complete(session)
                if after["load"] == before["load"] and not (was_open or is_open):
                    if error is not None:
                        raise error
                    return cast("T", found)
                time.sleep(wait)
        raise loading(self.target)

    def _stream(self, read: Callable[[Session], Iterator[T]]) -> Iterator[T]:
        """The same as it comes, if it is much; what is little is read again where a load came in between.

        Neo4j has no snapshots: whoever was handed a part by then gets an error before the end, and no mixture.
        """
        with translated(self.target):
            for wait in WAITS:
                found = self._streamed(read)
                if next(found):
                    return cast("Iterator[T]", found)
                time.sleep(wait)
        raise loading(self.target)

    def _streamed(self, read: Callable[[Session], Iterator[T]]) -> Iterator[T | bool]:
        """Whether it can be trusted so far; then the items."""
        with translated(self.target), self._session() as session:
            before, was_open = self._complete(session)
            items = read(session)
            head, error = _tried(lambda: list(islice(items, _AT_ONCE)))
            is_all = head is not None and len(head) < _AT_ONCE
            is_same = not was_open and ((not is_all and error is None) or self._is_still(before))
            yield is_same
            if error is not None:
                raise error
            yield from head or ()
            if not is_all:
                yield from self._rest(items, before)

    def _rest(self, items: Iterator[T], before: Mapping[str, Any]) -> Iterator[T]:
        try:
            yield from items
        except _MIXED:
            if self._is_still(before):
                raise
        if not self._is_still(before):
            raise loading(self.target)

    def _is_still(self, before: Mapping[str, Any]) -> bool:
        """Whether no load came since, and no commit is under way."""
        with self._session() as session:
            after, is_open = self._complete(session)
        return bool(after["load"] == before["load"] and not is_open)

    def _complete(self, session: Session) -> tuple[Mapping[str, Any], bool]:
        """What the store says of itself, and whether a commit is under way."""
        record = session.run(cast("Any", META)).single()
        if record is None:
            raise without_meta(session.run(cast("Any", GONE)).values()[0], self.target)
        if not is_complete(record["meta"]):
            raise loading(self.target)
        return record["meta"], record["open"]


def _tried(read: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """What was read, or why it does not fit together: a mixture may be to blame, and it is read again."""
    try:
        return read(), None
    except _MIXED as error:
        return None, error


def open_neo4j(
    target: str | Target,
    model: Model | None,
    mode: Mode = "read",
    limits: Limits = NO_LIMITS,
    driver: Driver | None = None,
) -> Neo4jStore:
    """Open a database. Without a Model, only what was loaded can be read. An address takes who we are from outside.

    `limits` hold for what `run` and `run_async` ask; a driver that is there is taken over.

    Raises:
        BadUse: no address of a server, or no password.
        StoreRefused: the database is not ours, or of another version or Model.
        StoreUnavailable: it does not answer, does not let us in, or holds nothing yet.
    """
    at = target if isinstance(target, Target) else target_of(target)
    driver = driver or connect(at)
    store = Neo4jStore(driver, at, model, limits)
    try:
        with translated(at), driver.session(database=at.database, default_access_mode=READ_ACCESS) as session:
            meta = checked(session, at, model, to_write=mode == "write")
        if meta is None and mode == "read":
            raise nothing(at)
    except BaseException:
        driver.close()
        raise
    return store


def awake(target: Target) -> Driver:
    """A driver for a server that has looked at what it holds: what it does first takes it long.

    Raises:
        BadUse: no such kind of address.
        StoreRefused: the database holds nodes that are not ours, or is of another version.
        StoreUnavailable: it does not answer, or does not let us in.
    """
    driver = connect(target)
    try:
        with translated(target), driver.session(database=target.database, default_access_mode=READ_ACCESS) as session:
            checked(session, target, None)
    except BaseException:
        driver.close()
        raise
    return driver


@contextmanager
def opened_neo4j(target: str | Target, model: Model | None, mode: Mode = "read") -> Iterator[Neo4jStore]:
    """The same, closed at the end."""
    store = open_neo4j(target, model, mode)
    try:
        yield store
    finally:
        store.close()
