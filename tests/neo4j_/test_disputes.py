"""What is disputed can be seen in Neo4j: on circles, on arrows and on claims, after any load, and nowhere else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved, Slot
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.mapping import mapping_of
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.terms import node_id
from tests.graphql_.graphs import graphs
from tests.graphql_.models import CERTAINTY, CORE_CLASSES, EX, SMALL, XSD, build_model, literal, thing
from tests.neo4j_.conftest import wipe
from tests.neo4j_.test_neo4j_laws import everything, holds_what_the_embedded_store_holds
from tests.test_laws import SHIPPED, prepared

KG = "https://w3id.org/kaigraph/id/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

#: What sources of the data that ship put differently: the thing, and the property.
SHIPPED_DISPUTES = {
    ("domestic-h100-stock", "referencePeriod"),
    ("five-team-support", "amount"),
    ("gpu-tranche-10000", "deadline"),
    ("h100-purchase-by-meta-and-microsoft", "quantity"),
    ("national-ai-capability-enhancement-plan-announcement", "date"),
    ("national-ai-committee-third-meeting", "date"),
    ("science-ministry-account-of-the-plan-in-001", "date"),
}


@pytest.fixture(scope="module")
def shipped(target: Target) -> Iterator[Neo4jStore]:
    wipe(target)
    store = open_neo4j(target, prepared(SHIPPED).model, "write")
    store.load(prepared(SHIPPED).resolved)
    yield store
    store.close()


def asked(store: Neo4jStore, statement: str) -> list[tuple[object, ...]]:
    with store.driver.session(database=store.target.database) as session:
        return [tuple(record.values()) for record in session.run(statement)]


MARKED = """MATCH (n:Resource) WHERE n.disputed IS NOT NULL OR n.disputedProperties IS NOT NULL
    RETURN n.id, n.disputed, n.disputedProperties"""
ARROWS = "MATCH (n)-[r]->(m) WHERE r.disputed IS NOT NULL RETURN n.id, type(r), m.id, r.disputed"


def test_the_disputes_of_the_data_that_ship(shipped: Neo4jStore) -> None:
    found = asked(shipped, MARKED)
    assert {(str(i).removeprefix(KG), *keys) for i, _, keys in found} == SHIPPED_DISPUTES  # type: ignore[misc]  # a list
    assert {mark for _, mark, _ in found} == {True}
    arrows = {(str(i).removeprefix(KG), type_) for i, type_, _, mark in asked(shipped, ARROWS) if mark is True}
    assert arrows == {("five-team-support", "AMOUNT"), ("h100-purchase-by-meta-and-microsoft", "QUANTITY")}


def test_they_are_what_contradicting_claims_are_about(shipped: Neo4jStore) -> None:
    """Told another way, by arrows alone: a claim that disagrees asserts one fact, as the shapes want it."""
    against = """MATCH (n)<-[a:ABOUT]-(c:Claim)-[:CONTRADICTS]->(d:Claim)-[b:ABOUT]->(n)
        UNWIND a.properties AS key WITH n, key, b WHERE key IN b.properties
        RETURN n.id, true, collect(DISTINCT key)"""
    assert sorted(map(str, asked(shipped, against))) == sorted(map(str, asked(shipped, MARKED)))
    claims = "MATCH (c:Claim) WHERE coalesce(c.contradicted, false) <> EXISTS { (c)-[:CONTRADICTS]-() } RETURN c.id"
    assert asked(shipped, claims) == []
    marked = {i for (i,) in asked(shipped, "MATCH (n) WHERE n.contradicted RETURN n.id")}
    assert marked == {one for one, _ in prepared(SHIPPED).resolved.contradictions}
    assert len(marked) > 10


def with_disputes(resolved: Resolved, seed: int) -> Resolved:
    """Some of what claims said, contested; of texts, one language of some."""
    slots: set[Slot] = set()
    for i, f in enumerate(resolved.facts if resolved.dataset.is_claims else ()):
        if (i * 7 + seed) % 5 == 0:
            language = f.object.language if isinstance(f.object, Literal) and (i + seed) % 2 else ""
            slots.add((f.subject, f.predicate, language or ""))
    return replace(resolved, contested=frozenset(slots))


disputed = st.builds(with_disputes, graphs(SMALL), st.integers(0, 9))


@pytest.fixture(scope="module")
def small(target: Target) -> Iterator[Neo4jStore]:
    """A store for the small Model; what it holds is another example's."""
    wipe(target)
    store = open_neo4j(target, SMALL, "write")
    yield store
    store.close()


