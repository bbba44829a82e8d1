"""The embedded store: one SQLite database, in memory or a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Literal, TypeVar

import apsw
from pyoxigraph import Quad, Triple

from kaigraph.loaders.graph import Dataset, Fact, Resolved
from kaigraph.loaders.layout import Layout, layout_of
from kaigraph.loaders.literals.sums import SumTooLarge
from kaigraph.loaders.reading import Snapshot
from kaigraph.loaders.sqlite.about import snapshot
from kaigraph.loaders.sqlite.functions import register
from kaigraph.loaders.sqlite.read import derive, read_dataset, read_facts, read_info, read_quads
from kaigraph.loaders.sqlite.schema import APPLICATION_ID, FORMAT
from kaigraph.loaders.sqlite.statistics import Statistics, read_statistics
from kaigraph.loaders.sqlite.write import write, write_anew
from kaigraph.loaders.store import Changes, Info, TooComplex
from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.errors import StoreRefused, StoreUnavailable
from kaigraph.ontology.model import Model

MEMORY = ":memory:"
_WAIT = 10_000  # ms for another process to finish its load
_STATEMENTS = 1_000

#: KiB of pages that a connection keeps. SQLite's own 2 MiB are less than a list of wide rows leads through.
_PAGES = 64 * 1024

#: What SQLite says where a statement is beyond its limits: nested selections (some 17 lists deep), joins (64).
_LIMITS = ("Expression tree is too large", "at most 64 tables in a join", "parser stack overflow", "too many")

Mode = Literal["read", "write"]
T = TypeVar("T")


class SqliteStore:
    """An open database. Safe in threads: one statement at a time."""

    def __init__(self, connection: apsw.Connection, name: str, model: Model | None) -> None:
        """Take a connection that was checked; see `open_store`."""
        self.connection = connection
        self.name = name
        self._model = model
        self._lock = RLock()
        register(connection)

    @property
    def model(self) -> Model:
        """The Model whose data it holds.

        Raises:
            StoreRefused: it was opened without one.
        """
        if self._model is None:
            raise StoreRefused("the store was opened without a Model", where=self.name, hint="open it with one")
        return self._model

    @property
    def layout(self) -> Layout:
        """Where everything lies."""
        return layout_of(self.model)

    @without_collection()
    def load(self, resolved: Resolved) -> Changes:
        """Make the store hold exactly what was resolved, in one transaction.

        Where the data use other classes than before, all of it is written anew: the Model says where everything lies.

        Raises:
            StoreRefused: it holds data of another Model.
            StoreUnavailable: it cannot be written.
        """
        with self._lock, _translated(self.name):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                before = _checked_model(self.connection, self.name, self.model, "write")
                changes = write(self.connection, resolved, before or self.model, layout_of(before or self.model))
                if before is not None:
                    write_anew(self.connection, resolved, self.model, self.layout)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        return changes

    def is_empty(self) -> bool:
        """Whether nothing was ever loaded."""
        return not self.connection.pragma("application_id")

    def info(self) -> Info:
        """What the store says of itself.

        Raises:
            StoreUnavailable: it holds nothing yet.
        """
        with _translated(self.name):
            return read_info(self.connection)

    def statistics(self) -> Statistics:
        """How much there is of what."""
        with self._lock, _translated(self.name):
            return read_statistics(self.connection)

    def quads(self) -> Iterator[Quad]:
        """The dataset that was loaded, exactly."""
        return read_quads(self.connection)

    def facts(self) -> Iterator[Fact]:
        """Every fact with what it rests on."""
        return read_facts(self.connection)

    def dataset(self) -> Dataset:
        """The dataset with its prefixes and source, as if read from files."""
        return read_dataset(self.connection)

    def triples(self) -> Iterator[Triple]:
        """The walkable graph of the present, from the readable tables alone."""
        return derive(self.connection, self.model, self.layout)

    def read_at_once(self, read: Callable[[Snapshot], T]) -> T:
        """What a function reads, all of it at one data version.

        Raises:
            StoreUnavailable: the database cannot be read.
        """
        with self._lock, _translated(self.name):
            self.connection.execute("BEGIN")
            try:
                return read(snapshot(self.connection))
            finally:
                self.connection.execute("COMMIT")

    def run(self, statement: str, params: Sequence[object] = ()) -> tuple[bytes, str]:
        """The JSON that a compiled statement gives, and the data version that it was read at.

        Raises:
            SumTooLarge: a sum that cannot be exact.
            StoreUnavailable: the database cannot be read.
        """
        given = dict(zip(_numbers(len(params)), params, strict=True))  # a statement need not use them all
        with self._lock:
            try:  # as `_translated` does, for what is run most of all
                data, version = self.connection.execute(statement, given).get
            except apsw.Error as error:
                raise _translation(error, self.name) from error
        return data.encode(), version

    def moment(self) -> tuple[int, int]:
        """Two equal ones: nothing was committed in between, by us or by whatever process. No table is looked at."""
        with self._lock, _translated(self.name):
            return self.connection.total_changes(), self.connection.execute("PRAGMA data_version").get

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self.connection.close()


def open_store(target: str | Path, model: Model | None, mode: Mode = "read") -> SqliteStore:
    """Open `:memory:` or a file; `write` makes it if there is none. Without a Model, only what was loaded can be read.

    Raises:
        StoreRefused: it is no database of ours, or one of another version or another Model.
        StoreUnavailable: it is not there, cannot be read, or holds nothing yet.
    """
    name = str(target)
    if name != MEMORY and mode == "read" and not Path(name).is_file():
        raise StoreUnavailable("there is no such store", where=name, hint="make it with `kaigraph load`")
    with _translated(name):
        try:
            connection = _checked(name, name, model, mode)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            if mode == "write" or os.access(Path(name).absolute().parent, os.W_OK):
                raise
            unchanging = f"{Path(name).absolute().as_uri()}?immutable=1"  # nobody can write there: no locks are needed
            connection = _checked(unchanging, name, model, mode)
    return SqliteStore(connection, name, model)


def _checked(address: str, name: str, model: Model | None, mode: Mode) -> apsw.Connection:
    """A connection to a database that was looked at."""
    flags = apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_READONLY
    if mode == "write":
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    connection = apsw.Connection(address, flags=flags, statementcachesize=_STATEMENTS)
    try:
        connection.set_busy_timeout(_WAIT)
        # A statement keeps its plan. Else SQLite compiles it anew for the value of each limit and bound, at every run.
        connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
        connection.pragma("cache_size", -_PAGES)
        _check(connection, name, model, mode)
        if mode == "write" and name != MEMORY:
            connection.pragma("journal_mode", "wal")  # readers go on reading while a load is written
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: apsw.Connection, name: str, model: Model | None, mode: Mode) -> None:
    """Refuse what is not ours, or not of this version or Model."""
    found = connection.pragma("application_id")
    if found != APPLICATION_ID:
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").get
        if found or tables:
            raise StoreRefused("the database is not one of kaigraph's", where=name, hint="name another file")
        if mode == "read":
            raise StoreUnavailable("the store holds nothing yet", where=name, hint="fill it with `kaigraph load`")
        return
    version = connection.pragma("user_version")
    if version != FORMAT:
        raise StoreRefused(
            f"the store has format {version}, and this version reads {FORMAT}",
            where=name,
            hint="delete the file and load the data again",
        )
    if model is not None:
        _checked_model(connection, name, model, mode)


def _checked_model(connection: apsw.Connection, name: str, model: Model, mode: Mode) -> Model | None:
    """The Model that the store was made with, if it is another; to write, only the classes in use may be others."""
    if connection.pragma("application_id") != APPLICATION_ID:
        return None
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    found = str(meta.get("model"))
    if found == model.hash:
        return None
    before = model.before(found, frozenset(json.loads(str(meta["classes"])))) if mode == "write" else None
    if before is None:
        raise StoreRefused(
            f"the store was made with another ontology or other shapes ({found[:8]}, not {model.hash[:8]})",
            where=name,
            hint="name the ontology and shapes it was made with, or delete the file and load the data again",
        )
    return before


@lru_cache
def _numbers(size: int) -> tuple[str, ...]:
    """The names of so many parameters."""
    return tuple(map(str, range(1, size + 1)))


class _translated:  # noqa: N801  # reads as a verb, as contextlib's do
    """SQLite's errors as ours, with what to do."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise ours from theirs."""
        if isinstance(error, apsw.Error):
            raise _translation(error, self._name) from error


def _translation(error: apsw.Error, name: str) -> Exception:
    if isinstance(error, apsw.NotADBError):
        return StoreRefused("the file is no database", where=name, hint="name another file")
    if isinstance(error, apsw.CorruptError):
        return StoreRefused("the database is damaged", where=name, hint="delete the file and load the data again")
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return StoreUnavailable("another process is writing to the store", where=name, hint="try again when it is done")
    if isinstance(
        error, apsw.CantOpenError | apsw.ReadOnlyError | apsw.PermissionsError | apsw.IOError | apsw.FullError
    ):
        return StoreUnavailable(f"the store cannot be used: {error}", where=name, hint="check the path and its rights")
    if "no such table" in str(error):
        return StoreUnavailable("the store holds nothing yet", where=name, hint="fill it with `kaigraph load`")
    if str(error) == "integer overflow":
        return SumTooLarge()
    if isinstance(error, apsw.SQLError) and any(limit in str(error) for limit in _LIMITS):
        return TooComplex(f"the operation is more than one statement can answer: {error}", hint="ask it in parts")
    return error
