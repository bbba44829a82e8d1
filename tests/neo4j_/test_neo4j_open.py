"""What is refused and what is told; loads that stand in each other's way; servers that come and go."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from neo4j import GraphDatabase, ManagedTransaction, Session
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j import plan_load
from kaigraph.loaders.neo4j import write as module
from kaigraph.loaders.neo4j.connect import Target, is_address, target_of
from kaigraph.loaders.neo4j.indexes import index_label, indexes_of
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j, opened_neo4j
from kaigraph.loaders.neo4j.work import InMany, alone
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.store import TooComplex
from kaigraph.ontology.errors import BadUse, StoreLoading, StoreRefused, StoreUnavailable
from tests.graphql_.models import EX, SMALL
from tests.neo4j_.conftest import Server, wipe

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
COUNT = "MATCH (n:Deal) RETURN count(n) AS data"


def deals(*codes: str) -> Resolved:
    things = [NamedNode(f"urn:{c}") for c in codes]
    quads = [Quad(t, TYPE, NamedNode(EX + "Deal")) for t in things]
    quads += [Quad(t, NamedNode(EX + "code"), Literal("x")) for t in things]
    return resolve(Dataset(tuple(sorted(quads, key=str)), {"ex": EX}, {}, False, "urn:source"), SMALL)


def write(target: Target, statement: str) -> None:
    with (
        GraphDatabase.driver(target.uri, auth=(target.username, target.password)) as driver,
        driver.session(database=target.database) as session,
    ):
        session.run(statement).consume()


@pytest.fixture
def store(empty: Target) -> Iterator[Neo4jStore]:
    with opened_neo4j(empty, SMALL, "write") as found:
        yield found


def test_what_was_loaded_is_there(store: Neo4jStore) -> None:
    assert store.is_empty()
    changes = store.load(deals("a", "b"))
    assert not store.is_empty()
    with opened_neo4j(store.target, SMALL) as again:
        assert again.info().version == changes.version
        assert again.run(COUNT) == (2, changes.version)
        assert again.dataset().prefixes == {"ex": EX}


def test_nothing_there_yet(empty: Target) -> None:
    with pytest.raises(StoreUnavailable, match=r"holds nothing yet.*kaigraph load"):
        open_neo4j(empty, SMALL)
    with opened_neo4j(empty, SMALL, "write") as found, pytest.raises(StoreUnavailable, match="holds nothing yet"):
        found.run(COUNT)


def test_a_node_of_somebody_with_a_label_of_ours(store: Neo4jStore) -> None:
    store.load(deals("a"))
    write(store.target, "CREATE (:Resource {title: 'x'})")
    with pytest.raises(StoreRefused, match=r"not kaigraph's \(Resource, without an id\).*take them out"):
        store.load(deals("a", "b"))
    write(store.target, "MATCH (n:Resource) WHERE n.id IS NULL DELETE n")
    assert store.load(deals("a", "b")).nodes.added == 1


def test_a_wrong_password(target: Target) -> None:
    with pytest.raises(StoreUnavailable, match=r"does not let neo4j in.*NEO4J_PASSWORD"):
        open_neo4j(replace(target, password="wrong" * 4), SMALL)


def test_a_wrong_database(target: Target) -> None:
    with pytest.raises(StoreUnavailable, match=r"no database nowhere.*NEO4J_DATABASE"):
        open_neo4j(replace(target, database="nowhere"), SMALL)


def test_a_server_that_does_not_encrypt(target: Target) -> None:
    secure = replace(target, uri=target.uri.replace("://", "+s://"))
    with pytest.raises(StoreUnavailable, match=r"no Neo4j server answers.*encrypted connections"):
        open_neo4j(secure, SMALL)


def test_no_server() -> None:
    with pytest.raises(StoreUnavailable, match="no Neo4j server answers"):
        open_neo4j(Target("bolt://127.0.0.1:1", password="x" * 8), SMALL)


@pytest.mark.parametrize("uri", ["bolt://", "http://127.0.0.1:7687", "bolt://127.0.0.1:port"])
def test_no_address(uri: str) -> None:
    with pytest.raises((BadUse, StoreUnavailable)):
        open_neo4j(Target(uri, password="x" * 8), SMALL)


def test_who_we_are_comes_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("se cret\n", encoding="utf-8")
    uri = "neo4j+s://example.org"
    assert target_of(uri, {"NEO4J_PASSWORD": "p"}) == Target(uri, "neo4j", "p", None)
    given = {"NEO4J_USERNAME": "u", "NEO4J_PASSWORD_FILE": str(file), "NEO4J_DATABASE": "d"}
    assert target_of(uri, given) == Target(uri, "u", "se cret", "d")
    assert "se cret" not in repr(target_of(uri, given))
    for bad in ({}, {"NEO4J_PASSWORD_FILE": str(tmp_path / "none")}):
        with pytest.raises(BadUse, match="NEO4J_PASSWORD"):
            target_of(uri, bad)
    with pytest.raises(BadUse, match="do not belong in an address"):
        target_of("bolt://neo4j:secret@example.org", {"NEO4J_PASSWORD": "p"})
    with pytest.raises(BadUse, match=r"names no database.*NEO4J_DATABASE"):
        target_of("bolt://example.org:7687/mine", {"NEO4J_PASSWORD": "p"})
    assert (
        target_of("neo4j://example.org/?policy=a/b", {"NEO4J_PASSWORD": "p"}).uri == "neo4j://example.org/?policy=a/b"
    )
    assert all(map(is_address, ("bolt://x", "neo4j+s://x")))
    assert not any(map(is_address, ("graph.kai", "memory:", "http://x")))


@pytest.mark.parametrize("mode", ["read", "write"])
@pytest.mark.parametrize("made", ["CREATE (:Precious)", "CREATE ()", "CREATE (:Resource {uri: 'theirs'})"])
def test_nodes_of_somebody_else(empty: Target, made: str, mode: str) -> None:
    write(empty, made)
    with pytest.raises(StoreRefused, match=r"not kaigraph's.*name another database"):
        open_neo4j(empty, SMALL, mode)  # type: ignore[arg-type]  # parametrized


@pytest.mark.parametrize("mode", ["read", "write"])
def test_the_node_that_says_what_is_there_is_gone(store: Neo4jStore, mode: str) -> None:
    """Every way in says so, and none says that ours are of others, or that nothing is there."""
    told = r"own node Meta_ is gone.*empty the database and load"
    store.load(deals("a"))
    write(store.target, "MATCH (m:Meta_) DETACH DELETE m")
    with pytest.raises(StoreRefused, match=told):
        open_neo4j(store.target, SMALL, mode)  # type: ignore[arg-type]  # parametrized
    for asked in (lambda: store.run(COUNT), store.info, lambda: store.load(deals("a", "b"))):
        with pytest.raises(StoreRefused, match=told):
            asked()
    write(store.target, "MATCH (w:Window_) SET w.since = timestamp()")  # as while a first load is being committed
    with pytest.raises(StoreUnavailable, match="holds nothing yet"):
        store.run(COUNT)
    write(store.target, "MATCH (w:Window_) REMOVE w.since CREATE (:Precious)")
    with pytest.raises(StoreRefused, match=r"not kaigraph's \(Precious\)"):  # nobody is told to delete that
        open_neo4j(store.target, SMALL, mode)  # type: ignore[arg-type]  # parametrized


def test_a_statement_that_this_version_of_the_server_does_not_take(store: Neo4jStore) -> None:
    """As 5.26 does not take sums: told as what can be done, and not as a fault of ours."""
    store.load(deals("a"))
    with pytest.raises(TooComplex, match="this version of Neo4j"):
        store.run("MATCH (n) RETURN n.a AS a, n.a + n.b + count(*) AS data")


def test_nodes_of_somebody_else_beside_ours(store: Neo4jStore) -> None:
    store.load(deals("a"))
    write(store.target, "CREATE (:Precious)")
    with pytest.raises(StoreRefused, match=r"Precious"):
        open_neo4j(store.target, SMALL)
    with pytest.raises(StoreRefused, match=r"Precious"):
        store.load(deals())
    assert store.run(COUNT)[0] == 1


def test_what_bloom_keeps_is_left_alone(store: Neo4jStore) -> None:
    write(store.target, "CREATE (:`_Bloom_Perspective_` {name: 'p'})-[:`_Bloom_HAS_SCENE_`]->(:`_Bloom_Scene_`)")
    store.load(deals("a", "b"))
    store.load(deals("b"))
    with store.driver.session(database=store.target.database) as session:
        assert session.run("MATCH (:`_Bloom_Perspective_`)-->(n) RETURN count(n)").single(strict=True)[0] == 1
    assert len(list(store.quads())) == len(list(store.triples())) == 2


def test_data_of_another_model(store: Neo4jStore) -> None:
    store.load(deals("a"))
    for mode in ("read", "write"):
        with pytest.raises(StoreRefused, match=r"another ontology.*empty the database"):
            open_neo4j(store.target, replace(SMALL, hash="1" * 64), mode)
    with opened_neo4j(store.target, None) as anyone:
        assert len(list(anyone.quads())) == 2


def test_another_format(store: Neo4jStore) -> None:
    store.load(deals("a"))
    write(store.target, "MATCH (m:Meta_) SET m.format = 99")
    with pytest.raises(StoreRefused, match="has format 99"):
        open_neo4j(store.target, SMALL)


def test_indexes_that_are_missing_are_made_again(store: Neo4jStore) -> None:
    store.load(deals("a"))
    wanted = {index.name for index in indexes_of(SMALL)}
    first = min(i.name for i in indexes_of(SMALL) if not i.unique)
    unique = min(i.name for i in indexes_of(SMALL) if i.unique)
    for statement in (f"DROP INDEX {first}", f"DROP CONSTRAINT {unique}"):
        write(store.target, statement)
    assert not store.load(deals("a"))
    with store.driver.session(database=store.target.database) as session:
        there = {r["name"]: r["state"] for r in session.run("SHOW INDEXES YIELD name, state")}
    assert {name for name in there if name.startswith("kaigraph_")} == wanted
    assert {there[name] for name in wanted} == {"ONLINE"}


def test_the_label_to_ask_through() -> None:
    assert index_label(SMALL, EX + "Firm", "_id") == "Firm"
    assert index_label(SMALL, EX + "Firm", "_staff") == "Firm"
    assert index_label(SMALL, EX + "Lab", "_staff") == "Firm"
    assert index_label(SMALL, EX + "Lab", "_begins.upper") == "Thing"
    assert index_label(SMALL, EX + "Nothing", "_label_en") == "Resource"
    assert index_label(SMALL, EX + "Lab", "_nothing") is None


def test_readers_of_half_a_load_are_told_to_wait(store: Neo4jStore) -> None:
    store.load(deals("a"))
    write(store.target, "MATCH (m:Meta_) SET m.load = m.load + 1")
    for read in (store.info, store.quads, store.triples, store.dataset, lambda: store.run(COUNT)):
        with pytest.raises(StoreLoading, match=r"being loaded.*try again") as caught:
            read()
    assert (caught.value.code, caught.value.status) == ("STORE_LOADING", 503)
    store.load(deals("a"))  # nothing is different, but it has to be said that it is complete
    assert store.run(COUNT)[0] == 1


class Broken(Exception):
    """A load that ends in the middle."""


@pytest.mark.parametrize("limit", [0, 10**6], ids=["many", "one"])
@pytest.mark.parametrize("step", ["_clear", "_nodes", "_rest", "_parts", "_about"])
def test_a_load_that_ends_in_the_middle(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch, step: str, limit: int
) -> None:
    """In one transaction, nothing happened. In many, readers are told, and the next load ends it."""
    store.load(deals("a", "b"))

    def broken(*args: object) -> None:
        raise Broken

    with monkeypatch.context() as patch:
        patch.setattr(plan_load, "BATCH", 1)
        done = getattr(module._Load, step)
        calls = iter(range(100))
        patch.setattr(
            module._Load,
            step,
            # in one transaction a step is all of it
            lambda *a: done(*a) if next(calls) < 1 and not limit and step not in ("_parts", "_about") else broken(),
        )
        with pytest.raises(Broken):
            store.load(changed(), limit=limit)
    if limit:
        assert store.run(COUNT)[0] == 2
    else:
        with pytest.raises(StoreLoading):
            store.run(COUNT)
    store.load(changed(), limit=limit)
    expected = resolve(changed().dataset, SMALL)
    assert sorted(map(str, store.quads())) == sorted(map(str, expected.dataset.quads))
    assert store.run(COUNT)[0] == 2
    assert not store.load(changed())


class Doubtful:
    """A session whose driver tries a second time, after a commit too."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def execute_write(self, work: Callable[[ManagedTransaction], object]) -> object:
        self._session.execute_write(work)
        return self._session.execute_write(work)


