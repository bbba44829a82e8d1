"""Rows as a pandas frame: whole numbers and truths in pandas' own types, the rest as Python has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kaigraph.client.errors import NotInstalled
from kaigraph.client.shape import Shape

try:
    import pandas as pd
except ImportError as error:  # pragma: no cover  # an optional extra
    raise NotInstalled("pandas is not installed", hint="pip install 'kaigraph[pandas]'") from error

_INT64 = 2**63


def frame(columns: Mapping[str, Shape], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The frame. Decimals, days and lists are objects, so that they stay what they are."""
    made = {}
    for name, shape in columns.items():
        values = [row[name] for row in rows]
        made[name] = pd.Series(values, dtype=_dtype(shape, [v for v in values if v is not None]))
    return pd.DataFrame(made)


def _dtype(shape: Shape, there: Sequence[Any]) -> str:
    if shape.lists or shape.fields:
        return "object"
    if shape.scalar in ("Int", "Integer"):
        return "Int64" if all(isinstance(v, int) and -_INT64 <= v < _INT64 for v in there) else "object"
    if shape.scalar == "Float":
        return "Float64" if all(isinstance(v, int | float) for v in there) else "object"
    if shape.scalar == "Boolean":
        return "boolean"
    return "object" if shape.scalar in ("Decimal", "EDTF", "Date", "DateTime") else "str"
