"""Servers for a bench: Neo4j with data of its own below bench/.peers/, and processes that answer on a port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from peers_install import HERE

TOOL = Path(__file__).parent.parent / "deploy" / "neo4j.py"
PASSWORD = "bench-password"  # noqa: S105  # of servers on the loopback that end with the bench
#: The same for all servers that are compared.
MEMORY = {"NEO4J_HEAP": "2g", "NEO4J_PAGECACHE": "1g"}
WAIT = 120.0  # s for a process that loads before it listens


class Neo4j:
    """A Neo4j server of the bench's own."""

    def __init__(self, name: str, port: int) -> None:
        """Take a name for its folder and the port of Bolt."""
        self.uri = f"bolt://127.0.0.1:{port}"
        self._port = port
        self.home = HERE / f"neo4j-{name}"
        self.environment = {**os.environ, **MEMORY, "KAIGRAPH_NEO4J_HOME": str(self.home), "NEO4J_PASSWORD": PASSWORD}

    def do(self, *words: str, folder: Path | None = None) -> None:
        """Run a command of deploy/neo4j.py (start, stop, wipe, admin …), in a folder."""
        words = ("start", str(self._port)) if words == ("start",) else words
        with (HERE / "neo4j.log").open("ab") as log:
            command = [sys.executable, str(TOOL), *words]
            subprocess.run(command, check=True, env=self.environment, cwd=folder, stdout=log, stderr=log)  # noqa: S603  # our own words

    def ask(self, *statements: str) -> None:
        """Run statements, one after the other."""
        from neo4j import GraphDatabase

        with GraphDatabase.driver(self.uri, auth=("neo4j", PASSWORD)) as driver:
            for statement in statements:
                driver.execute_query(statement)

    def rows(self, statement: str) -> list[object]:
        """The first column of what a statement gives; a hint of the server's, on names unknown to it, is none to us."""
        from neo4j import GraphDatabase

        auth = ("neo4j", PASSWORD)
        with GraphDatabase.driver(self.uri, auth=auth, notifications_min_severity="OFF") as driver:
            records = driver.execute_query(statement).records
            return [record[0] for record in records]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def neo4j(name: str) -> Iterator[Neo4j]:
    """A server without data, not yet started; its data go when the bench is done with it."""
    server = Neo4j(name, free_port())
    server.do("wipe")
    try:
        yield server
    finally:
        server.do("wipe")


@contextmanager
def serving(words: Sequence[str | Path], port: int, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """A process that answers on a port, from the first answer to its end; gives the port.

    Raises:
        RuntimeError: it ended, or did not answer in time.
    """
    with (HERE / "serving.log").open("ab") as log:
        process = subprocess.Popen(words, env=environment, stdout=log, stderr=log)  # noqa: S603  # our own words
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + WAIT
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args!s} does not answer: see {HERE / 'serving.log'}")
