"""In how many transactions a load is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import LiteralString, Protocol, TypeVar
from uuid import uuid4

from neo4j import Driver, ManagedTransaction, Session
from neo4j.exceptions import ClientError, DriverError, Neo4jError, TransientError

from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.statements import LOCK, LOCK_NODE, OPEN, SHUT, STEP, STEPPED
from kaigraph.ontology.errors import StoreUnavailable

T = TypeVar("T")
Work = Callable[[ManagedTransaction], T]

_PATIENCE = 3.0  # s to wait for another load
_BEAT = 1.0  # s
_WAITED = ("LockClientStopped", "TransactionTimedOut", "LockAcquisition", "Terminated")


class Runner(Protocol):
    """Runs one step of a load."""

    def run(self, work: Work[T]) -> T:
        """What the step returns."""
        ...


class InOne:
    """All steps in a transaction that is there."""

    def __init__(self, transaction: ManagedTransaction) -> None:
        """Take it."""
        self._transaction = transaction

    def run(self, work: Work[T]) -> T:
        """Within the transaction; who holds it commits."""
        return work(self._transaction)


class InMany:
    """Each step in a transaction of its own, again if the server asks for that, but not once it is committed."""

    def __init__(self, session: Session) -> None:
        """Take a session for writing."""
        self._session = session
        self._load = uuid4().hex
        self._steps = 0

    def run(self, work: Work[T]) -> T:
        """Committed when it returns."""
        self._steps += 1
        step, tried = f"{self._load} {self._steps}", list[T]()

        def once(transaction: ManagedTransaction) -> T:
            if tried and transaction.run(STEPPED).single(strict=True)["step"] == step:
                return tried[-1]
            tried.append(work(transaction))
            transaction.run(STEP, step=step).consume()
            return tried[-1]

        return self._session.execute_write(once)


@contextmanager
def alone(driver: Driver, target: Target) -> Iterator[None]:
    """Hold the lock of loaders. The server takes it back from one who died.

    Raises:
        StoreUnavailable: another load is under way.
    """
    with driver.session(database=target.database) as session:
        session.execute_write(lambda tx: tx.run(LOCK_NODE).consume())
        _try(session, target)
        with session.begin_transaction(timeout=0) as transaction:  # no end: it lasts as long as the load
            transaction.run(LOCK).consume()
            try:
                yield
            finally:
                _let_go(transaction.rollback)


@contextmanager
def window(driver: Driver, target: Target) -> Iterator[Callable[[], None]]:
    """What to call right before a commit; the window is shut again when that is over, whichever way it went.

    While it is open it is said again and again, so that the window of one who died is known for what it is
    (`kaigraph.loaders.neo4j.probe.DEAD`), however long a commit takes.
    """
    over = Event()

    def say(statement: LiteralString) -> None:
        with driver.session(database=target.database) as session:
            session.execute_write(lambda tx: tx.run(statement).consume())

    def go_on() -> None:
        while not over.wait(_BEAT):
            _let_go(lambda: say(OPEN))

    def commits() -> None:
        say(OPEN)
        if not beating.is_alive():  # the driver may call again, for a second try
            beating.start()

    beating = Thread(target=go_on, daemon=True)
    say(SHUT)
    try:
        yield commits
    finally:
        over.set()
        if beating.ident is not None:
            beating.join()
        _let_go(lambda: say(SHUT))


def _try(session: Session, target: Target) -> None:
    """A transaction that the server ends if it has to wait too long."""
    try:
        with session.begin_transaction(timeout=_PATIENCE) as transaction:
            transaction.run(LOCK).consume()
    except (ClientError, TransientError) as error:
        if not any(code in (error.code or "") for code in _WAITED):
            raise
        raise StoreUnavailable(
            "another load is under way", where=target.uri, hint="try again when it is done"
        ) from error


def _let_go(rollback: Callable[[], None]) -> None:
    """A server that is gone has let go already; what went wrong is told elsewhere."""
    try:
        rollback()
    except (DriverError, Neo4jError):
        return
