# ruff: noqa: S608 - the parts are ours
"""JSON put together as text is the JSON that a parser reads back: whatever is in it, and however deep."""

from __future__ import annotations

import json as reading

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.sql.json import Json, Known, json_list, json_object, json_of, json_or_null

Tree = str | int | None | list["Tree"] | dict[str, "Tree"]
KEYS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,5}", fullmatch=True)
LEAVES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(exclude_categories=["Cs"])).filter(
    lambda text: "\0" not in text
)  # fmt: skip
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def made(tree: Tree, given_: list[object]) -> str:
    """The SQL that makes a tree, each inner one by a sub-select; its leaves are parameters."""
    if isinstance(tree, dict):
        return json_or_null(f"SELECT {json_object((k, made(v, given_)) for k, v in tree.items())}")
    if isinstance(tree, list):
        items = [json_object([("item", made(v, given_))]) for v in tree]
        rows = " UNION ALL ".join(f"SELECT {i} AS place, {item} AS item" for i, item in enumerate(items))
        item = json_or_null("SELECT item")
        return json_of(
            f"SELECT {json_list(item, 'place DESC')} FROM ({rows or 'SELECT 1 AS place, 2 AS item WHERE 0'})"
        )
    given_.append(tree)
    return f"?{len(given_)}"


def wanted(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {k: wanted(v) for k, v in tree.items()}
    return [{"item": wanted(v)} for v in reversed(tree)] if isinstance(tree, list) else tree


def answered(sql: str, given_: list[object]) -> str:
    return str(apsw.Connection(":memory:").execute(f"SELECT {sql}", given_).get)


@given(TREES)
def test_json_of_sub_selects_reads_back(tree: Tree) -> None:
    given_: list[object] = []
    text = answered(json_object([("data", made(tree, given_))]), given_)
    assert reading.loads(text) == {"data": wanted(tree)}


def test_a_record_of_columns_is_json_to_sqlite_and_one_of_sub_selects_is_text() -> None:
    columns = json_object([("a", "1"), ("b", "'x'")])
    assert isinstance(columns, Known)
    assert columns == "json_object('a', 1, 'b', 'x')"
    nested = json_object([("a", "1"), ("b", json_of(f"SELECT {columns}"))])
    assert not isinstance(nested, Known)
    assert (
        nested == "concat(\n  '{\"a\":', json_quote(1),\n  ',\"b\":', (SELECT json_object('a', 1, 'b', 'x')),\n  '}'\n)"
    )


def test_what_is_fixed_is_one_text() -> None:
    inner = json_object([("nodes", json_of("SELECT '[]'"))])
    assert json_object([("works", inner)]) == "concat(\n  '{\"works\":{\"nodes\":', (SELECT '[]'),\n  '}}'\n)"
    assert answered(json_object([("works", inner)]), []) == '{"works":{"nodes":[]}}'


@pytest.mark.parametrize("size", [1, 400, 401, 801, 1_700])
def test_a_record_may_have_more_entries_than_a_function_has_arguments(size: int) -> None:
    for value in ("1", json_of("SELECT '1'")):
        found = reading.loads(answered(json_object((f"k{i}", value) for i in range(size)), []))
        assert list(found) == [f"k{i}" for i in range(size)]
        assert set(found.values()) == {1}


def test_nothing_is_null_in_json() -> None:
    nothing: Json = json_or_null("SELECT '1' WHERE 0")
    assert answered(json_object([("a", nothing), ("b", "NULL")]), []) == '{"a":null,"b":null}'
    assert answered(json_of(f"SELECT {json_list(nothing)} FROM (SELECT 1 UNION ALL SELECT 2)"), []) == "[null,null]"


@pytest.mark.parametrize("key", ['a"b', "a'b", "", "a b"])
def test_a_key_is_a_name(key: str) -> None:
    for value in ("1", json_of("SELECT '1'")):
        with pytest.raises(ValueError, match="no GraphQL name"):
            json_object([(key, value)])
