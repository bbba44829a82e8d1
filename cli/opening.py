"""Opening a store while its data are read: a server that has just started takes seconds for its first answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, closing, contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from kaigraph.cli.stores import AnyStore, is_server, open_any
from kaigraph.ontology import Model

if TYPE_CHECKING:
    from neo4j import Driver

Open = Callable[[Model], AbstractContextManager[AnyStore]]


@contextmanager
def opening(name: str) -> Iterator[Open]:
    """What opens a store for writing; a server is spoken to at once, and what goes wrong is told by who opens."""
    if not is_server(name):
        yield lambda model: closing(open_any(name, model, "write"))
        return
    from kaigraph.loaders.neo4j.connect import target_of
    from kaigraph.loaders.neo4j.store import awake, open_neo4j

    driver: Future[Driver] = Future()
    Thread(target=_settle, args=(driver, lambda: awake(target_of(name))), daemon=True).start()
    try:
        yield lambda model: closing(open_neo4j(name, model, "write", driver=driver.result()))
    finally:
        driver.add_done_callback(_close)


def _settle(driver: Future[Driver], connect: Callable[[], Driver]) -> None:
    try:
        driver.set_result(connect())
    except Exception as error:  # whatever it is, it is raised where the result is asked for
        driver.set_exception(error)


def _close(driver: Future[Driver]) -> None:
    if driver.exception() is None:
        driver.result().close()
