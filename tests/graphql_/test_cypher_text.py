"""Plans and their Cypher as pairs (`sql_plans.py`, `cypher/*.cypher`): to be read, and the same for equal plans.

To write the outputs anew after a change that was meant: `UPDATE_CYPHER=1 python -m pytest` with this file.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kaigraph.graphql.cypher import compile_plan
from kaigraph.graphql.cypher.naming import whole
from kaigraph.graphql.cypher.source import MOST_NESTED
from kaigraph.graphql.plan import TRUE, ById, Constant, Hop, Id, IdLeaf, Label, Plan, Record, Root, Test, Thing
from kaigraph.graphql.planning.encode import id_list
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.store import TooComplex
from tests.graphql_.models import EX, SMALL
from tests.graphql_.sql_plans import PLANS, nodes, plan, record

FOLDER = Path(__file__).parent / "cypher"


@pytest.mark.parametrize("name", PLANS)
def test_the_statement_of_a_plan(name: str) -> None:
    found, golden = compile_plan(PLANS[name], SMALL) + "\n", FOLDER / f"{name}.cypher"
    if os.environ.get("UPDATE_CYPHER"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLANS)
def test_equal_plans_have_equal_statements(name: str) -> None:
    assert compile_plan(replace(PLANS[name]), SMALL) == compile_plan(PLANS[name], SMALL)


@pytest.mark.parametrize("name", PLANS)
def test_it_returns_one_record_of_one_column(name: str) -> None:
    text = compile_plan(PLANS[name], SMALL)
    assert ";" not in text
    assert text.startswith(("RETURN [", "WITH COUNT {"))  # what is worked out once, where something is
    assert text.endswith("] AS data")


@pytest.mark.parametrize("name", PLANS)
def test_parameters_are_those_of_the_plan(name: str) -> None:
    statement, params = compile_plan(PLANS[name], SMALL), ["1"] * len(PLANS[name].params)
    assert set(re.findall(r"\$(\w+)", statement)) == set(statement.parameters(params))
    used = {int(n) for n in re.findall(r"\$p(\d+)", statement)}
    assert used <= set(range(len(params)))


@pytest.mark.parametrize("key", ["a", "b", "a'b", 'a"b', "a`b", "가"])
def test_a_response_key_is_no_part_of_a_statement(key: str) -> None:
    """So that operations which differ in aliases alone share one plan in Neo4j."""
    roots: list[Root] = [Constant("x"), ById(0, Record(((key, Id()), ("label", Label("en")))))]
    texts = {compile_plan(Plan(((name, root), ("z", root)), ()), SMALL) for root in roots for name in (key, "other")}
    assert texts == {compile_plan(Plan((("k", r), ("z", r)), ()), SMALL) for r in roots}


def test_what_the_result_is_called_is_the_plans_own() -> None:
    one, other = (compile_plan(plan(1, **{n: ById(0, record(**{n: Id()}))}), SMALL) for n in ("one", "other"))
    assert one == other
    assert one.json([[["urn:x"]]], ["urn:x"]) == b'{"one":{"one":"urn:x"}}'
    assert other.json([[["urn:x"]]], ["urn:x"]) == b'{"other":{"other":"urn:x"}}'


def test_what_was_not_found_is_null() -> None:
    statement = compile_plan(plan(1, node=ById(0, record(id=Id()))), SMALL)
    assert statement.json([[]], ["urn:x"]) == b'{"node":null}'


def test_lists_go_out_as_lists_and_ids_as_their_keys() -> None:
    page = nodes("Deal", Test(IdLeaf(), "in", (1,)))
    statement = compile_plan(plan(2, deals=page), SMALL)
    long = "urn:" + "x" * 600
    given = statement.parameters([50, id_list(["urn:a", long])])
    assert given["p0"] == 50
    assert given["p1id"] == ["urn:a", id_key(long)]


def test_a_page_without_rows_asks_for_none() -> None:
    page = replace(nodes("Deal", TRUE), entries=(("type", Constant("X")),))
    statement = compile_plan(plan(1, deals=page), SMALL)
    assert statement == "RETURN [[]] AS data"
    assert statement.json([[]], [5]) == b'{"deals":{"type":"X"}}'


def test_rows_are_asked_for_once(  # though nodes, edges and what comes after all read them
) -> None:
    statement = compile_plan(PLANS["a_page_with_everything"], SMALL)
    assert statement.count("LIMIT $p1") == 1


def test_what_neo4j_would_plan_for_minutes_is_refused() -> None:
    def nested(depth: int) -> Record:
        return record(id=Id()) if depth == 1 else record(payer=Thing(Hop(EX + "payer"), nested(depth - 1)))

    compile_plan(plan(1, node=ById(0, nested(MOST_NESTED))), SMALL)
    with pytest.raises(TooComplex):
        compile_plan(plan(1, node=ById(0, nested(MOST_NESTED + 1))), SMALL)


def test_a_key_that_shapes_demand_gives_the_order_of_its_index() -> None:
    """Said to be there, so that an index has all nodes; and then no null is asked for, downwards neither."""
    deal = SMALL.classes[EX + "Deal"]
    fields = tuple(replace(f, mandatory=f.name == "size") for f in deal.fields)
    model = replace(SMALL, classes={**SMALL.classes, deal.iri: replace(deal, fields=fields)})
    demanded, else_ = (compile_plan(PLANS["list_by_value"], m) for m in (model, SMALL))
    assert "IS NOT NULL" in demanded
    assert "ORDER BY n1.`_size` DESC" in demanded
    assert "ORDER BY n1.`_size` IS NULL, n1.`_size` DESC" in else_


def test_total_and_sums_come_of_one_pass() -> None:
    statement = compile_plan(PLANS["groups_with_sums"], SMALL)
    assert statement.startswith("WITH COUNT { ()-[:PART_]->() } > 0 AS f1")  # asked once, for all sums


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7), ("-7", -7), ("+7", 7), ("007", 7), ("1.5", 1), ("x", None), ("", None), (None, None), ("٣", None),
        ("9" * 30, 2**63 - 1), ("-" + "9" * 5000, -(2**63)), ("0" * 5000 + "4", 4),
    ],
)  # fmt: skip
def test_an_integer_is_known_by_its_text(text: str | None, number: int | None) -> None:
    """As SQLite casts it; what has no key is no number."""
    assert whole(text) == number
