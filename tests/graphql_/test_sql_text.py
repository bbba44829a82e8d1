"""Plans and their statements as pairs (`sql_plans.py`, `sql/*.sql`): to be read, and the same for equal plans.

To write the outputs anew after a change that was meant: `UPDATE_SQL=1 python -m pytest` with this file.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kaigraph.graphql.plan import ById, Constant, Id, Plan, Record
from kaigraph.graphql.sql import compile_plan
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import open_store
from tests.graphql_.models import SMALL
from tests.graphql_.sql_plans import PLANS

FOLDER = Path(__file__).parent / "sql"


@pytest.mark.parametrize("name", PLANS)
def test_the_statement_of_a_plan(name: str) -> None:
    found, golden = compile_plan(PLANS[name], SMALL).text + "\n", FOLDER / f"{name}.sql"
    if os.environ.get("UPDATE_SQL"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PLANS)
def test_equal_plans_have_equal_statements(name: str) -> None:
    assert compile_plan(replace(PLANS[name]), SMALL) == compile_plan(PLANS[name], SMALL)


@pytest.mark.parametrize("name", PLANS)
def test_a_statement_is_one_and_runs(name: str) -> None:
    store = open_store(":memory:", SMALL, "write")
    store.load(resolve(Dataset((), {}, {}, False, "urn:source"), SMALL))
    text = compile_plan(PLANS[name], SMALL).text
    assert ";" not in text
    data, version = store.run(text, [1] * len(PLANS[name].params))
    assert data.startswith(b"{")
    assert version == store.info().version


@pytest.mark.parametrize("name", PLANS)
def test_parameters_are_numbered_as_in_the_plan(name: str) -> None:
    used = {int(n) for n in re.findall(r"\$(\d+)", compile_plan(PLANS[name], SMALL).text)}
    assert used <= set(range(1, len(PLANS[name].params) + 1))


@pytest.mark.parametrize("key", ["a'b", 'a"b', "a b", "", "a--", "가", "1a"])
def test_a_key_that_no_operation_can_have_is_no_part_of_a_statement(key: str) -> None:
    for root in (Constant("x"), ById(0, Record(((key, Id()),)))):
        with pytest.raises(ValueError, match="no GraphQL name"):
            compile_plan(Plan(((key, root),), ()), SMALL)
