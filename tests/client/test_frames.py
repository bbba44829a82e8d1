"""Frames hold every value exactly, in the narrowest type that can."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.client import Result
from kaigraph.client.shape import Shape
from tests.client.test_client import client

DECIMALS = st.none() | st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**30), max_value=10**30
)
UTC = datetime.fromisoformat("2025-01-02T03:04:05+00:00")


def result(scalar: str, values: list[Any], *, lists: int = 0) -> Result:
    table = Shape(fields={"v": Shape(scalar, lists=lists)}, lists=1)
    return Result({"rows": [{"v": value} for value in values]}, Shape(fields={"rows": table}))


def column(scalar: str, values: list[Any]) -> pl.Series:
    return result(scalar, values).to_polars()["v"]


@given(st.lists(DECIMALS, max_size=6))
def test_decimals_are_exact(values: list[Decimal | None]) -> None:
    assert isinstance(column("Decimal", values).dtype, pl.Decimal)
    assert column("Decimal", values).to_list() == values
    assert result("Decimal", values).to_pandas()["v"].tolist() == values


@given(st.lists(st.none() | st.integers(), max_size=6))
def test_whole_numbers_are_exact(values: list[int | None]) -> None:
    held = column("Integer", values)
    assert [v if v is None else int(v) for v in held.to_list()] == values
    framed = result("Integer", values).to_pandas()["v"]
    assert [None if v is None or v is pd.NA else int(v) for v in framed.tolist()] == values


@pytest.mark.parametrize(
    ("scalar", "values", "type_", "held"),
    [
        ("Decimal", [Decimal("1.00"), Decimal("2.5")], pl.Decimal(38, 2), None),
        ("Decimal", [Decimal("1E+3")], pl.Decimal(38, 0), [Decimal(1000)]),
        ("Decimal", [Decimal(10**39)], pl.String, [str(10**39)]),
        ("Decimal", [Decimal("0." + "1" * 39)], pl.String, ["0." + "1" * 39]),
        ("Decimal", [Decimal(1), "1e5"], pl.String, ["1", "1e5"]),
        ("Decimal", [], pl.Decimal(38, 0), None),
        ("Integer", [2**63 - 1, -(2**63)], pl.Int64, None),
        ("Integer", [2**63], pl.Decimal(38, 0), [Decimal(2**63)]),
        ("Integer", [10**40], pl.String, [str(10**40)]),
        ("Int", [1, None], pl.Int64, None),
        ("Float", [0.1, 2], pl.Float64, None),
        ("Boolean", [True, None], pl.Boolean, None),
        ("EDTF", [date(2025, 2, 20), None], pl.Date, None),
        ("EDTF", [date(2025, 2, 20), "2025"], pl.String, ["2025-02-20", "2025"]),
        ("EDTF", [None], pl.String, None),
        ("DateTime", [UTC], pl.Datetime("us", "UTC"), None),
        ("DateTime", [UTC.replace(tzinfo=None)], pl.Datetime("us"), None),
        ("DateTime", [UTC, "x"], pl.String, ["2025-01-02T03:04:05+00:00", "x"]),
        ("DateTime", [UTC, UTC.replace(tzinfo=None)], pl.String, ["2025-01-02T03:04:05+00:00", "2025-01-02T03:04:05"]),
        ("String", ["007", None], pl.String, None),
        ("SomeEnum", ["UP_TO"], pl.String, None),
    ],
)
def test_types_of_polars(scalar: str, values: list[Any], type_: Any, held: list[Any] | None) -> None:  # noqa: ANN401  # a polars type or its class
    assert column(scalar, values).dtype == type_
    assert column(scalar, values).to_list() == (values if held is None else held)


@pytest.mark.parametrize(
    ("scalar", "values", "type_"),
    [
        ("Decimal", [Decimal("1.00"), None], "object"),
        ("Integer", [1, None], "Int64"),
        ("Integer", [2**63], "object"),
        ("Float", [0.5, None], "Float64"),
        ("Boolean", [True, None], "boolean"),
        ("EDTF", [date(2025, 2, 20), "2025"], "object"),
        ("String", ["a", None], "str"),
    ],
)
def test_types_of_pandas(scalar: str, values: list[Any], type_: str) -> None:
    framed = result(scalar, values).to_pandas()["v"]
    assert str(framed.dtype) == type_
    assert [None if v is None or pd.isna(v) else v for v in framed.tolist()] == values


def test_lists_are_lists_of_structs() -> None:
    inner = Shape(fields={"n": Shape("Decimal"), "d": Shape("EDTF", lists=1)}, lists=1)
    shape = Shape(fields={"rows": Shape(fields={"v": inner}, lists=1)})
    rows: list[Mapping[str, Any]] = [
        {"v": [{"n": Decimal("1.5"), "d": [date(2025, 1, 1)]}, None]},
        {"v": []},
        {"v": None},
    ]
    frame = Result({"rows": rows}, shape).to_polars()
    assert frame["v"].dtype == pl.List(pl.Struct({"n": pl.Decimal(38, 1), "d": pl.List(pl.Date)}))
    assert frame["v"].to_list() == [row["v"] for row in rows]
    assert Result({"rows": rows}, shape).to_pandas()["v"].tolist() == [row["v"] for row in rows]


def test_sums_in_a_frame_are_the_sums_of_the_server() -> None:
    asked = client().query("""{ acquisitions {
      groups { quantityUnit sum(of: QUANTITY_NUMBER) }
      nodes { quantity { number unit } partOf { totalCount } }
    } }""")
    of_server = {row["quantityUnit"]: row["sum"] for row in asked.rows("acquisitions.groups")}
    frame = asked.to_polars("acquisitions.nodes").filter(pl.col("partOf.totalCount") == 0)
    ours = frame.group_by("quantity.unit").agg(pl.col("quantity.number").sum())
    assert dict(ours.iter_rows()) == of_server
    assert any(of_server.values())
