"""One node read out of a store is what all of it has about the node, and costs what the node has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pytest
from hypothesis import given, settings
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.pipeline import Inputs
from kaigraph.loaders.rdf.export import NotFound, describe
from kaigraph.loaders.reading import Readable, Snapshot, quads_about, triples_about
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.about import _FACTS, _GRAPHS, _SPANS
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.loaders.terms import node_id
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.test_laws import PLAIN, SHIPPED, prepared, stored

Said = TypeVar("Said", Quad, Triple)


def by_subject(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in said:
        found.setdefault(id_of(one.subject), []).append(one)
    return found


def bounded(said: dict[str, list[Said]], node: str) -> list[Said]:
    """The Concise Bounded Description, out of everything."""
    found, waiting, seen = [], [node], {node}
    while waiting:
        for one in said.get(waiting.pop(), ()):
            found.append(one)
            if isinstance(one.object, BlankNode) and id_of(one.object) not in seen:
                seen.add(id_of(one.object))
                waiting.append(id_of(one.object))
    return found


def id_of(term: object) -> str:
    return node_id(term) if isinstance(term, NamedNode | BlankNode) else ""


def same_as_out_of_everything(store: Readable, quads: list[Quad], triples: list[Triple], every: int = 1) -> int:
    """Hold every node, or one in so many, to the description out of everything; how many they are."""
    nodes = {id_of(q.subject) for q in quads} | {id_of(q.object) for q in quads if not isinstance(q.object, Literal)}
    looked_at = ["http://nowhere/", "_:nobody", *sorted(nodes)[::every]]
    all_quads, all_triples = by_subject(quads), by_subject(triples)
    for node in looked_at:
        about = bounded(all_quads, node)
        names = {id_of(q.graph_name) for q in about}
        described = [q for name in names for q in all_quads.get(name, ()) if isinstance(q.graph_name, DefaultGraph)]
        got = store.read_at_once(lambda at, node=node: (quads_about(at, node), triples_about(at, node)))  # type: ignore[misc]  # a default binds the loop's node
        assert set(map(str, got[0])) == set(map(str, [*about, *described]))
        assert sorted(map(str, got[1])) == sorted(map(str, bounded(all_triples, node)))
    return len(looked_at)


@pytest.mark.parametrize("inputs", [SHIPPED, PLAIN], ids=["shipped", "foreign"])
def test_a_node_is_what_everything_has_about_it(inputs: Inputs) -> None:
    store = stored(inputs)
    assert same_as_out_of_everything(store, list(store.quads()), list(store.triples())) > 30


@settings(max_examples=30)
@given(graphs(SMALL))
def test_a_node_of_any_graph(resolved: Resolved) -> None:
    store = open_store(":memory:", SMALL, "write")
    store.load(resolved)
    same_as_out_of_everything(store, list(store.quads()), list(store.triples()))


def test_no_table_is_read_through() -> None:
    connection = stored(SHIPPED).connection
    for statement, given_ in ((_FACTS, ("[]",)), (_GRAPHS, (1, 1)), (_SPANS, (1,))):
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", given_)]
        scans = [step for step in plan if step.startswith("SCAN") and "json_each" not in step and "asked" not in step]
        assert not scans, plan


def test_a_load_never_comes_in_between(tmp_path: Path) -> None:
    """Half of the store is read, a load is made, and the other half is still that of before."""
    store = open_store(tmp_path / "a.kai", prepared(PLAIN).model, "write")
    store.load(prepared(PLAIN).resolved)
    nodes = sorted({id_of(q.subject) for q in store.quads()})

    def read(at: Snapshot) -> tuple[str, int]:
        before = len(at.facts_of(nodes[:3]))
        thread = Thread(target=emptied)
        thread.start()
        thread.join()
        return at.version, before + len(at.facts_of(nodes[3:]))

    def emptied() -> None:
        writer = open_store(tmp_path / "a.kai", prepared(PLAIN).model, "write")
        writer.load(resolve(Dataset((), {}, {}, is_claims=False, source="http://source/"), prepared(PLAIN).model))
        writer.close()

    version = store.info().version
    assert store.read_at_once(read) == (version, len(prepared(PLAIN).resolved.facts))
    assert store.info().version != version
    assert store.read_at_once(lambda at: at.facts_of(nodes)) == []
    store.close()


def test_nothing_said() -> None:
    with pytest.raises(NotFound):
        describe(stored(PLAIN), "http://nowhere/", "turtle")
    with pytest.raises(NotFound):
        describe(stored(PLAIN), "http://nowhere/", "trig")


@pytest.mark.parametrize("form", ["turtle", "jsonld", "trig"])
def test_descriptions_are_short(form: str) -> None:
    """In the formats that have prefixes: a description names them, and holds a claim's source only with the claims."""
    body = describe(stored(SHIPPED), "https://w3id.org/kaigraph/id/korea-development-bank", form).decode()
    assert "Korea Development Bank" in body
    assert ("claim:000-11c" in body) == (form == "trig")
