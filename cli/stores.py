"""Which store `--store` names, and how it is asked.

The driver of a server is imported only by who needs it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from kaigraph.cli.numbers import at_least
from kaigraph.loaders.neo4j.limits import NO_LIMITS, Limits
from kaigraph.loaders.sqlite.store import Mode, SqliteStore, open_store
from kaigraph.ontology import Model
from kaigraph.ontology.errors import StoreAway, StoreLoading

if TYPE_CHECKING:
    from kaigraph.loaders.neo4j.store import Neo4jStore

AnyStore: TypeAlias = "SqliteStore | Neo4jStore"
T = TypeVar("T")

_PAUSE = 0.5  # s between two tries


def add_serving(parser: argparse.ArgumentParser) -> None:
    """Add what who serves can choose: `--pool`, `--timeout`, `--wait` and `--cache-size`."""
    parser.add_argument(
        "--pool", type=at_least(1), default=32, metavar="N", help="connections to the server, at most (default: 32)"
    )
    limit = "how long one statement may take; 0: as long as it does (default: 30)"
    parser.add_argument("--timeout", type=at_least(0.0), default=30.0, metavar="SECONDS", help=limit)
    wait = "how long to wait at the start for a server that is not there or being loaded (default: 0)"
    parser.add_argument("--wait", type=at_least(0.0), default=0.0, metavar="SECONDS", help=wait)
    size = "memory for answers that stay right until the next load; 0: none (default: 64)"
    parser.add_argument("--cache-size", type=at_least(0), default=64, metavar="MIB", help=size)


def limits_of(options: argparse.Namespace) -> Limits:
    """The limits that the options name."""
    return Limits(options.pool, options.timeout or None)


def is_server(target: str) -> bool:
    """Whether `--store` names a server rather than a file."""
    return "://" in target


def open_any(target: str, model: Model | None, mode: Mode = "read", limits: Limits = NO_LIMITS) -> AnyStore:
    """Open a file, or a database of a server; `limits` are for a server.

    Raises:
        BadUse: an address that no store has.
        StoreRefused: it is not ours, or of another version or Model.
        StoreUnavailable: it is not there, or holds nothing yet.
    """
    if not is_server(target):
        return open_store(target, model, mode)
    from kaigraph.loaders.neo4j.store import open_neo4j

    return open_neo4j(target, model, mode, limits)


def once_there(open_it: Callable[[], T], patience: float) -> T:
    """What opening gives, tried again for some seconds while the server is not there or being loaded.

    Raises:
        StoreUnavailable: it was not there in time.
    """
    end = time.monotonic() + patience
    while True:
        try:
            return open_it()
        except (StoreAway, StoreLoading):
            if time.monotonic() + _PAUSE > end:
                raise
            time.sleep(_PAUSE)