def expected(resolved: Resolved) -> tuple[dict[str, set[str]], set[tuple[str, str, str]]]:
    """The keys by node, and the arrows of one property: each fact of the present held against each slot."""
    mapping = mapping_of(SMALL)
    keys: dict[str, set[str]] = defaultdict(set)
    arrows = set()
    for f in resolved.facts:
        own = {"", f.object.language} if isinstance(f.object, Literal) else {""}
        if f.current and any((s, p) == (f.subject, f.predicate) and t in own for s, p, t in resolved.contested):
            keys[node_id(f.subject)].add(mapping.key(f.predicate.value))
            if not isinstance(f.object, Literal):
                arrows.add((node_id(f.subject), mapping.type(f.predicate.value), node_id(f.object)))
    return keys, arrows


def check(store: Neo4jStore, resolved: Resolved) -> None:
    keys, arrows = expected(resolved)
    found = asked(store, MARKED)
    assert {i: set(names) for i, _, names in found} == keys  # type: ignore[call-overload]  # a list
    links = "MATCH (n)-[r]->(m) WHERE r._derived IS NULL RETURN n.id, type(r), m.id, coalesce(r.disputed, false)"
    assert {row[:3] for row in asked(store, links) if row[3]} == {row[:3] for row in asked(store, links)} & arrows
    plain = """MATCH (n)-[r]->(m) WHERE r.via IS NOT NULL MATCH (v:Resource {_id: r.via})-[s]->(e)
        WHERE s._derived IS NULL AND type(s) IN ['PAYER', 'ABOUT'] AND e IN [n, m]
        WITH r, max(coalesce(s.disputed, false)) AS one WHERE one <> coalesce(r.disputed, false) RETURN r.via"""
    assert asked(store, plain) == []


slow = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@slow
@given(disputed, st.integers(0, 9))
def test_marks_are_those_of_any_data_and_move_with_them(small: Neo4jStore, one: Resolved, seed: int) -> None:
    """From whatever was there before; then the same facts, contested otherwise: what a digest must tell."""
    small.load(one)
    check(small, one)
    holds_what_the_embedded_store_holds(small, one)
    other = with_disputes(one, seed)
    small.load(other)
    check(small, other)
    assert not small.load(other)
    holds_what_the_embedded_store_holds(small, other)


@slow
@given(disputed, disputed)
def test_the_way_does_not_matter(small: Neo4jStore, one: Resolved, other: Resolved) -> None:
    wipe(small.target)
    small.load(other)
    straight = everything(small)
    small.load(one)
    small.load(other, limit=0)
    assert everything(small) == straight


#: Properties that are called like what nodes have of their own.
UNHAPPY = build_model(
    {
        **CORE_CLASSES,
        EX + "Case": (
            (),
            (
                literal("disputed", "boolean"),
                literal("disputedProperties", "string", many=True),
                literal("contradicted", "string"),
                literal("types", "string"),
                literal("hash", "string"),
                thing("other", "Case"),
            ),
        ),
    },
    (CERTAINTY,),
)


def test_a_model_may_call_its_own_properties_so(empty: Target) -> None:
    mapping = mapping_of(UNHAPPY)
    names = ("disputed", "disputedProperties", "contradicted", "types", "hash")
    own = [mapping.key(EX + name) for name in names]
    reserved = {"disputed", "disputedProperties", "contradicted", "_types", "_hash", "_id", "id"}
    assert not reserved & {k for name in own for k in (name, f"_{name}")}
    a, b, claims = NamedNode("urn:a"), NamedNode("urn:b"), [NamedNode(f"urn:c{i}") for i in range(2)]
    quads = [Quad(a, TYPE, NamedNode(EX + "Case"), claims[0]), Quad(b, TYPE, NamedNode(EX + "Case"), claims[0])]
    for name in names:
        kind = XSD + ("boolean" if name == "disputed" else "string")
        quads.append(Quad(a, NamedNode(EX + name), Literal("true", datatype=NamedNode(kind)), claims[0]))
    quads.append(Quad(a, NamedNode(EX + "contradicted"), Literal("false"), claims[1]))
    quads += [Quad(c, TYPE, NamedNode("https://w3id.org/kaigraph/core#Claim")) for c in claims]
    resolved = resolve(Dataset(tuple(sorted(quads, key=str)), {}, {}, True, "urn:s"), UNHAPPY, "2025-01-01")
    assert {(s.value, p.value, t) for s, p, t in resolved.contested} == {("urn:a", EX + "contradicted", "")}
    store = open_neo4j(empty, UNHAPPY, "write")
    store.load(resolved)
    holds_what_the_embedded_store_holds(store, resolved)
    (types,) = asked(store, "MATCH (n:Case {id: 'urn:a'}) RETURN n._types, n._class")
    assert types == ([EX + "Case"], "Case")
    store.close()
