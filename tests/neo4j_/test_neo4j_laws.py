"""Laws 1 and 3 on a real Neo4j: nothing lost, no matter how it got there; and what a load says it changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.mapping import mapping_of
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.pipeline import Inputs
from kaigraph.loaders.resolving.resolve import resolve, walkable
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import EX, SMALL
from tests.neo4j_.conftest import wipe
from tests.test_laws import PLAIN, SHIPPED, canonical, in_files, prepared, stored

slow = settings(
    max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)  # the database is emptied by each example itself


def texts(found: Iterator[Quad] | Iterator[Triple] | tuple[Quad, ...]) -> list[str]:
    return sorted(map(str, found))


@pytest.fixture(scope="module")
def small(target: Target) -> Iterator[Neo4jStore]:
    """A store for the small Model; what it holds is another example's."""
    wipe(target)
    store = open_neo4j(target, SMALL, "write")
    yield store
    store.close()


def holds_what_the_embedded_store_holds(store: Neo4jStore, resolved: Resolved) -> None:
    embedded = open_store(":memory:", store.model, "write")
    embedded.load(resolved)
    assert texts(store.quads()) == texts(embedded.quads()) == texts(resolved.dataset.quads)
    assert texts(store.triples()) == texts(embedded.triples()) == sorted(set(map(str, walkable(resolved))))
    assert sorted(map(str, store.facts())) == sorted(map(str, embedded.facts()))
    assert store.info() == embedded.info()


@pytest.mark.parametrize("inputs", [SHIPPED, PLAIN], ids=["shipped", "foreign"])
def test_files_come_back(empty: Target, inputs: Inputs) -> None:
    store = open_neo4j(empty, prepared(inputs).model, "write")
    changes = store.load(prepared(inputs).resolved)
    assert changes.facts.added == stored(inputs).info().facts
    assert canonical(store.quads()) == canonical(in_files(inputs))
    holds_what_the_embedded_store_holds(store, prepared(inputs).resolved)
    again = store.load(prepared(inputs).resolved)
    assert not again
    assert again.version == changes.version
    store.close()


@slow
@given(graphs(SMALL))
def test_nothing_is_lost(small: Neo4jStore, resolved: Resolved) -> None:
    """From whatever the example before left: each load is also a change from one dataset to another."""
    small.load(resolved)
    holds_what_the_embedded_store_holds(small, resolved)
    assert not small.load(resolved)


@slow
@given(graphs(SMALL), graphs(SMALL))
def test_a_load_says_what_the_embedded_store_says(small: Neo4jStore, one: Resolved, other: Resolved) -> None:
    embedded = open_store(":memory:", SMALL, "write")
    embedded.load(one)
    wipe(small.target)
    small.load(one)
    assert small.load(other) == embedded.load(other)


@slow
@given(graphs(SMALL), graphs(SMALL))
def test_the_way_does_not_matter(small: Neo4jStore, one: Resolved, other: Resolved) -> None:
    """Straight, by way of another dataset, in one transaction and in many: the same nodes and relationships."""
    wipe(small.target)
    small.load(other)
    straight = everything(small)
    small.load(one)
    small.load(other)
    assert everything(small) == straight
    small.load(one, limit=0)
    small.load(other, limit=0)
    assert everything(small) == straight


def everything(store: Neo4jStore) -> list[str]:
    """Each node and relationship with all that is on it; how many loads there were aside."""
    with store.driver.session(database=store.target.database) as session:
        nodes = session.run(
            "MATCH (n) WHERE NOT (n:Lock_ OR n:Window_) RETURN labels(n) AS l, properties(n) AS p, "
            "COLLECT { MATCH (o)-[:FACTS_]->(n) RETURN o.id } AS owner"
        )
        found = [str((sorted(n["l"]), sorted(_but_load(n["p"])), n["owner"])) for n in nodes]
        edges = session.run("MATCH (a)-[r]->(b) RETURN a._id AS a, type(r) AS t, b._id AS b, properties(r) AS p")
        found += [str((e["a"], e["t"], e["b"], sorted(e["p"].items()))) for e in edges]
    return sorted(found)


def _but_load(properties: dict[str, object]) -> list[tuple[str, str]]:
    return [(key, repr(value)) for key, value in properties.items() if key != "load"]


