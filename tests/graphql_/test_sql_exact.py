"""Sums, numbers and texts come out exactly, or as an error: never wrong."""

from __future__ import annotations

import json
from decimal import Decimal, localcontext

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.graphql.plan import (
    TRUE,
    Extent,
    GroupCount,
    GroupKey,
    Groups,
    Page,
    PageNodes,
    Path,
    Plan,
    Record,
    Sum,
    Value,
    ValueLeaf,
)
from kaigraph.graphql.sql import compile_plan
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.literals.sums import SumTooLarge
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology.model import Field
from tests.graphql_.models import CORE, EX, SMALL, XSD
from tests.graphql_.sql_plans import PLANS, field, plan

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PART_OF = NamedNode(CORE + "partOf")


def store_of(cls: str, given_: dict[str, dict[str, str]], parts: tuple[tuple[str, str], ...] = ()) -> SqliteStore:
    """Nodes of a class by name, each with lexical forms by field."""
    quads = []
    for name, values in given_.items():
        node = NamedNode(f"urn:{name}")
        quads.append(Quad(node, TYPE, NamedNode(EX + cls)))
        for key, text in values.items():
            found = field(cls, key)
            quads.append(Quad(node, NamedNode(EX + key), Literal(text, datatype=NamedNode(found.datatypes[0]))))
    quads += [Quad(NamedNode(f"urn:{part}"), PART_OF, NamedNode(f"urn:{whole}")) for part, whole in parts]
    store = open_store(":memory:", SMALL, "write")
    store.load(resolve(Dataset(tuple(sorted(set(quads), key=str)), {}, {}, False, "urn:source"), SMALL))
    return store


def answer(store: SqliteStore, made: Plan, *params: object) -> object:
    return json.loads(store.run(compile_plan(made, SMALL).text, params)[0], parse_float=str)


def summed(cls: str, found: Field) -> Plan:
    return plan(1, all=Page(Extent(EX + cls), TRUE, (), 0, None, (("sum", Sum(Path((), ValueLeaf(found)))),)))


SIZE, VALUE, SHARE = field("Deal", "size"), field("Money", "value"), field("Lab", "share")
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20)


@given(st.lists(DECIMALS, max_size=20))
def test_sums_are_exact(numbers: list[Decimal]) -> None:
    store = store_of("Money", {str(i): {"value": f"{n:f}"} for i, n in enumerate(numbers)})
    found = answer(store, summed("Money", VALUE), 1)
    with localcontext() as context:
        context.prec = 100
        total = sum(numbers, Decimal())
    text = format(total, "f").rstrip("0").rstrip(".") if "." in format(total, "f") else format(total, "f")
    assert found == {"all": {"sum": ("0" if text == "-0" else text) if numbers else None}}


@pytest.mark.parametrize("text", ["1" + "0" * 24, "0." + "0" * 12 + "1", "9" * 40])
def test_a_number_beyond_the_bound_is_an_error(text: str) -> None:
    store = store_of("Money", {"a": {"value": text}, "b": {"value": "1"}})
    with pytest.raises(SumTooLarge, match="added exactly"):
        answer(store, summed("Money", VALUE), 1)


def test_a_sum_beyond_64_bits_is_an_error() -> None:
    store = store_of("Money", {})
    big = 2**62
    with pytest.raises(SumTooLarge):
        store.run(f"SELECT sum(x), '' FROM (SELECT {big} AS x UNION ALL SELECT {big})")  # noqa: S608  # a number


def test_what_is_no_number_counts_for_nothing() -> None:
    store = store_of("Money", {"a": {"value": "many"}, "b": {"value": "1.50"}})
    assert answer(store, summed("Money", VALUE), 1) == {"all": {"sum": "1.5"}}


def test_a_part_is_left_out_beside_its_whole_at_any_depth_and_in_cycles() -> None:
    values = {n: {"size": str(10**i)} for i, n in enumerate("abcdef")}
    store = store_of("Deal", values, (("a", "x"), ("x", "b"), ("d", "e"), ("e", "d"), ("f", "elsewhere")))
    assert answer(store, summed("Deal", SIZE), 1) == {"all": {"sum": str(10**1 + 10**2 + 10**5)}}


def test_in_groups_only_beside_a_whole_of_the_same_group() -> None:
    values = {"a": {"size": "1", "code": "x"}, "b": {"size": "10", "code": "x"}, "c": {"size": "100", "code": "y"}}
    store = store_of("Deal", values, (("a", "b"), ("b", "c")))
    groups = Groups(
        (GroupKey(Path((), ValueLeaf(field("Deal", "code")))),),
        (("code", 0), ("sum", Sum(Path((), ValueLeaf(SIZE)))), ("count", GroupCount())),
    )
    entries = ("groups", groups), ("sum", Sum(Path((), ValueLeaf(SIZE))))
    made = plan(1, all=Page(Extent(EX + "Deal"), TRUE, (), 0, None, entries))
    assert answer(store, made, 1) == {
        "all": {
            "groups": [{"code": "x", "sum": "10", "count": 2}, {"code": "y", "sum": "100", "count": 1}],
            "sum": "100",
        }
    }


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=8))
def test_floats_are_written_as_python_writes_them(numbers: list[float]) -> None:
    texts = [repr(n).replace("inf", "INF") for n in numbers]
    store = store_of("Lab", {f"{i}": {"share": t} for i, t in enumerate(texts)})
    select = Record((("share", Value(SHARE, "number")),))
    made = plan(1, all=Page(Extent(EX + "Lab"), TRUE, (), 0, None, (("nodes", PageNodes(select)),)))
    data, _ = store.run(compile_plan(made, SMALL).text, [50])
    wanted = [{"share": None if n in (float("inf"), -float("inf")) else n} for n in numbers]
    assert data == orjson.dumps({"all": {"nodes": wanted}})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_texts_are_written_as_they_are(text: str) -> None:
    store = store_of("Deal", {"a": {"code": text}})
    select = Record((("code", Value(field("Deal", "code"), "text")),))
    made = plan(1, all=Page(Extent(EX + "Deal"), TRUE, (), 0, None, (("nodes", PageNodes(select)),)))
    data, _ = store.run(compile_plan(made, SMALL).text, [50])
    assert data == orjson.dumps({"all": {"nodes": [{"code": text}]}})


@pytest.mark.parametrize(("text", "wanted"), [("7", 7), ("+07", 7), ("-3", -3), ("seven", None)])
def test_integers_are_numbers(text: str, wanted: int | None) -> None:
    store = store_of("Deal", {"a": {"count": text}})
    node = answer(store, PLANS["one_node"], "urn:a")
    assert isinstance(node, dict)
    assert node["node"]["count"] == wanted


def test_the_tests_above_use_decimals() -> None:
    assert VALUE.datatypes[0] == XSD + "decimal"
