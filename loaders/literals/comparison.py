"""How the values of a field are compared, ordered and added: one answer for planner, compilers and stores."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from kaigraph.ontology.datatypes.edtf import DATE_TYPES
from kaigraph.ontology.datatypes.xsd import FLOAT_TYPES, NUMBER_TYPES
from kaigraph.ontology.model import Field, Iri, Kind
from kaigraph.ontology.terms import XSD


class Comparison(Enum):
    """A way of comparing."""

    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ENUM = "enum"
    TEXT = "text"


def comparison_of(field: Field) -> Comparison:
    """The comparison of a field's values."""
    return Comparison.ENUM if field.kind is Kind.ENUM else comparison_of_datatypes(field.datatypes)


def comparison_of_datatypes(datatypes: Collection[Iri]) -> Comparison:
    """The comparison for literals of some datatypes; text if they mix, or if any datatype is allowed."""
    found = frozenset(datatypes)
    if not found:
        return Comparison.TEXT
    if found <= NUMBER_TYPES:
        return Comparison.NUMBER
    if found <= DATE_TYPES:
        return Comparison.DATE
    return Comparison.BOOLEAN if found == {XSD + "boolean"} else Comparison.TEXT


def is_float(field: Field) -> bool:
    """Whether all values of a field are binary floating point, which has no exact sum."""
    return bool(field.datatypes) and FLOAT_TYPES.issuperset(field.datatypes)
