"""Laws of the embedded store: nothing lost, no matter how it got there, and what a load says it changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, Triple

from kaigraph.loaders.files.together import together
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve, walkable
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL

PREFIXES = {"ex": "http://example.org/", "": "urn:"}
slow = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def quads(found: Iterator[Quad] | tuple[Quad, ...]) -> list[str]:
    return sorted(map(str, found))


def triples(found: Iterator[Triple]) -> list[str]:
    return sorted(map(str, found))


def filled(*given_: Resolved) -> SqliteStore:
    store = open_store(":memory:", SMALL, "write")
    for resolved in given_:
        store.load(resolved)
    return store


def numbers(store: SqliteStore) -> dict[str, int]:
    return dict(store.connection.execute("SELECT id, n FROM node"))


def content(store: SqliteStore) -> list[object]:
    """Everything a reader can see, without the numbers that nodes and facts happen to have."""
    found: list[object] = [store.info(), quads(store.quads()), triples(store.triples())]
    columns = [row[1] for row in store.connection.execute("PRAGMA table_info(node)")]
    plain = ", ".join(f'"{c}"' for c in columns if c != "n")
    found += store.connection.execute(f"SELECT {plain} FROM node ORDER BY id")  # noqa: S608  # the store's own columns
    found += store.connection.execute("SELECT class, id FROM member ORDER BY class, id")
    found += store.connection.execute(
        "SELECT a.id, b.id FROM part JOIN node AS a ON a.n = part JOIN node AS b ON b.n = whole ORDER BY 1, 2"
    )
    found += store.connection.execute("SELECT class, count FROM extent ORDER BY class")
    found += sorted(str(f) for f in store.facts())
    return found


@slow
@given(graphs(SMALL))
def test_nothing_is_lost(resolved: Resolved) -> None:
    store = filled(resolved)
    assert quads(store.quads()) == quads(resolved.dataset.quads)
    assert triples(store.triples()) == triples(walkable(resolved))
    assert sorted(map(str, store.facts())) == sorted(map(str, resolved.facts))
    info = store.info()
    assert (info.is_claims, info.source) == (resolved.dataset.is_claims, resolved.dataset.source)


@slow
@given(graphs(SMALL))
def test_loading_again_changes_nothing(resolved: Resolved) -> None:
    store = filled(resolved)
    before, version = content(store), store.info().version
    changes = store.load(resolved)
    assert not changes
    assert changes.version == version
    assert content(store) == before


@slow
@given(graphs(SMALL), graphs(SMALL))
def test_the_way_does_not_matter(one: Resolved, other: Resolved) -> None:
    assert content(filled(one, other)) == content(filled(other))


@slow
@given(graphs(SMALL), graphs(SMALL))
def test_nodes_keep_their_numbers(one: Resolved, other: Resolved) -> None:
    store = filled(one)
    before = numbers(store)
    store.load(other)
    after = numbers(store)
    assert all(after[i] == before[i] for i in before.keys() & after.keys())
    assert len(set(after.values())) == len(after)


@slow
@given(graphs(SMALL), graphs(SMALL))
def test_a_load_says_what_it_changed(one: Resolved, other: Resolved) -> None:
    store = filled(one)
    old, new = ({(str(f.subject), str(f.predicate), str(f.object)): f for f in r.facts} for r in (one, other))
    changes = store.load(other)
    assert changes.facts.added == len(new.keys() - old.keys())
    assert changes.facts.removed == len(old.keys() - new.keys())
    assert changes.facts.changed == sum(old[k] != new[k] for k in old.keys() & new.keys())
    assert changes.version == store.info().version


@slow
@given(graphs(SMALL), st.data())
def test_plain_data_in_any_split_ends_the_same(resolved: Resolved, data: st.DataObject) -> None:
    source = resolved.dataset.source
    whole = [Quad(q.subject, q.predicate, q.object) for q in resolved.dataset.quads]
    chosen = set(data.draw(st.lists(st.integers(0, max(len(whole) - 1, 0)), unique=True)))
    parts = [[q for i, q in enumerate(whole) if (i in chosen) is side] for side in (True, False)]
    datasets = [Dataset(tuple(sorted(set(p), key=str)), PREFIXES, {}, False, source) for p in (*parts, whole)]
    first, second, at_once = datasets
    forth, back, all_of_it = (open_store(":memory:", SMALL, "write") for _ in range(3))
    for store, order in ((forth, (first, second)), (back, (second, first)), (all_of_it, (at_once,))):
        for one in order:
            there = one if store.is_empty() else together(store.dataset(), one)
            store.load(resolve(there, SMALL))
    assert content(forth) == content(back) == content(all_of_it)
    assert all_of_it.info().prefixes == dict(sorted(PREFIXES.items()))


def test_of_two_prefixes_of_one_name_one_is_kept_whatever_the_order() -> None:
    one = Dataset((), {"a": "urn:1", "b": "urn:2"}, {}, False, "urn:s")
    other = Dataset((), {"a": "urn:0"}, {}, False, "urn:s")
    assert together(one, other).prefixes == together(other, one).prefixes == {"a": "urn:0", "b": "urn:2"}


def test_a_load_that_fails_leaves_what_was_there() -> None:
    store = filled(EMPTY)
    before = content(store)
    broken = Resolved(EMPTY.dataset, ("no fact",), ())  # type: ignore[arg-type]  # what must not be written
    with pytest.raises(AttributeError):
        store.load(broken)
    assert content(store) == before


EMPTY = resolve(Dataset((), {}, {}, False, "urn:source"), SMALL)
LEXICAL = [
    "1.0",
    "1.00",
    "+1",
    "007",
    " 1 ",
    "1e3",
    "NaN",
    "",
    "\n",
    "true",
    "2025-02-30",
    "a\0b",
    "'; DROP TABLE node; --",
]


@pytest.mark.parametrize("text", LEXICAL)
def test_lexical_forms_are_kept(text: str) -> None:
    from pyoxigraph import NamedNode

    datatypes = [NamedNode("http://www.w3.org/2001/XMLSchema#" + n) for n in ("integer", "decimal", "string", "double")]
    thing, terms = NamedNode("urn:t"), [Literal(text, datatype=d) for d in datatypes]
    properties = [p for p in SMALL.properties if p.startswith("http://example.org/")]
    made = [Quad(thing, NamedNode(p), t) for p in properties for t in terms]
    store = filled(resolve(Dataset(tuple(sorted(made, key=str)), {}, {}, False, "urn:s"), SMALL))
    assert quads(store.quads()) == quads(tuple(made))
    assert triples(store.triples()) == sorted(str(Triple(q.subject, q.predicate, q.object)) for q in made)
