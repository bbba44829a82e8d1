"""Plans as pairs: an operation, and the outline of its plan with its statement (`kaigraph query --explain`).

To write the outputs anew after a change that was meant: `UPDATE_PLANS=1 python -m pytest tests/graphql_/test_plans.py`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kaigraph.cli.explain import explain
from kaigraph.graphql.engine import Operation
from tests.graphql_ import foreign

FOLDER = Path(__file__).parent / "plans"
VARIABLES = {"evidence": {"id": "http://example.org/id/donald", "ids": ["http://example.org/id/wanda", "none"]}}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.graphql")), ids=lambda p: p.stem)
def test_plan(path: Path) -> None:
    operation = Operation(path.read_text(encoding="utf-8"), VARIABLES.get(path.stem))
    found = explain(foreign.engine(), operation)
    golden = path.with_suffix(".plan")
    if os.environ.get("UPDATE_PLANS"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.graphql")), ids=lambda p: p.stem)
def test_the_statement_answers(path: Path) -> None:
    operation = Operation(path.read_text(encoding="utf-8"), VARIABLES.get(path.stem))
    answer = foreign.engine().answer(operation)
    assert answer.status == 200, answer.body
    assert "errors" not in json.loads(answer.body)


def test_equal_shapes_share_one_statement() -> None:
    text = "query ($n: Int, $w: AnimalWhere) { animals(first: $n, where: $w) { totalCount nodes { id } } }"
    first, _ = foreign.engine().prepare(Operation(text, {"n": 1, "w": {"legs": {"eq": 2}}}))
    second, _ = foreign.engine().prepare(Operation(text, {"n": 2, "w": {"legs": {"eq": 4}}}))
    other, _ = foreign.engine().prepare(Operation(text, {"n": 2, "w": {"legs": {"gt": 4}}}))
    assert first is second
    assert other is not first
    written, _ = foreign.engine().prepare(
        Operation("{ animals(first: 7, where: {legs: {eq: 2}}) { totalCount nodes { id } } }")
    )
    assert written.statement == first.statement, "a value in the text gives the same statement as a variable"


def test_no_value_reaches_the_statement() -> None:
    evil = "'); DROP TABLE node; --"
    text = f'{{ animals(where: {{label: {{contains: "{evil}"}}}}) {{ totalCount }} node(id: "{evil}") {{ id }} }}'
    prepared, _ = foreign.engine().prepare(Operation(text))
    assert "DROP" not in prepared.statement
    answer = json.loads(foreign.engine().answer(Operation(text)).body)
    assert answer["data"] == {"animals": {"totalCount": 0}, "node": None}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.graphql")), ids=lambda p: p.stem)
def test_one_operation_is_one_statement(path: Path) -> None:
    seen: list[str] = []

    def trace(_cursor: object, sql: str, _bindings: object) -> bool:
        seen.append(sql)
        return True

    connection = foreign.store().connection
    connection.exec_trace = trace
    try:
        foreign.engine().answer(Operation(path.read_text(encoding="utf-8"), VARIABLES.get(path.stem)))
    finally:
        connection.exec_trace = None
    assert len(seen) == 1