def test_a_step_is_done_once(store: Neo4jStore) -> None:
    """Also where the driver asks for it again after it was committed, as it may where the answer was lost."""
    store.load(deals("a"))
    with store.driver.session(database=store.target.database) as session:
        runner = InMany(cast("Session", Doubtful(session)))
        for n in range(2):
            assert runner.run(lambda tx: len(list(tx.run("CREATE (:_Bloom_Step_) RETURN 1")))) == 1
            (found,) = session.run("MATCH (s:_Bloom_Step_) RETURN count(s)").single(strict=True)
            assert found == n + 1


def changed() -> Resolved:
    """`a` goes, `b` changes, `c` comes, with something to be part of."""
    quads = {Quad(NamedNode(f"urn:{c}"), TYPE, NamedNode(EX + "Deal")) for c in "bc"}
    quads |= {Quad(NamedNode("urn:b"), NamedNode(EX + "code"), Literal(t)) for t in ("y", "z")}
    quads |= {Quad(NamedNode("urn:b"), NamedNode("https://w3id.org/kaigraph/core#partOf"), NamedNode("urn:c"))}
    return resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source"), SMALL)


def test_two_loads_at_once(store: Neo4jStore) -> None:
    store.load(deals("a"))
    with opened_neo4j(store.target, SMALL, "write") as other:
        with alone(other.driver, other.target), pytest.raises(StoreUnavailable, match="another load is under way"):
            store.load(deals("b"))
        store.load(deals("b", "c"))
        assert other.run(COUNT)[0] == 2


