"""The custom scalars: they look at what comes in, keep its text as it is, and let through what goes out."""

from __future__ import annotations

from typing import Any

from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode
from strawberry.types.scalar import ScalarDefinition

from kaigraph.ontology.datatypes.xsd import check_lexical
from kaigraph.ontology.terms import XSD

#: The datatype whose lexical forms a scalar takes.
_DATATYPES = {
    "Decimal": XSD + "decimal",
    "Integer": XSD + "integer",
    "EDTF": "http://id.loc.gov/datatypes/edtf/EDTF",
    "Date": XSD + "date",
    "DateTime": XSD + "dateTime",
}
_SHOULD_BE = {
    "Decimal": "a decimal number, such as 12.50",
    "Integer": "a whole number, such as 12",
    "EDTF": "an EDTF date, such as 2025, 2025-02 or 2025-02-20",
    "Date": "a day, such as 2025-02-20",
    "DateTime": "a day and time, such as 2025-02-20T09:00:00+09:00",
}
#: Kinds of literals that an operation may hold for a scalar, beside a string. A bare whole number is a year in EDTF.
_BARE: dict[str, tuple[type[ValueNode], ...]] = {
    "Decimal": (IntValueNode, FloatValueNode),
    "Integer": (IntValueNode,),
    "EDTF": (IntValueNode,),
}
_SHOWN = 80


def scalar(name: str, description: str) -> ScalarDefinition:
    """The definition of a custom scalar."""

    def from_json(value: object) -> str:
        return _from_json(name, value)

    def from_literal(node: ValueNode, _variables: dict[str, Any] | None = None) -> str:
        return _from_literal(name, node)

    return ScalarDefinition(
        name=name, description=description, specified_by_url=None, serialize=str,
        parse_value=from_json, parse_literal=from_literal,
    )  # fmt: skip


def _from_json(name: str, value: object) -> str:
    """A value of a variable. A float has lost its digits already, so the number must come as text."""
    if isinstance(value, float):
        raise GraphQLError(f"{name} cannot come as a floating-point number, which is not exact: write it as text.")
    if isinstance(value, int) and not isinstance(value, bool) and name in _BARE:
        return _checked(name, str(value))
    if isinstance(value, str):
        return _checked(name, value)
    raise GraphQLError(f"{name} is written as text: {_SHOULD_BE[name]}.")


def _from_literal(name: str, node: ValueNode) -> str:
    """A value that stands in the operation itself."""
    if isinstance(node, StringValueNode) or (
        isinstance(node, IntValueNode | FloatValueNode) and isinstance(node, _BARE.get(name, ()))
    ):
        return _checked(name, node.value)
    raise GraphQLError(f"{name} is written as text: {_SHOULD_BE[name]}.", node)


def _checked(name: str, text: str) -> str:
    wrong = check_lexical(text, _DATATYPES[name])
    if wrong:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise GraphQLError(f"{shown!r} is not {_SHOULD_BE[name]}.")
    return text
