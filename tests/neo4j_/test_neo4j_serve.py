"""`kaigraph serve` over Neo4j: many at once, a server that goes and comes, and what is told of each trouble."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from neo4j.exceptions import ClientError

from kaigraph.graphql.engine import Operation
from kaigraph.loaders.neo4j import connect, serving
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.limits import Limits
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.ontology.errors import StoreAway, StoreTimeout
from tests.graphql_ import foreign
from tests.neo4j_.conftest import Server, free_port, wipe
from tests.neo4j_.serving import DATA, address, ask, begun, once_whole, ran, served
from tests.neo4j_.test_neo4j_open import write

MODEL = foreign.prepared().model
SLOW = "UNWIND range(1, 1000000000) AS i RETURN sum(i) AS data"


def fill(target: Target) -> str:
    """Load the foreign data, and return their version."""
    wipe(target)
    store = open_neo4j(target, MODEL, "write")
    try:
        return store.load(foreign.prepared().resolved).version
    finally:
        store.close()


@pytest.fixture
def filled(target: Target) -> Target:
    fill(target)
    return target


@pytest.fixture
def quick(filled: Target) -> Iterator[Neo4jStore]:
    """A store that waits for nothing long, over one connection."""
    store = open_neo4j(filled, MODEL, limits=Limits(pool=1, timeout=0.3))
    yield store
    store.close()


@pytest.mark.parametrize("pool", ["1", "32"])
def test_many_at_once(filled: Target, pool: str) -> None:
    """Each gets its own answer, however many connections there are, from the cache or not."""
    text = "query ($n: Int, $id: ID!) { animals(first: $n) { nodes { id } } node(id: $id) { id } }"
    wanted = [foreign.engine().answer(Operation(text, {"n": n % 3, "id": f"urn:{n}"})).body for n in range(64)]
    with served(filled, "--pool", pool) as url, ThreadPoolExecutor(32) as asking:
        for _ in range(2):
            found = list(asking.map(lambda n: ask(url, text, n=n % 3, id=f"urn:{n}"), range(64)))
            assert [told.body for told in found] == [json.loads(body) for body in wanted]


# ------------------------------------------------------------------ what is told of each trouble


def test_half_a_load(filled: Target) -> None:
    with served(filled) as url:
        assert ask(url).status == 200
        write(filled, "MATCH (m:Meta_) SET m.load = m.load + 1")
        told = ask(url)
        assert (told.status, told.code) == (503, "STORE_LOADING")
        assert int(told.headers["retry-after"]) > 0
        write(filled, "MATCH (m:Meta_) SET m.load = m.load + 1")
        assert ask(url).status == 200


def test_data_that_became_others(filled: Target) -> None:
    """Who empties the database and loads other data meanwhile is not answered from them."""
    with served(filled) as url:
        write(filled, "MATCH (m:Meta_) SET m.model = 'x'")
        told = ask(url)
        assert (told.status, told.code) == (503, "STORE_REFUSED")
        assert "another ontology" in told.body["errors"][0]["message"]
        write(filled, "MATCH (m:Meta_) DETACH DELETE m")
        told = ask(url)
        assert (told.status, told.code) == (503, "STORE_REFUSED")
        assert "kaigraph's own node Meta_ is gone" in told.body["errors"][0]["message"]
        write(filled, "MATCH (n) DETACH DELETE n")
        assert "holds nothing yet" in ask(url).body["errors"][0]["message"]


@pytest.mark.parametrize("verb", ["serve", "query"])
@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"password": "wrong" * 4}, 3, "does not let neo4j in with this password"),
        ({"database": "nowhere"}, 3, "the server has no database nowhere"),
        ({"database": "system"}, 2, "keeps the server's own things"),
        ({"uri": "bolt://127.0.0.1:1"}, 3, "no Neo4j server answers there"),
        ({"uri": "http://127.0.0.1"}, 2, "no address of a Neo4j server"),
    ],
    ids=["password", "database", "system", "server", "address"],
)
def test_what_is_wrong_from_the_start(filled: Target, verb: str, change: dict[str, str], code: int, said: str) -> None:
    what = ["{ dataset { version } }"] if verb == "query" else ["--port", "0"]
    found = ran(verb, replace(filled, **change), *what)
    assert (found.returncode, found.stdout) == (code, "")
    assert said in found.stderr
    assert "hint: " in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ("MATCH (m:Meta_) SET m.format = 99", 1, "the store has format 99"),
        ("MATCH (m:Meta_) SET m.model = 'x'", 1, "was made with another ontology or other shapes"),
        ("MATCH (m:Meta_) SET m.model = 'x'", 1, "classes that only the data name count with them"),
        ("MATCH (m:Meta_) REMOVE m.load", 1, "the node Meta_ lacks load"),
        ("MATCH (m:Meta_) REMOVE m.format, m.prefix_names", 1, "the node Meta_ lacks format, prefix_names"),
        ("MATCH (m:Meta_) DETACH DELETE m", 1, "kaigraph's own node Meta_ is gone"),
        ("CREATE (:Precious)", 1, "nodes that are not kaigraph's (Precious)"),
        ("MATCH (n) DETACH DELETE n", 3, "holds nothing yet"),
        ("MATCH (m:Meta_) SET m.load = m.load + 1", 3, "the store is being loaded"),
    ],
    ids=["format", "model", "classes", "load", "lists", "gone", "strangers", "nothing", "half"],
)
def test_data_that_cannot_be_served(filled: Target, change: str, code: int, said: str) -> None:
    write(filled, change)
    found = ran("serve", filled, "--port", "0")
    assert (found.returncode, found.stdout) == (code, "")
    assert said in found.stderr
    assert "Traceback" not in found.stderr


# ------------------------------------------------------------------ time, connections, and access


def test_a_statement_that_takes_too_long(quick: Neo4jStore) -> None:
    with pytest.raises(StoreTimeout) as caught:
        quick.run(SLOW)
    assert (caught.value.code, caught.value.status) == ("STORE_TIMEOUT", 504)

    async def asked() -> object:
        with pytest.raises(StoreTimeout):
            await quick.run_async(SLOW)
        found = await quick.run_async("RETURN 1 AS data")
        await quick.close_async()
        return found[0]

    assert asyncio.run(asked()) == asyncio.run(asked()) == 1


def test_every_connection_is_taken(filled: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_ACQUIRE", 0.5)
    store = open_neo4j(filled, MODEL, limits=Limits(pool=1, timeout=2.0))

    async def both() -> list[object]:
        asked = (store.run_async(SLOW), store.run_async("RETURN 1 AS data"))
        found = await asyncio.gather(*asked, return_exceptions=True)
        await store.close_async()
        return list(found)

    first, second = asyncio.run(both())
    store.close()
    assert isinstance(first, StoreTimeout)
    assert isinstance(second, StoreAway)
    assert "every connection to the server is taken" in str(second)


@pytest.mark.parametrize("timeout", [None, 20.0])
def test_pieces_are_read_without_timers_where_the_whole_has_one(filled: Target, timeout: float | None) -> None:
    store = open_neo4j(filled, MODEL, limits=Limits(timeout=timeout))

    async def found() -> list[float | None]:
        await store.run_async("RETURN 1 AS data")
        driver = store._loop._driver
        assert driver is not None
        connections = [c for each in driver._pool.connections.values() for c in each]
        timeouts = [connection.socket.get_read_timeout() for connection in connections]
        await store.close_async()
        return timeouts

    (read,) = asyncio.run(found())
    store.close()
    assert (read is None) == (timeout is not None)


def test_nothing_can_be_written(quick: Neo4jStore) -> None:
    for statement in ("CREATE (n:Deal) RETURN 1 AS data", "CREATE INDEX x FOR (n:Deal) ON (n.x)"):
        with pytest.raises(ClientError):
            quick.run(statement)
        with pytest.raises(ClientError):
            asyncio.run(quick.run_async(statement))


# ------------------------------------------------------------------ a server that goes and comes


def test_a_server_that_goes_and_comes_back_while_it_is_served(own_server: Server) -> None:
    """Who was there before answers again, and who waits from the start begins to."""
    fill(own_server.target)
    with served(own_server.target) as url:
        before = ask(url)
        own_server.do("kill")
        waiting = begun(own_server.target, "--wait", "90")
        try:
            for _ in range(3):
                told = ask(url)
                assert (told.status, told.code) == (503, "STORE_UNAVAILABLE")
                assert "no Neo4j server answers" in told.body["errors"][0]["message"]
            late = ran("serve", own_server.target, "--port", "0", "--wait", "1")
            assert (late.returncode, late.stdout) == (3, "")
            assert "no Neo4j server answers" in late.stderr
        finally:
            own_server.start()
        assert once_whole(url).body == before.body
        assert ask(address(waiting)).body == before.body
        waiting.terminate()
        assert waiting.wait(20) == 0


def test_a_server_that_hangs(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    version = fill(own_server.target)
    monkeypatch.setattr(serving, "_GRACE", 0.2)
    store = open_neo4j(own_server.target, MODEL, limits=Limits(timeout=3.0))

    async def asked() -> None:
        await store.run_async("RETURN 1 AS data")
        os.kill(own_server.process, signal.SIGSTOP)
        try:
            with pytest.raises(StoreTimeout):
                await store.run_async("RETURN 1 AS data")
        finally:
            os.kill(own_server.process, signal.SIGCONT)
        assert await store.run_async("RETURN 1 AS data") == (1, version)
        await store.close_async()

    asyncio.run(asked())
    store.close()


def test_a_database_that_is_set_to_be_read_only(own_server: Server) -> None:
    version = fill(own_server.target)
    own_server.do("stop")
    own_server.start("server.databases.default_to_read_only=true")
    try:
        with served(own_server.target) as url:
            assert ask(url).body["extensions"]["dataVersion"] == version
        asked = ran("query", own_server.target, "{ dataset { version } }")
        assert json.loads(asked.stdout)["data"]["dataset"]["version"] == version
        loaded = ran("load", own_server.target, *DATA)
        assert (loaded.returncode, loaded.stdout) == (1, "")
        assert "the database is set to be read only" in loaded.stderr
        assert "Traceback" not in loaded.stderr
    finally:
        own_server.do("stop")
        own_server.start()
    assert ran("load", own_server.target, *DATA).returncode == 0


def test_a_port_of_nobody_is_told_at_once(tmp_path: object) -> None:
    found = ran("serve", Target(f"bolt://127.0.0.1:{free_port()}", password="x" * 8), "--port", "0", "--wait", "-1")
    assert found.returncode == 2
    assert "--wait" in found.stderr
