"""Rows as a polars frame: every column of the narrowest type that holds all of it exactly, else text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kaigraph.client.errors import NotInstalled
from kaigraph.client.shape import Shape

try:
    import polars as pl
except ImportError as error:  # pragma: no cover  # an optional extra
    raise NotInstalled("polars is not installed", hint="pip install 'kaigraph[polars]'") from error

#: Digits of a polars Decimal.
_DIGITS = 38
_INT64 = 2**63
#: A type, and what makes a value fit it.
_Typed = tuple["pl.DataType", Callable[[Any], Any]]


def frame(columns: Mapping[str, Shape], rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """The frame."""
    made = []
    for name, shape in columns.items():
        values = [row[name] for row in rows]
        type_, fit = _typed(shape, values)
        made.append(pl.Series(name, [_or_none(fit, v) for v in values], dtype=type_, strict=True))
    return pl.DataFrame(made)


def _or_none(fit: Callable[[Any], Any], value: Any) -> Any:  # noqa: ANN401  # a value of any scalar
    return None if value is None else fit(value)


def _typed(shape: Shape, values: Sequence[Any]) -> _Typed:
    there = [v for v in values if v is not None]
    if shape.lists:
        inner, fit = _typed(shape.item, [item for value in there for item in value])
        return pl.List(inner), lambda value: [_or_none(fit, item) for item in value]
    if shape.fields:
        fields = {key: _typed(inner, [v.get(key) for v in there]) for key, inner in shape.fields.items()}
        types = pl.Struct({key: type_ for key, (type_, _) in fields.items()})
        return types, lambda value: {key: _or_none(fit, value.get(key)) for key, (_, fit) in fields.items()}
    return _SCALARS.get(shape.scalar, _text)(there)


def _text(there: Sequence[Any]) -> _Typed:
    del there
    return pl.String(), lambda value: value if isinstance(value, str) else str(value)


def _decimal(there: Sequence[Any]) -> _Typed:
    if not all(isinstance(v, Decimal) for v in there):
        return _text(there)
    parts = [v.as_tuple() for v in there]
    scale = max((max(0, -int(p.exponent)) for p in parts), default=0)
    whole = max((len(p.digits) + int(p.exponent) for p in parts), default=0)
    return (pl.Decimal(_DIGITS, scale), lambda value: value) if scale + max(whole, 0) <= _DIGITS else _text(there)


def _integer(there: Sequence[Any]) -> _Typed:
    if not all(isinstance(v, int) for v in there):
        return _text(there)
    if all(-_INT64 <= v < _INT64 for v in there):
        return pl.Int64(), lambda value: value
    return (pl.Decimal(_DIGITS, 0), Decimal) if all(abs(v) < 10**_DIGITS for v in there) else _text(there)


def _day(there: Sequence[Any]) -> _Typed:
    return (pl.Date(), lambda value: value) if there and all(isinstance(v, date) for v in there) else _text(there)


def _moment(there: Sequence[Any]) -> _Typed:
    if not there or not all(isinstance(v, datetime) for v in there):
        return pl.String(), lambda value: value.isoformat() if isinstance(value, datetime) else str(value)
    zoned = {v.tzinfo is not None for v in there}
    if zoned == {True}:
        return pl.Datetime("us", "UTC"), lambda value: value.astimezone(UTC)
    return (pl.Datetime("us"), lambda value: value) if zoned == {False} else _moment([*there, ""])


_SCALARS: Mapping[str, Callable[[Sequence[Any]], _Typed]] = {
    "Decimal": _decimal,
    "Integer": _integer,
    "Int": _integer,
    "Float": lambda there: (pl.Float64(), float) if all(isinstance(v, int | float) for v in there) else _text(there),
    "Boolean": lambda _: (pl.Boolean(), lambda value: value),
    "EDTF": _day,
    "Date": _day,
    "DateTime": _moment,
}
