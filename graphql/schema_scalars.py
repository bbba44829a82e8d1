"""The custom scalars: they look at what comes in, keep its text as it is, and let through what goes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode
from strawberry.types.scalar import ScalarDefinition

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_ZONE = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_DATE = re.compile(rf"-?([1-9]\d{{3,}}|0\d{{3}})-(\d\d)-(\d\d){_ZONE}", re.ASCII)
_TIME = re.compile(rf"(([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|24:00:00(\.0+)?){_ZONE}", re.ASCII)


def check_decimal(text: str) -> None:
    """Raise ValueError for what is no xsd:decimal."""
    if not _DECIMAL.fullmatch(text):
        raise ValueError('is no decimal number, such as "12.50"')


def check_integer(text: str) -> None:
    """Raise ValueError for what is no xsd:integer."""
    if not _INTEGER.fullmatch(text):
        raise ValueError('is no whole number, such as "12"')


def check_date(text: str) -> None:
    """Raise ValueError for what is no xsd:date."""
    found = _DATE.fullmatch(text)
    if not found or not _is_day(int(found[1]), int(found[2]), int(found[3])):
        raise ValueError("is no date, such as 2025-02-20")


def _is_day(year: int, month: int, day: int) -> bool:
    """Whether there is such a day; the calendar repeats every 400 years."""
    try:
        date(year % 400 + 400, month, day)
    except ValueError:
        return False
    return True


def check_date_time(text: str) -> None:
    """Raise ValueError for what is no xsd:dateTime."""
    day, found, time = text.partition("T")
    if not found or not _TIME.fullmatch(time):
        raise ValueError("is no date and time, such as 2025-02-20T09:00:00+09:00")
    check_date(day)


def check_edtf(text: str) -> None:
    """Raise ValueError for what is no EDTF of level 0 or 1."""
    from kaigraph.loaders.edtf import bounds

    bounds(text)


CHECKS: dict[str, Callable[[str], None]] = {
    "Decimal": check_decimal,
    "Integer": check_integer,
    "EDTF": check_edtf,
    "Date": check_date,
    "DateTime": check_date_time,
}
#: Kinds of literals that an operation may hold for a scalar, beside a string.
_BARE: dict[str, tuple[type[ValueNode], ...]] = {
    "Decimal": (IntValueNode, FloatValueNode),
    "Integer": (IntValueNode,),
    "EDTF": (IntValueNode,),  # a year
}


def scalar(name: str, description: str) -> ScalarDefinition:
    """The definition of a custom scalar."""

    def read(node: ValueNode, _variables: dict[str, Any] | None = None) -> str:
        return _from_literal(name, node)

    return ScalarDefinition(
        name=name,
        description=description,
        specified_by_url=None,
        serialize=str,
        parse_value=lambda value: _from_json(name, value),
        parse_literal=read,
    )


def _from_json(name: str, value: object) -> str:
    """A value of a variable. A float has lost its digits already, so it must come as text."""
    if isinstance(value, float):
        raise GraphQLError(f'{name} cannot come as a floating-point number, which is not exact: write "{value}".')
    if isinstance(value, int) and not isinstance(value, bool) and IntValueNode in _BARE.get(name, ()):
        return _checked(name, str(value))
    if isinstance(value, str):
        return _checked(name, value)
    raise GraphQLError(f"{name} cannot be {value!r}: write it as text.")


def _from_literal(name: str, node: ValueNode) -> str:
    """A value that stands in the operation itself."""
    if isinstance(node, (StringValueNode, IntValueNode, FloatValueNode)) and isinstance(
        node, (StringValueNode, *_BARE.get(name, ()))
    ):
        return _checked(name, node.value)
    raise GraphQLError(f"{name} is written as text.", node)


def _checked(name: str, text: str) -> str:
    try:
        CHECKS[name](text)
    except ValueError as error:
        raise GraphQLError(f"{text!r} {_reason(error, name)}.") from None
    return text


def _reason(error: ValueError, name: str) -> str:
    """The error's own words; an error with a message of its own (a KaigraphError) is not repeated in full."""
    text = str(error).rstrip(".")
    return text if text.startswith("is no") else f"is no {name}: {text}"
