"""Loads that are long, watched or waited for, on a database that somebody damaged; long texts; reading in parts."""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j import plan_load
from kaigraph.loaders.neo4j import store as module
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.index import made_as
from kaigraph.loaders.neo4j.indexes import indexes_of, label_index
from kaigraph.loaders.neo4j.limits import ONE_TRANSACTION
from kaigraph.loaders.neo4j.mapping import mapping_of
from kaigraph.loaders.neo4j.store import Neo4jStore, opened_neo4j
from kaigraph.loaders.neo4j.work import alone
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology.errors import StoreLoading, StoreRefused
from tests.graphql_.models import EX, LABELS, SMALL
from tests.graphql_.test_equality import API, SCHEMA
from tests.neo4j_.test_neo4j_open import deals, write
from tests.neo4j_.test_scans_neo4j import read, steps

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LONG = "가 나" * 40_000 + "needle" + "x" * 100_000


@pytest.fixture
def store(empty: Target) -> Iterator[Neo4jStore]:
    with opened_neo4j(empty, SMALL, "write") as found:
        yield found


def named(texts: list[str]) -> Resolved:
    """Firms and deals of a code and a label."""
    quads = []
    for i, text in enumerate(texts):
        node = NamedNode(f"urn:{i}")
        quads += [Quad(node, TYPE, NamedNode(EX + cls)) for cls in ("Firm", "Deal")]
        quads += [Quad(node, NamedNode(EX + "code"), Literal(text)), Quad(node, NamedNode(LABELS[0]), Literal(text))]
    return resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source"), SMALL)


def test_parts_of_texts_are_found_by_an_index_however_long_they_are(store: Neo4jStore) -> None:
    """An index on parts of texts takes 32,766 bytes: a text of more would make the write fail."""
    store.load(named([LONG, *(f"code {i}" for i in range(2000))]))
    with store.driver.session(database=store.target.database) as session:
        session.run("CALL db.prepareForReplanning()").consume()
    engine = Engine(SMALL, API, SCHEMA, Neo4jAnswers(store))
    for where in ("firms(where: {label: {contains: %s}})", "deals(where: {code: {contains: %s}})"):
        for part, nodes in (('"needle"', ["urn:0"]), ('"ode 777"', ["urn:778"]), ('"\\uffff"', [])):
            text = f"{{ {where % part} {{ nodes {{ id }} }} }}"
            expected = ",".join(f'{{"id":"{node}"}}' for node in nodes)
            assert f'{{"nodes":[{expected}]}}' in engine.answer(Operation(text)).body.decode()
            found = read(steps(store, text))
            assert any(name.startswith("NodeIndexContainsScan") for name in found), found
            assert max(found.values()) <= 2, found


def test_names_are_found_by_words(store: Neo4jStore) -> None:
    """Of Hangul, by parts of words too: what a browser's search bar asks."""
    store.load(named(["한국산업은행", "The Bank of Things", "AI 위원회"]))
    ask = f"CALL db.index.fulltext.queryNodes('{label_index(mapping_of(SMALL)).name}', $q) YIELD node RETURN node.id"
    with store.driver.session(database=store.target.database) as session:
        for text, node in (
            ("산업은행", "urn:0"),
            ("bank", "urn:1"),
            ("위원회", "urn:2"),
            ('"bank of things"', "urn:1"),
        ):
            assert [r[0] for r in session.run(ask, q=text)] == [node]