@pytest.mark.parametrize("limit", [0, 10**6], ids=["many", "one"])
def test_nobody_is_told_a_mixture(store: Neo4jStore, limit: int) -> None:
    """Two datasets come and go; a reader counts, far apart in one statement, what either has."""
    one, other = deals(*(f"a{i}" for i in range(40))), deals(*(f"b{i}" for i in range(60)))
    versions = {store.load(one).version: 40, store.load(other).version: 60}
    ended = threading.Event()

    def loads() -> None:
        with opened_neo4j(store.target, SMALL, "write") as writer:
            for _ in range(4):
                writer.load(one, limit=limit)
                writer.load(other, limit=limit)
        ended.set()

    twice = """
    CALL () { MATCH (n:Deal) RETURN count(n) AS first }
    CALL () { UNWIND range(1, 20000) AS i RETURN sum(i) AS waste }
    CALL () { MATCH (n:Resource {code: 'x'}) RETURN count(n) AS last }
    RETURN [first, last, waste > 0] AS data
    """
    loading = threading.Thread(target=loads)
    loading.start()
    seen = []
    while not ended.is_set():
        try:
            seen.append(store.run(twice))
        except StoreLoading:
            continue
    loading.join()
    assert seen
    for data, version in seen:
        assert data == [versions[version], versions[version], True]


