"""Law 2 on a real Neo4j: its one statement answers as graphql-core does, and byte for byte as the embedded store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.graph import Resolved
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.graphs import graphs
from tests.graphql_.models import SMALL
from tests.graphql_.operations import PARTS, Made, cursors, operations
from tests.graphql_.reference import Graph, Reference, bare_schema, rules_of
from tests.graphql_.sql_operations import OPERATIONS, VARIABLES
from tests.neo4j_.conftest import wipe

API = derive_api(SMALL)
SCHEMA = build_schema(API)._schema
BARE = bare_schema(API)
SEEN: Counter[str] = Counter()

real = settings(
    deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # no shrinking, as in test_equality: what fails is small enough, and printed whole


@pytest.fixture(scope="module")
def database(target: Target) -> Iterator[Neo4jStore]:
    """A store for the small Model; each example loads its own graph over that of the one before."""
    wipe(target)
    store = open_neo4j(target, SMALL, "write")
    yield store
    store.close()


class Both:
    """One graph in both stores."""

    def __init__(self, database: Neo4jStore, graph: Resolved) -> None:
        embedded = open_store(":memory:", SMALL, "write")
        assert database.load(graph).version == embedded.load(graph).version
        self.neo4j = Engine(SMALL, API, SCHEMA, Neo4jAnswers(database))
        self.embedded = Engine(SMALL, API, SCHEMA, Embedded(embedded))
        self.graph = graph

    def answer(self, text: str, variables: dict[str, object] | None = None, language: str = "en") -> Any:  # noqa: ANN401  # JSON
        """The data of the answer, which both stores give, and graphql-core too."""
        found, other = (
            e.answer(Operation(text, variables, language=language)).body for e in (self.neo4j, self.embedded)
        )
        assert found == other, text
        answered = json.loads(found)
        assert "errors" not in answered, (answered, text)
        rules = rules_of(SMALL, answered["extensions"]["dataVersion"])
        wanted = Reference(SMALL, API, Graph(SMALL, self.graph), rules, BARE, language).execute(text, variables)
        assert not wanted.errors, (wanted.errors, text)
        assert json.dumps(answered["data"], indent=1) == json.dumps(wanted.data, indent=1), text
        return answered["data"]


@settings(real, max_examples=250)
@given(operations(API), graphs(SMALL), st.sampled_from(SMALL.languages))
def test_neo4j_answers_as_graphql_core_does(database: Neo4jStore, made: Made, graph: Resolved, language: str) -> None:
    both = Both(database, graph)
    SEEN.update(made.parts)
    found = cursors(made, both.answer(made.text, made.variables, language))
    if found:
        SEEN["second page"] += 1
        both.answer(made.text, {**made.variables, **found}, language)


def test_the_operations_covered_the_language() -> None:
    wanted = PARTS | {"second page"}
    assert set(SEEN) >= wanted, f"run with the test before; not seen: {sorted(wanted - set(SEEN))}"


@settings(real, max_examples=8)
@given(graphs(SMALL))
def test_every_kind_of_plan_gives_the_same(database: Neo4jStore, graph: Resolved) -> None:
    both = Both(database, graph)
    for name, text in OPERATIONS.items():
        both.answer(text, VARIABLES.get(name))


ORDERS = ["[]", "[{state: DESC}]", "[{amount: {value: ASC}}, {code: DESC}]", "[{label: ASC}]", "[{id: DESC}]"]


@settings(real, max_examples=4)
@given(graphs(SMALL))
def test_pages_one_by_one_are_the_list(database: Neo4jStore, graph: Resolved) -> None:
    both = Both(database, graph)
    for order in ORDERS:
        text = f"""query ($first: Int, $after: String) {{ deals(first: $first, after: $after, orderBy: {order}) {{
            edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
        whole = both.answer(text, {"first": 50, "after": None})["deals"]
        seen, more, after = [], True, None
        while more:
            page = both.answer(text, {"first": 1, "after": after})["deals"]
            seen += page["edges"]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        assert seen == whole["edges"]
