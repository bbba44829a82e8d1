"""One node read out of a real Neo4j: the same as out of the embedded store, through an index, by its facts alone."""

from __future__ import annotations

from typing import Any, LiteralString

from neo4j import GraphDatabase

from kaigraph.loaders.neo4j import about
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import open_neo4j
from kaigraph.loaders.rdf.export import describe
from tests.loaders.test_one_node import same_as_out_of_everything
from tests.test_laws import PLAIN, prepared, stored

NODE = "http://example.org/id/donald"


def test_a_node_is_what_everything_has_about_it(empty: Target) -> None:
    store = open_neo4j(empty, prepared(PLAIN).model, "write")
    store.load(prepared(PLAIN).resolved)
    assert same_as_out_of_everything(store, list(store.quads()), list(store.triples()), every=9) > 3
    for form in ("turtle", "trig", "jsonld"):
        assert describe(store, NODE, form) == describe(stored(PLAIN), NODE, form)
    steps = set(operators(explained(empty, about._FACTS)))
    assert any("IndexSeek" in step for step in steps)
    assert not {step for step in steps if "Scan" in step}
    store.close()


def explained(target: Target, statement: LiteralString) -> Any:  # noqa: ANN401  # the driver's plan, a dict of dicts
    driver = GraphDatabase.driver(target.uri, auth=(target.username, target.password))
    with driver, driver.session(database=target.database) as session:
        return session.run(f"EXPLAIN {statement}", asked=[]).consume().plan


def operators(plan: Any) -> list[str]:  # noqa: ANN401  # as above
    here = str(plan["operatorType"]).partition("@")[0]
    return [here, *(name for child in plan.get("children", ()) for name in operators(child))]