LEXICAL = [
    "1.0", "1.00", "+1", "007", " 1 ", "1e3", "NaN", "INF", "", "\n", "true", "2025-02-30", "a\0b", "😀\uffff\ufffe",
    "`}) DETACH DELETE n //", "'; MATCH (n) DETACH DELETE n //", "\\u0060",
]  # fmt: skip
LONG = ["9" * 10_000, "-" + "9" * 10_000 + ".5", "2025-01-01T00:00:00." + "1" * 10_000 + "Z", "가" * 20_000]
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWN = [p for p in SMALL.properties if p.startswith("http://example.org/")]


def literals(given_: list[str]) -> list[Literal]:
    names = ("integer", "decimal", "string", "double", "dateTime", "date", "boolean")
    typed = [Literal(text, datatype=NamedNode(XSD + n)) for text in given_ for n in names]
    return typed + [Literal(text, language=tag) for text in given_ for tag in ("en", "ko-kr", "x-a-b")]


def kept(store: Neo4jStore, quads: list[Quad], source: str = "urn:s") -> None:
    """Load the quads of a dataset without claims, and compare."""
    resolved = resolve(Dataset(tuple(sorted(set(quads), key=str)), {}, {}, False, source), SMALL)
    store.load(resolved)
    holds_what_the_embedded_store_holds(store, resolved)


def test_lexical_forms_are_kept(small: Neo4jStore) -> None:
    """Every text under every property and datatype: alone, where it may be a scalar, and with all the others."""
    properties = [*map(NamedNode, OWN), NamedNode("http://example.org/un'known"), NamedNode(TYPE)]
    terms = literals(LEXICAL)
    quads = [Quad(NamedNode(f"urn:{i}"), p, t) for i, t in enumerate(terms) for p in properties]
    kept(small, quads + [Quad(NamedNode("urn:all"), p, t) for t in terms for p in properties])


def test_what_is_too_long_for_an_index_is_kept(small: Neo4jStore) -> None:
    terms = literals(LONG)
    kept(small, [Quad(NamedNode("urn:long"), NamedNode(p), t) for t in terms for p in OWN[:12]])
    thing = NamedNode("urn:x")
    types = [Quad(thing, NamedNode(TYPE), NamedNode(EX + name)) for name in ("Lab", "Deal")]
    fields = {f.name: f for c in ("Lab", "Deal") for f in SMALL.classes[EX + c].fields}
    for name, text in (("code", LONG[3]), ("begins", LONG[2]), ("day", LONG[2]), ("size", LONG[0]), ("staff", LONG[1])):
        value = Literal(text, datatype=NamedNode(fields[name].datatypes[0]))
        kept(small, [Quad(thing, NamedNode(EX + name), value), *types])


IRIS = ["urn:x'y", "urn:" + "x" * 9_000, "urn:" + "x" * 9_001, "urn:가😀", "http://e.org/$(x):Y)--()", "urn:u0060"]


def test_iris_are_kept(small: Neo4jStore) -> None:
    """As things, as properties, as classes, as the source; those that begin alike and are too long for an index too."""
    nodes = [NamedNode(iri) for iri in IRIS]
    short = [n for n in nodes if len(n.value) < 1_000]
    quads = [Quad(s, p, o) for s in nodes for p in (*short, NamedNode(TYPE)) for o in nodes]
    kept(small, quads + [Quad(s, p, Literal("x")) for s in nodes for p in short], IRIS[1])


def test_everybody_uses_one_name_for_nothing_else() -> None:
    """The names in the database are unique: a label for one class, a type for one property, a key for one value."""
    for model in (SMALL, prepared(SHIPPED).model, prepared(PLAIN).model):
        mapping = mapping_of(model)
        types = [*mapping.types.values(), *mapping.contracted.values(), "ABOUT", "FROM", "FACTS_", "PART_", "PLAIN_"]
        labels = [*mapping.labels.values(), "Resource", "Facts_", "Meta_", "Lock_", "Window_"]
        keys = [c for w in mapping.wide.values() for c in w.columns]
        keys += [k for iri, key in mapping.keys.items() if iri not in mapping.wide for k in (key, f"_{key}")]
        keys += ["id", "_id", "_class", "_types", "_hash", "_labels", "label_en", "_label_en"]
        for names in (types, labels, keys):
            assert len(names) == len(set(names))
