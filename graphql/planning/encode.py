"""What a client's value becomes before the store compares it: the same keys, folds and bounds that were made at load.

Law 2 of the design: whatever depends on an engine's idea of text, number or date is computed here and at load, in one
place (`kaigraph.loaders.literals.keys`, `kaigraph.ontology.datatypes.edtf`), and the engines compare bytewise.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

from kaigraph.graphql.planning.context import Encode
from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.loaders.literals.keys import fold, number_key, sort_key
from kaigraph.ontology.datatypes.edtf import date_bounds
from kaigraph.ontology.errors import BadOperation
from kaigraph.ontology.model import Field
from kaigraph.ontology.terms import XSD

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

#: No page is larger. Raise it when somebody has a use for longer pages than their own paging gives them.
MAX_FIRST = 1000


def encoders(field: Field | None, op: str) -> tuple[Encode, ...]:
    """One encoder a parameter for comparing a field (None: an id or a label) by an operator of a filter."""
    kind = comparison_of(field) if field is not None else Comparison.TEXT
    if op == "in":
        return (_list_of(_exact(kind)),)
    if op == "eq":
        return (_exact(kind),)
    if kind is Comparison.DATE:
        return _date_encoders(field, op)
    if op in ("contains", "startsWith"):
        return (_folded,)
    return (_number,) if kind is Comparison.NUMBER else (_sorted,)


def _date_encoders(field: Field | None, op: str) -> tuple[Encode, ...]:
    own = field.datatypes if field is not None else ()
    # Years, months and mixtures have no scalar of their own: their filters take EDTF, which can say all of them.
    datatype = own[0] if own in ((XSD + "date",), (XSD + "dateTime",), (XSD + "dateTimeStamp",)) else EDTF
    lower, upper = _bound(datatype, 0), _bound(datatype, 1)
    return {
        "before": (lower,),
        "after": (upper,),
        "onOrBefore": (upper,),
        "onOrAfter": (lower,),
        "overlaps": (lower, upper),
    }[op]


def _bound(datatype: str, side: int) -> Encode:
    def encode(value: object) -> object:
        try:
            bounds = date_bounds(str(value), datatype)
        except ValueError as error:
            raise BadOperation(
                f"{value!r} is not a date: {error}", hint="write it as 2025, 2025-02 or 2025-02-20"
            ) from error
        if bounds is None or bounds[side] is None:
            raise BadOperation(f"{value!r} has no known bound to compare with", hint="give both ends of the interval")
        return bounds[side]

    return encode


def _exact(kind: Comparison) -> Encode:
    return {Comparison.NUMBER: _number, Comparison.BOOLEAN: _boolean}.get(kind, _text)


def _text(value: object) -> str:
    return str(value)


def _folded(value: object) -> str:
    return fold(str(value))


def _sorted(value: object) -> str:
    return sort_key(str(value))


def _boolean(value: object) -> str:
    return "1" if value else "0"


def _number(value: object) -> str:
    lexical = repr(value) if isinstance(value, float) else str(value)
    key = number_key(lexical)
    if key is None:
        raise BadOperation(f"{lexical!r} is not a number that can be compared", hint="write it as 2500000000000 or 0.5")
    return key


def _list_of(one: Callable[[object], object]) -> Encode:
    def encode(value: object) -> str:
        items = value if isinstance(value, list) else [value]
        return json.dumps([one(v) for v in items if v is not None], ensure_ascii=False)

    return encode


def page_size(value: object) -> int:
    """The `first` of a page.

    Raises:
        BadOperation: it is negative or beyond `MAX_FIRST`.
    """
    size = int(value) if isinstance(value, int | Decimal) else -1
    if not 0 <= size <= MAX_FIRST:
        raise BadOperation(f"first is {value}", hint=f"ask for 0 to {MAX_FIRST} and go on with after: endCursor")
    return size


def id_list(value: object) -> str:
    """The ids of `nodes`, as a JSON list."""
    ids = value if isinstance(value, list) else [value]
    if len(ids) > MAX_FIRST:
        raise BadOperation(f"{len(ids)} ids in one list", hint=f"ask for at most {MAX_FIRST} at a time")
    return json.dumps([str(v) for v in ids], ensure_ascii=False)
