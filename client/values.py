"""From JSON to Python by the scalar that the schema names: exact, or else the text as it came."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from kaigraph.client.shape import Shape

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
#: No more than microseconds, which is what `datetime` holds.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
#: Digits that are read as a number: Python takes time in the square of them. Beyond, the text says it.
_DIGITS = 4_000


def typed(value: object, shape: Shape) -> object:
    """A value as Python has it."""
    if value is None:
        return None
    if isinstance(value, list):
        return [typed(item, shape.item) for item in value]
    if isinstance(value, dict):
        return {key: typed(inner, shape.fields.get(key, Shape())) for key, inner in value.items()}
    convert = _SCALARS.get(shape.scalar)
    return value if convert is None else convert(value)


def _decimal(value: object) -> object:
    text = str(value)
    return Decimal(text) if len(text) <= _DIGITS and _DECIMAL.fullmatch(text) else text


def _integer(value: object) -> object:
    text = str(value)
    return int(text) if len(text) <= _DIGITS and _INTEGER.fullmatch(text) else text


def _day(value: object) -> object:
    """A day; a year, a month, an interval, a doubtful date and a day of a time zone stay EDTF."""
    text = str(value)
    if not _DAY.fullmatch(text):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:  # the year 0000, which EDTF has and Python has not
        return text


def _moment(value: object) -> object:
    text = str(value)
    if not _MOMENT.fullmatch(text):
        return text
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # 24:00:00
        return text


_SCALARS: Mapping[str, Callable[[object], object]] = {
    "Decimal": _decimal,
    "Integer": _integer,
    "EDTF": _day,
    "Date": _day,
    "DateTime": _moment,
}
