"""A real server for the tests: the one that NEO4J_URI names, or one that deploy/neo4j.py starts and ends."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from kaigraph.loaders.neo4j.connect import Target, target_of

TOOL = Path(__file__).parents[2] / "deploy" / "neo4j.py"
#: For a server that lives for minutes: half the work to start, since nothing is compiled to be fast for hours.
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
PASSWORD = "kaigraph-test"  # noqa: S105  # of a server on the loopback that ends with the tests


@dataclass(frozen=True)
class Server:
    """A server of our own, which can be stopped and killed."""

    home: Path
    port: int

    def do(self, *words: str, settings: str = "") -> None:
        environment = os.environ | {"KAIGRAPH_NEO4J_HOME": str(self.home), "NEO4J_PASSWORD": PASSWORD}
        environment |= {"NEO4J_SETTINGS": settings, "NEO4J_JVM": JVM}
        subprocess.run([sys.executable, TOOL, *words], check=True, env=environment, stdout=subprocess.DEVNULL)

    def start(self, settings: str = "") -> None:
        self.do("start", str(self.port), settings=settings)

    @property
    def process(self) -> int:
        return int((self.home / "pid").read_text())

    @property
    def target(self) -> Target:
        return Target(f"bolt://127.0.0.1:{self.port}", "neo4j", PASSWORD)


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that tests may stop and kill; whoever does starts it again."""
    server = Server(tmp_path_factory.mktemp("neo4j") / "home", free_port())
    try:
        server.start()
        yield server
    finally:
        server.do("kill")  # faster than an orderly end, which nobody will read
        server.do("wipe")


@pytest.fixture(scope="session")
def target(request: pytest.FixtureRequest) -> Target:
    """The database of the tests. It is emptied again and again."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        return target_of(uri)
    server: Server = request.getfixturevalue("own_server")
    return server.target


@pytest.fixture
def empty(target: Target) -> Target:
    """The database with nothing in it."""
    wipe(target)
    return target


def wipe(target: Target) -> None:
    """Delete every node; indexes stay."""
    with (
        GraphDatabase.driver(target.uri, auth=(target.username, target.password)) as driver,
        driver.session(database=target.database) as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
