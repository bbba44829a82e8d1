"""Which lexical forms XSD 1.1 allows, for the datatypes that SHACL engines look into.

W3C's `sh:datatype` refuses an ill-typed literal of "the datatypes supported by SPARQL 1.1". Both engines also look into
dates, times and durations, so these are decided here too; of any other datatype every lexical form passes
(`well_formed` is None: ask the loader's own check).
"""

from __future__ import annotations

import re
from calendar import monthrange

from kaigraph.shapes.terms import XSD

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_DAYS = r"(?:\d+Y)?(?:\d+M)?(?:\d+D)?"
_CLOCK = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
_FLOAT = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"

_INTEGER = r"[+-]?\d+"
_PATTERNS = {
    "boolean": r"true|false|0|1",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "float": _FLOAT,
    "double": _FLOAT,
    "date": rf"({_YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_ZONE}",
    "dateTime": rf"({_YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T{_TIME}{_ZONE}",
    "time": _TIME + _ZONE,
    "duration": rf"-?P(?=[\dT]){_DAYS}{_CLOCK}",
    "string": r"(?s:.*)",
}
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_COMPILED = {name: re.compile(pattern, re.ASCII) for name, pattern in _PATTERNS.items()}
_COMPILED |= dict.fromkeys(_BOUNDS, re.compile(_INTEGER, re.ASCII))
_LONGEST = 4000  # digits: Python refuses to read longer integers


def well_formed(datatype: str, lexical: str) -> bool | None:
    """Whether XSD 1.1 allows the lexical form; None for a datatype that is not decided here."""
    name = datatype.removeprefix(XSD)
    pattern = _COMPILED.get(name)
    if pattern is None or not datatype.startswith(XSD):
        return None
    match = pattern.fullmatch(lexical)
    if match is None:
        return False
    if name in _BOUNDS:
        return _within(lexical, *_BOUNDS[name])
    return not match.groups() or _is_day(*(int(g) for g in match.groups()))


def _within(lexical: str, low: int | None, high: int | None) -> bool:
    if len(lexical) > _LONGEST:
        negative = lexical.startswith("-")
        return (low if negative else high) is None
    value = int(lexical)
    return (low is None or low <= value) and (high is None or value <= high)


def _is_day(year: int, month: int, day: int) -> bool:
    return day <= monthrange(2000 + year % 400, month)[1]
