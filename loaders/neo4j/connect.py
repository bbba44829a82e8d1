"""The way to a server: address, who we are, and the driver's errors as ours."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from neo4j import READ_ACCESS, Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from kaigraph.loaders.literals.sums import SumTooLarge
from kaigraph.loaders.store import TooComplex
from kaigraph.ontology.errors import (
    BadUse,
    KaigraphError,
    StoreAway,
    StoreRefused,
    StoreTimeout,
    StoreUnavailable,
)

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_CONNECT = 5.0  # s for the server to take a connection
_ACQUIRE = 15.0  # s for a free one
_IDLE = 30.0  # s after which a connection is looked at before it is used
_NOT_FOUND = "Neo.ClientError.Database.DatabaseNotFound"
_READ_ONLY = ("Neo.ClientError.General.ReadOnly", "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase")
_SEMANTIC, _SYNTAX = "Neo.ClientError.Statement.SemanticError", "Neo.ClientError.Statement.SyntaxError"
_OF_SYSTEM = "can only be executed in a user database"
_IMPLICIT = "Aggregation column contains implicit grouping expressions"  # on 5.26, of aggregates in a subquery
_ARITHMETIC = "Neo.ClientError.Statement.ArithmeticError"


@dataclass(frozen=True, slots=True)
class Target:
    """Which database, as whom. Without a `database`, the user's home database."""

    uri: str
    username: str = "neo4j"
    password: str = ""
    database: str | None = None

    def __repr__(self) -> str:
        """Without the password: a traceback or a log may show it."""
        return f"Target({self.uri!r}, {self.username!r}, {self.database!r})"


def is_address(store: str) -> bool:
    """Whether the name of a store is the address of a Neo4j server."""
    return store.partition("://")[0] in SCHEMES and "://" in store


def target_of(uri: str, environment: Mapping[str, str] = os.environ) -> Target:
    """The database at an address; who we are comes from the environment or a file, never from a command line.

    Raises:
        BadUse: no password, a password or a database in the address, or a password file that cannot be read.
    """
    if "@" in uri.partition("://")[2].partition("/")[0]:
        raise BadUse("credentials do not belong in an address", where="--store", hint="set NEO4J_PASSWORD_FILE")
    if uri.partition("?")[0].partition("://")[2].partition("/")[2]:  # the driver drops it, and asks the home database
        raise BadUse("an address names no database", where=uri, hint="set NEO4J_DATABASE, and end the address before /")
    username = environment.get("NEO4J_USERNAME") or "neo4j"
    return Target(uri, username, _password(environment), environment.get("NEO4J_DATABASE") or None)


def _password(environment: Mapping[str, str]) -> str:
    file = environment.get("NEO4J_PASSWORD_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadUse(f"the password file cannot be read: {error}", where="NEO4J_PASSWORD_FILE") from error
    if not environment.get("NEO4J_PASSWORD"):
        raise BadUse("there is no password", where="NEO4J_PASSWORD", hint="set it, or NEO4J_PASSWORD_FILE")
    return environment["NEO4J_PASSWORD"]


def options_of(target: Target) -> dict[str, Any]:
    """How a driver, of either kind, connects to a target."""
    return {
        "auth": (target.username, target.password),
        "connection_timeout": _CONNECT,
        "connection_acquisition_timeout": _ACQUIRE,
        "liveness_check_timeout": _IDLE,
        "notifications_min_severity": NotificationMinimumSeverity.OFF,
        "telemetry_disabled": True,
        "user_agent": "kaigraph",
    }


def connect(target: Target) -> Driver:
    """A driver for a server that answered, and let us in.

    Raises:
        BadUse: no such kind of address.
        StoreUnavailable: it does not answer, or does not let us in.
    """
    if not is_address(target.uri):
        raise BadUse("no address of a Neo4j server", where=target.uri, hint="see docs/neo4j.md")
    with translated(target):
        driver = GraphDatabase.driver(target.uri, **options_of(target))
        try:
            _answer(driver, target)
        except BaseException:
            driver.close()
            raise
    return driver


def _answer(driver: Driver, target: Target) -> None:
    """One answer from the database."""
    try:
        with driver.session(database=target.database, default_access_mode=READ_ACCESS) as session:
            session.run("RETURN 1").consume()
    except ValueError as error:  # what the driver says of a port that is none, or a name that is not known
        raise BadUse(f"no address of a Neo4j server: {error}", where=target.uri, hint="see docs/neo4j.md") from error


@contextmanager
def translated(target: Target) -> Iterator[None]:
    """The driver's errors as ours, with what to do."""
    try:
        yield
    except ConfigurationError as error:
        raise BadUse(f"no address of a Neo4j server: {error}", where=target.uri, hint="see docs/neo4j.md") from error
    except (DriverError, Neo4jError) as error:
        raise _translation(error, target) from error


def _translation(error: DriverError | Neo4jError, target: Target) -> Exception:
    uri = target.uri
    if isinstance(error, AuthError):
        return _refused(target, error)
    if isinstance(error, ServiceUnavailable | SessionExpired):
        secure = ", and that it takes encrypted connections" if "+s" in uri.partition("://")[0] else ""
        return StoreAway("no Neo4j server answers there", where=uri, hint=f"start it, or check the address{secure}")
    if isinstance(error, ConnectionAcquisitionTimeoutError):
        return StoreAway("every connection to the server is taken", where=uri, hint="try again, or allow more")
    if "TransactionTimedOut" in (getattr(error, "code", None) or ""):
        return StoreTimeout("the server took too long", where=uri, hint="ask for less")
    if isinstance(error, TransientError):
        return StoreAway(f"the server is busy: {error.message}", where=uri, hint="try again")
    code = error.code if isinstance(error, Neo4jError) else None
    if code == _NOT_FOUND:
        name = target.database or "(home)"
        return StoreUnavailable(f"the server has no database {name}", where=uri, hint="check NEO4J_DATABASE")
    if code in _READ_ONLY:
        return StoreRefused("the database is set to be read only", where=uri, hint="write to another")
    return SumTooLarge() if code == _ARITHMETIC else _of_statement(error, target)


def _of_statement(error: DriverError | Neo4jError, target: Target) -> Exception:
    """What a statement is told by the database of the server itself, or by an old version; or the same error."""
    code, told = getattr(error, "code", None), str(error)
    if code == _SEMANTIC and _OF_SYSTEM in told:
        said = "the database of that name keeps the server's own things"
        return BadUse(said, where=target.uri, hint="check NEO4J_DATABASE")
    if code == _SYNTAX and _IMPLICIT in told:
        advice = "take the current line of Neo4j, or leave out sums, and groups of nested lists (docs/neo4j.md)"
        return TooComplex("this version of Neo4j cannot answer the operation in one statement", hint=advice)
    return error


def _refused(target: Target, error: AuthError) -> KaigraphError:
    if "RateLimit" in (error.code or ""):
        return StoreUnavailable("too many wrong passwords", where=target.uri, hint="wait some seconds")
    return StoreUnavailable(
        f"the server does not let {target.username} in with this password",
        where=target.uri,
        hint="check NEO4J_USERNAME and NEO4J_PASSWORD",
    )
