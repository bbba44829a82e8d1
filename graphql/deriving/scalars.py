"""Datatypes as scalars, and the filter of each scalar."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.api import Input, InputType
from kaigraph.ontology.model import Field, Iri
from kaigraph.ontology.terms import XSD

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_EDTF = "http://id.loc.gov/datatypes/edtf/"

SCALARS: Mapping[str, str] = {
    "Decimal": 'An exact decimal number, as text: `"2500000000000.00"`. In an operation a number may stand bare.',
    "Integer": 'A whole number of any size, as text: `"9007199254740993"`. In an operation it may stand bare.',
    "EDTF": "A date as precise as it is known (EDTF levels 0 and 1): `2025`, `2025-02`, `2025-02-20/..`.",
    "Date": "A calendar day as in xsd:date: `2025-02-20`.",
    "DateTime": "A moment as in xsd:dateTime: `2025-02-20T09:00:00+09:00`. Without a zone it is compared as UTC.",
}

_INT = {"int", "short", "byte", "unsignedShort", "unsignedByte"}
_INTEGER = {
    "integer", "long", "unsignedInt", "unsignedLong",
    "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger",
}  # fmt: skip
_OTHERS = {
    "boolean": "Boolean", "decimal": "Decimal", "double": "Float", "float": "Float",
    "date": "Date", "dateTime": "DateTime", "dateTimeStamp": "DateTime",
}  # fmt: skip
_LEAST, _GREATEST = -(2**31), 2**31 - 1
_NUMBERS = ("Int", "Integer", "Decimal")  # each holds those before it
NUMERIC = frozenset(_NUMBERS)

_TESTS: Mapping[str, tuple[str, ...]] = {
    "text": ("eq", "in", "contains", "startsWith", "isNull"),
    "number": ("eq", "in", "lt", "lte", "gt", "gte", "isNull"),
    "time": ("eq", "in", "before", "after", "onOrBefore", "onOrAfter", "overlaps", "isNull"),
    "boolean": ("eq", "isNull"),
    "id": ("eq", "in"),
    "enum": ("eq", "in", "isNull"),
}
_SORT = {
    "String": "text", "Int": "number", "Integer": "number", "Decimal": "number", "Float": "number",
    "EDTF": "time", "Date": "time", "DateTime": "time", "Boolean": "boolean", "ID": "id",
}  # fmt: skip
_TIMES = {
    "before": "Ends before this begins.",
    "after": "Begins after this ends.",
    "onOrBefore": "Ends no later than this ends.",
    "onOrAfter": "Begins no earlier than this begins.",
    "overlaps": "Shares at least one moment with this.",
    "contains": "Has this in it, upper and lower case alike.",
    "startsWith": "Begins with this, upper and lower case alike.",
    "isNull": "There is no value (true), or there is one (false).",
}


def scalar_of(datatype: Iri, bounds: tuple[int | None, int | None]) -> str:
    """The scalar of one datatype; whole numbers that the shapes keep within 32 bits are `Int`."""
    if datatype.startswith(_EDTF):
        return "EDTF"
    local = datatype.removeprefix(XSD) if datatype.startswith(XSD) else ""
    if local in _INT or (local in _INTEGER and _is_small(local, bounds)):
        return "Int"
    return "Integer" if local in _INTEGER else _OTHERS.get(local, "String")


def _is_small(local: str, bounds: tuple[int | None, int | None]) -> bool:
    least, greatest = bounds
    if local.startswith(("unsigned", "nonNegative", "positive")):
        least = max(least or 0, 0)
    if local.startswith(("nonPositive", "negative")):
        greatest = min(greatest or 0, 0)
    return least is not None and greatest is not None and least >= _LEAST and greatest <= _GREATEST


def scalar_of_field(field: Field) -> str | None:
    """The one scalar that holds all values of a literal field, or None: any datatype, or several that differ."""
    if not field.datatypes or LANG_STRING in field.datatypes:
        return None
    found = {scalar_of(datatype, field.bounds) for datatype in field.datatypes}
    if found <= NUMERIC:
        return max(found, key=_NUMBERS.index)
    return found.pop() if len(found) == 1 else None


def filter_name(scalar: str) -> str:
    """The filter of a scalar: `TextFilter` for `String`."""
    return {"String": "Text", "ID": "Id"}.get(scalar, scalar) + "Filter"


def filters() -> dict[str, InputType]:
    """The filters of all scalars."""
    return {filter_name(s): filter_type(filter_name(s), s, _SORT[s]) for s in _SORT}


def filter_type(name: str, scalar: str, sort: str) -> InputType:
    """A filter for a scalar or enum: what is given must all hold."""
    tests = {test: Input(test, _operand(test, scalar), part=test, description=_TIMES.get(test, ""))
             for test in _TESTS[sort]}  # fmt: skip
    return InputType(name, tests, f"Tests of a {scalar}. All that are given must hold; of a list, any one value may.")


def _operand(test: str, scalar: str) -> str:
    return {"in": f"[{scalar}!]", "isNull": "Boolean"}.get(test, scalar)