def test_a_commit_that_is_under_way_is_waited_for_but_not_for_ever(store: Neo4jStore) -> None:
    """Who dies in the middle of a commit has changed all or nothing: after a while, readers take it so."""
    store.load(deals("a"))
    for read in (store.info, lambda: store.run(COUNT)):
        write(store.target, "MATCH (w:Window_) SET w.since = timestamp()")
        with pytest.raises(StoreLoading):
            read()
    write(store.target, "MATCH (w:Window_) SET w.since = timestamp() - 6000")
    assert store.run(COUNT)[0] == store.info().nodes - 2 == 1
    write(store.target, "MATCH (w:Window_) SET w.since = timestamp()")
    store.load(deals("a", "b"))
    assert store.run(COUNT)[0] == 2


def test_a_server_that_goes_and_comes_back(own_server: Server) -> None:
    wipe(own_server.target)
    with opened_neo4j(own_server.target, SMALL, "write") as store:
        version = store.load(deals("a", "b")).version
        own_server.do("kill")
        try:
            with pytest.raises(StoreUnavailable, match="no Neo4j server answers"):
                store.run(COUNT)
            with pytest.raises(StoreUnavailable):
                store.load(deals("c"))
        finally:
            own_server.start()
        assert store.run(COUNT) == (2, version)
        assert store.load(deals("c")).nodes.removed == 2