@pytest.mark.parametrize("limit", [1, ONE_TRANSACTION])
def test_what_a_load_holds_is_bounded_by_a_batch(
    store: Neo4jStore, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """The driver keeps what it was given for a statement, for as long as the transaction lasts and longer.

    What is written of each of these things takes 4 kB. Caches may keep its id, and one more step some objects.
    """
    monkeypatch.setattr(plan_load, "BATCH", 500)
    most = []
    for size, word in ((0, ""), (500, "new"), (5_000, "changed"), (5_000, "all changed")):
        resolved = named([f"{word} {i % 100}" for i in range(size)])
        tracemalloc.start()
        store.load(resolved, limit=limit)
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(most[2:]) - most[1] < 1_000 * (5_000 - 500), most


def test_an_index_that_the_model_does_not_want_is_dropped(store: Neo4jStore) -> None:
    write(store.target, "CREATE TEXT INDEX kaigraph_of_another_model FOR (n:Resource) ON (n.gone)")
    write(store.target, "CREATE TEXT INDEX of_somebody_else FOR (n:Resource) ON (n.theirs)")
    try:
        store.load(deals("a"))
        with store.driver.session(database=store.target.database) as session:
            there = {r["name"]: r["state"] for r in session.run("SHOW INDEXES YIELD name, state")}
    finally:
        write(store.target, "DROP INDEX of_somebody_else")
    assert "of_somebody_else" in there
    assert {name for name in there if name.startswith("kaigraph_")} == {i.name for i in indexes_of(SMALL)}
    assert all(there[index.name] == "ONLINE" for index in indexes_of(SMALL))


def test_an_index_of_ours_that_was_made_otherwise_is_made_anew(store: Neo4jStore) -> None:
    """By an older version, or by hand: its name does not tell how words are cut, nor what it is on."""
    store.load(deals("a"))
    words, unique = label_index(mapping_of(SMALL)), next(i for i in indexes_of(SMALL) if i.unique)
    plain = next(i for i in indexes_of(SMALL) if not (i.unique or i.words or i.on_edges or i.is_text))
    for statement in (
        f"DROP INDEX {words.name}",
        replace(words, analyzer="whitespace").statement(),
        f"DROP INDEX {plain.name}",
        f"CREATE RANGE INDEX {plain.name} FOR (n:Resource) ON (n.other)",
        f"DROP CONSTRAINT {unique.name}",
        f"CREATE RANGE INDEX {unique.name} FOR (n:{unique.label}) ON (n.{unique.key})",
    ):
        write(store.target, statement)
    store.load(named(["한국산업은행"]))
    with store.driver.session(database=store.target.database) as session:
        there = {r["name"]: made_as(r) for r in session.run("SHOW INDEXES YIELD *")}
        before = {r["name"]: r["id"] for r in session.run("SHOW INDEXES YIELD *")}
        assert {i.name: i.definition for i in indexes_of(SMALL)}.items() <= there.items()
        assert there[words.name].analyzer == "cjk"
        ask = f"CALL db.index.fulltext.queryNodes('{words.name}', '산업은행') YIELD node RETURN node.id"
        assert [r[0] for r in session.run(ask)] == ["urn:0"]
    store.load(deals("b"))  # and what is as it should be is left alone
    with store.driver.session(database=store.target.database) as session:
        assert {r["name"]: r["id"] for r in session.run("SHOW INDEXES YIELD *")} == before


def test_two_nodes_of_one_id(store: Neo4jStore) -> None:
    """Somebody dropped a constraint and wrote: that is told, and nothing is changed."""
    store.load(deals("a"))
    unique = next(i.name for i in indexes_of(SMALL) if i.unique and i.label == "Resource")
    write(store.target, f"DROP CONSTRAINT {unique}")
    write(store.target, "CREATE (:Resource {_id: 'urn:a', id: 'urn:a', _hash: ''})")
    with pytest.raises(StoreRefused, match=r"same id.*empty the database"):
        store.load(deals("b"))
    write(store.target, "MATCH (n) DETACH DELETE n")
    assert store.load(deals("b")).nodes.added


def test_a_load_waits_for_one_that_ends_soon(store: Neo4jStore) -> None:
    store.load(deals("a"))
    held = threading.Event()

    def hold() -> None:
        with alone(store.driver, store.target):
            held.set()
            time.sleep(0.3)

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    assert store.load(deals("a", "b")).nodes.added == 1
    other.join()


@pytest.mark.parametrize("limit", [0, 10**6], ids=["many", "one"])
def test_progress_is_told(store: Neo4jStore, limit: int) -> None:
    told: list[tuple[int, int]] = []
    store.load(deals("a", "b"), limit=limit, progress=lambda done, size: told.append((done, size)))
    assert told[-1][0] == told[-1][1]
    told.clear()
    store.load(deals("b", "c"), limit=limit, progress=lambda done, size: told.append((done, size)))
    assert told
    assert all(done <= size == told[0][1] for done, size in told)
    assert told[-1][0] == told[-1][1]


def test_much_is_read_in_parts(store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was handed a part when a load comes gets an error before the end; who was handed nothing is not told."""
    store.load(deals(*(f"a{i:04}" for i in range(2000))))
    monkeypatch.setattr(module, "_AT_ONCE", 10)
    assert len(list(store.quads())) == len(list(store.triples())) == len(list(store.facts())) == 4000
    for reader in (store.quads, store.triples, store.facts):
        items = reader()
        next(items)
        write(store.target, "MATCH (m:Meta_) SET m.load = m.load + 2")
        with pytest.raises(StoreLoading):
            list(items)
        items = reader()
        next(items)
        del items  # nobody minds
    assert len(list(store.quads())) == 4000


def test_what_was_changed_by_hand_is_written_anew_without_digests(store: Neo4jStore) -> None:
    """As docs/neo4j.md says: a load compares digests, and sees nothing else."""
    resolved = named(["a", "b"])
    store.load(resolved)
    before = [sorted(map(str, store.triples())), sorted(map(str, store.quads()))]
    write(store.target, "MATCH (n:Resource {id: 'urn:0'}) SET n.code = 'edited', n.label_en = 'edited' REMOVE n:Firm")
    write(store.target, "MATCH (n:Resource {id: 'urn:1'})-[r]->() DELETE r")
    assert not store.load(resolved).nodes
    assert [sorted(map(str, store.triples())), sorted(map(str, store.quads()))] != before
    write(store.target, "MATCH (n:Resource) SET n._hash = ''")
    assert store.load(resolved).nodes.changed > 0
    assert [sorted(map(str, store.triples())), sorted(map(str, store.quads()))] == before
    assert not store.load(resolved).nodes
