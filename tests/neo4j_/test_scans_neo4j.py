"""The plans that Neo4j makes of the statements: what an index can find is not looked for among everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from kaigraph.graphql.cypher.statement import Statement
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.neo4j import Neo4jAnswers
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.mapping import META, RESOURCE
from kaigraph.loaders.neo4j.probe import KNOWN, probed
from kaigraph.loaders.neo4j.store import Neo4jStore, open_neo4j
from kaigraph.loaders.resolving.resolve import resolve
from tests.graphql_.models import SMALL
from tests.graphql_.test_equality import API, SCHEMA
from tests.graphql_.test_sql_scans import SEARCHED, _quads
from tests.neo4j_.conftest import wipe

DEALS = 2000
WINDOW = "Window_"
Step = Mapping[str, Any]


@pytest.fixture(scope="module")
def database(target: Target) -> Iterator[Neo4jStore]:
    wipe(target)
    store = open_neo4j(target, SMALL, "write")
    quads = tuple(sorted(set(_quads(DEALS)), key=str))
    store.load(resolve(Dataset(quads, {}, {}, False, "urn:source"), SMALL))
    with store.driver.session() as session:
        session.run("CALL db.prepareForReplanning()").consume()
    yield store
    store.close()


def steps(database: Neo4jStore, text: str, how: str = "PROFILE") -> list[Step]:
    """Every step of the plan of an operation."""
    engine = Engine(SMALL, API, SCHEMA, Neo4jAnswers(database))
    prepared, values = engine.prepare(Operation(text))
    assert isinstance(prepared.statement, Statement)
    given = prepared.statement.parameters(bind(prepared.plan, values))
    with database.driver.session() as session:
        summary = session.run(cast("Any", f"{how} {prepared.statement}"), given).consume()
    found = summary.profile if how == "PROFILE" else summary.plan
    assert found is not None
    return list(_below(found))


def _below(step: Step) -> Iterator[Step]:
    yield step
    for child in step.get("children", ()):
        yield from _below(child)


def read(found: list[Step]) -> dict[str, int]:
    """How many rows came out of the steps that start from nothing, by their names."""
    return {
        f"{s['operatorType']} {s['args'].get('Details', '')}": s["args"]["Rows"] for s in found if not s.get("children")
    }


def touched(found: list[Step]) -> int:
    """How often the database was asked for anything, in subqueries that no step shows too."""
    return sum(s["args"].get("DbHits", 0) for s in found)


#: Values of a property that may have several are lists of a node, which have no index.
INDEXED = [name for name in SEARCHED if name != "many"]


@pytest.mark.parametrize("name", INDEXED)
def test_few_nodes_are_read(database: Neo4jStore, name: str) -> None:
    """A page shows 50: what starts a branch of the plan gives no more than that."""
    found = read(steps(database, SEARCHED[name]))
    assert max(found.values()) <= 51, found  # a page and one row more


@pytest.mark.parametrize("name", INDEXED)
def test_little_is_touched(database: Neo4jStore, name: str) -> None:
    """What stands in a CASE is no step of the plan, but what it asks of the database counts."""
    assert touched(steps(database, SEARCHED[name])) < DEALS


IN_ORDER = {
    "by_id": SEARCHED["by_id"],
    "by_label": SEARCHED["by_label"],
    "by_label_down": "{ firms(orderBy: [{label: DESC}]) { nodes { id } } }",
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_nothing_is_sorted(database: Neo4jStore, name: str) -> None:
    """Every node has a label: downwards too, an index gives the order, as nobody asks for nulls first."""
    found = [s["operatorType"] for s in steps(database, IN_ORDER[name], "EXPLAIN")]
    assert not [s for s in found if s.startswith(("Sort", "Top"))], found


@pytest.mark.parametrize(
    "where",
    [
        'code: {eq: "no code"}',  # nobody has it: the whole list would be read for nothing
        'size: {gt: "999990"}',  # a few have it
    ],
)
def test_a_list_starts_from_a_filter_that_few_pass(database: Neo4jStore, where: str) -> None:
    """And not from the index of its order, which Neo4j would read to its end."""
    for order in ("[{id: ASC}]", "[{label: DESC}]"):
        assert (
            touched(steps(database, f"{{ deals(where: {{{where}}}, orderBy: {order}) {{ nodes {{ id code }} }} }}"))
            < DEALS
        )


def test_a_whole_text_is_told_by_its_key(database: Neo4jStore) -> None:
    """A second test of the text would be taken for one that few pass, and cost a property of each node."""
    found = steps(database, SEARCHED["equal"], "EXPLAIN")
    assert not [s for s in found if ".code =" in s["args"].get("Details", "").replace("`", "")]


def test_a_sum_reads_each_node_once(database: Neo4jStore) -> None:
    """Nothing is part of anything here: nobody asks each node whether it is, and the set is not kept to be asked."""
    each = touched(steps(database, "{ deals { groups { code count } } }")) / DEALS
    summed = touched(steps(database, "{ deals { groups { code count sum(of: SIZE) } } }")) / DEALS
    assert summed - each < 6  # four limbs and a key; a link that is looked for costs one more at least


def test_a_nested_page_asks_for_no_more_than_it_shows(database: Neo4jStore) -> None:
    text = "{ firms(first: 5) { nodes { paid(first: 2) { totalCount pageInfo { hasNextPage } nodes { id } } } } }"
    found = [s["operatorType"] for s in steps(database, text, "EXPLAIN")]
    assert not [s for s in found if "SemiApply" in s], found  # no EXISTS beside the page


def test_the_answer_is_read_between_the_two_looks_at_the_store(database: Neo4jStore) -> None:
    """Each of the three an Apply further out: a product could be done in either order."""
    engine = Engine(SMALL, API, SCHEMA, Neo4jAnswers(database))
    prepared, values = engine.prepare(Operation(SEARCHED["one"]))
    assert isinstance(prepared.statement, Statement)
    given = {**prepared.statement.parameters(bind(prepared.plan, values)), KNOWN: ""}
    with database.driver.session() as session:
        plan = session.run(cast("Any", f"EXPLAIN {probed(prepared.statement)}"), given).consume().plan
    assert plan is not None
    step = plan
    while "Apply" not in step["operatorType"]:
        (step,) = step["children"]
    before, after = step["children"]
    assert _reads(after) == {META, WINDOW}
    assert _reads(before) >= {META, WINDOW, RESOURCE}
    while "Apply" not in before["operatorType"]:
        (before,) = before["children"]
    assert _reads(before["children"][0]) == {META, WINDOW}


def _reads(step: Step) -> set[str]:
    """The labels that steps start from."""
    details = [s["args"].get("Details", "") for s in _below(step) if not s.get("children")]
    return {label for label in (META, WINDOW, RESOURCE) for d in details if f":{label}" in d}


@pytest.mark.parametrize("name", SEARCHED)
def test_nothing_is_multiplied(database: Neo4jStore, name: str) -> None:
    found = [s["operatorType"] for s in steps(database, SEARCHED[name], "EXPLAIN")]
    assert not [s for s in found if "CartesianProduct" in s], found


def test_a_count_is_not_counted(database: Neo4jStore) -> None:
    found = steps(database, "{ deals { totalCount } }", "EXPLAIN")
    assert any("NodeCountFromCountStore" in s["operatorType"] for s in found)


def test_a_condition_on_what_is_far_starts_there(database: Neo4jStore) -> None:
    found = read(steps(database, SEARCHED["some"]))
    assert any("_code" in details and rows == 1 for details, rows in found.items()), found
    assert all(rows == 0 for details, rows in found.items() if "NodeByLabelScan" in details), found


def test_a_condition_on_what_is_far_finds_what_no_shape_foresaw(target: Target, database: Neo4jStore) -> None:
    """A link from a node outside of the class that shapes give it: then the list is looked through, and it is found."""
    text = '{ firms(where: {paid: {some: {code: {eq: "code x"}}}}) { totalCount nodes { id } } }'
    engine = Engine(SMALL, API, SCHEMA, Neo4jAnswers(database))
    with database.driver.session() as session:
        session.run(
            "MATCH (f:Resource {_id: 'urn:firm:1'}) "
            "CREATE (:Resource {id: 'urn:odd', _id: 'urn:odd', code: 'code x', _code: $key})-[:PAYER]->(f)",
            key=_key("code x"),
        ).consume()
    try:
        body = engine.answer(Operation(text)).body
        assert b'{"totalCount":1,"nodes":[{"id":"urn:firm:1"}]}' in body
    finally:
        with database.driver.session() as session:
            session.run("MATCH (n:Resource {_id: 'urn:odd'}) DETACH DELETE n").consume()


def _key(text: str) -> str:
    from kaigraph.loaders.literals.keys import sort_key

    return sort_key(text)


def test_a_scan_would_be_seen(database: Neo4jStore) -> None:
    """Lists have no index: if this one is not seen, the tests above show nothing."""
    assert max(read(steps(database, SEARCHED["many"])).values()) >= DEALS
