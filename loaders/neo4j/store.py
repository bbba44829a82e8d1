"""The store in Neo4j: one database of a server, behind the interface that all stores have."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, TypeVar, cast

from neo4j import READ_ACCESS, Driver, Session
from neo4j.exceptions import ServiceUnavailable, SessionExpired, TransientError
from pyoxigraph import Quad, Triple

from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.neo4j.check import checked, is_complete
from kaigraph.loaders.neo4j.connect import StoreLoading, Target, connect, target_of, translated
from kaigraph.loaders.neo4j.probe import META, probed
from kaigraph.loaders.neo4j.read import derive, read_dataset, read_facts, read_info, read_meta, read_quads
from kaigraph.loaders.neo4j.write import ONE_TRANSACTION, Progress, write
from kaigraph.loaders.store import Changes, Info
from kaigraph.ontology.errors import StoreRefused, StoreUnavailable
from kaigraph.ontology.model import Model

Mode = Literal["read", "write"]
T = TypeVar("T")

#: How long to wait before a read is done again because a load came in between, in s.
_WAITS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 0.0)


def _silent(written: int, size: int) -> None:
    """Tell nobody."""


class Neo4jStore:
    """An open database. Safe in threads: each statement has a session of its own."""

    def __init__(self, driver: Driver, target: Target, model: Model | None) -> None:
        """Take a database that was checked; see `open_neo4j`."""
        self.driver = driver
        self.target = target
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
        return iter(self._whole(lambda session, _: list(read_quads(session))))

    def facts(self) -> Iterator[Fact]:
        """Every fact with what it rests on."""
        return iter(self._whole(lambda session, _: list(read_facts(session))))

    def dataset(self) -> Dataset:
        """The dataset with its prefixes and source, as if read from files."""
        return self._whole(read_dataset)

    def triples(self) -> Iterator[Triple]:
        """The walkable graph of the present, from what people see alone."""
        return iter(self._whole(lambda session, _: list(derive(session, self.model))))

    def run(self, statement: str, params: Mapping[str, object] | None = None) -> tuple[Any, str]:
        """What a compiled statement gives as `data`, and the data version that it was read at.

        Raises:
            StoreLoading: a load is under way.
            StoreUnavailable: the server does not answer, or the store holds nothing yet.
        """
        given = dict(params or {})
        for wait in _WAITS:
            record = self._run(probed(statement), given)
            if record is None:
                raise self._nothing()
            data, version, complete, same = record
            if not complete:
                raise self._loading()
            if same:
                return data, version
            time.sleep(wait)
        raise self._loading()

    def close(self) -> None:
        """Let go of the server."""
        self.driver.close()

    def _run(self, text: str, params: dict[str, object]) -> tuple[Any, ...] | None:
        """One statement in a session for reading; once more, if its connection had gone stale or the server asks."""
        with translated(self.target):
            try:
                return self._once(text, params)
            except (ServiceUnavailable, SessionExpired, TransientError):
                return self._once(text, params)

    def _once(self, text: str, params: dict[str, object]) -> tuple[Any, ...] | None:
        with self._session() as session:
            record = session.run(cast("Any", text), params).single()  # text of a compiler: names of the Model alone
        return None if record is None else tuple(record.values())

    def _session(self) -> Session:
        return self.driver.session(database=self.target.database, default_access_mode=READ_ACCESS)

    def _whole(self, read: Callable[[Session, Mapping[str, Any]], T]) -> T:
        """What is read in several statements, again if a load came in between."""
        with translated(self.target):
            for wait in _WAITS:
                with self._session() as session:
                    before, was_open = self._complete(session)
                    found = read(session, before)
                    after, is_open = self._complete(session)
                if after["load"] == before["load"] and not (was_open or is_open):
                    return found
                time.sleep(wait)
        raise self._loading()

    def _complete(self, session: Session) -> tuple[Mapping[str, Any], bool]:
        """What the store says of itself, and whether a commit is under way."""
        record = session.run(cast("Any", META)).single()
        if record is None:
            raise self._nothing()
        if not is_complete(record["meta"]):
            raise self._loading()
        return record["meta"], record["open"]

    def _nothing(self) -> StoreUnavailable:
        return StoreUnavailable("the store holds nothing yet", where=self.name, hint="fill it with `kaigraph load`")

    def _loading(self) -> StoreLoading:
        return StoreLoading(
            "the store is being loaded",
            where=self.name,
            hint="try again soon; if no load is running, load again: it takes up where the last one ended",
        )


def open_neo4j(target: str | Target, model: Model | None, mode: Mode = "read") -> Neo4jStore:
    """Open a database. Without a Model, only what was loaded can be read. An address takes who we are from outside.

    Raises:
        BadUse: no address of a server, or no password.
        StoreRefused: the database is not ours, or of another version or Model.
        StoreUnavailable: it does not answer, does not let us in, or holds nothing yet.
    """
    at = target if isinstance(target, Target) else target_of(target)
    driver = connect(at)
    store = Neo4jStore(driver, at, model)
    try:
        with translated(at), driver.session(database=at.database, default_access_mode=READ_ACCESS) as session:
            meta = checked(session, at, model)
        if meta is None and mode == "read":
            raise store._nothing()
    except BaseException:
        driver.close()
        raise
    return store


@contextmanager
def opened_neo4j(target: str | Target, model: Model | None, mode: Mode = "read") -> Iterator[Neo4jStore]:
    """The same, closed at the end."""
    store = open_neo4j(target, model, mode)
    try:
        yield store
    finally:
        store.close()
