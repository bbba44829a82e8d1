"""Which lexical forms the datatypes of XSD and EDTF allow.

Years before 1 and after 9999, 24:00:00 and decimals of any length are fine, as XSD 1.1 has it.
"""

from __future__ import annotations

import re

from kaigraph.ontology.datatypes.edtf import DATE_TYPES, date_bounds
from kaigraph.ontology.terms import XSD

_SHOWN = 80
BOOLEANS = {"true": "1", "1": "1", "false": "0", "0": "0"}

_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"{_DECIMAL}([eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_CLOCK = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_MONTH_DAY = r"(02-(0[1-9]|[12][0-9])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01]))"
_DAY_PART = r"([0-9]+D)?"
_TIME_PART = r"(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
NAME_START = (
    r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_MORE = rf"{NAME_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040"
_BASE64 = r"([A-Za-z0-9+/] ?){4}"

_PATTERNS = {
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "boolean": "true|false|1|0",
    "time": _CLOCK + _ZONE,
    "gMonth": "--(0[1-9]|1[0-2])" + _ZONE,
    "gDay": "---(0[1-9]|[12][0-9]|3[01])" + _ZONE,
    "gMonthDay": "--" + _MONTH_DAY + _ZONE,
    "duration": rf"-?P(?=[0-9T])([0-9]+Y)?([0-9]+M)?{_DAY_PART}{_TIME_PART}",
    "dayTimeDuration": rf"-?P(?=[0-9T]){_DAY_PART}{_TIME_PART}",
    "yearMonthDuration": r"-?P(?=[0-9])([0-9]+Y)?([0-9]+M)?",
    "hexBinary": "([0-9A-Fa-f]{2})*",
    "base64Binary": rf"({_BASE64})*(([A-Za-z0-9+/] ?){{2}}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    "language": "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "normalizedString": r"[^\t\n\r]*",
    "token": r"([^\t\n\r ]+( [^\t\n\r ]+)*)?",
    "Name": rf"[:{NAME_START}][:{NAME_MORE}]*",
    "NCName": rf"[{NAME_START}][{NAME_MORE}]*",
    "NMTOKEN": rf"[:{NAME_MORE}]+",
}

#: The least and the greatest value of each integer type.
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_COMPILED = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}
_WHOLE = re.compile(_INTEGER)

FLOAT_TYPES = frozenset({XSD + "double", XSD + "float"})
INTEGER_TYPES = frozenset(XSD + name for name in _RANGES)
NUMBER_TYPES = FLOAT_TYPES | {XSD + "decimal"} | INTEGER_TYPES


def check_lexical(lexical: str, datatype: str) -> str | None:
    """What is wrong with a lexical form, in one sentence; `None` if nothing is, or the datatype is not known."""
    if datatype in DATE_TYPES:
        return _check_date(lexical, datatype)
    name = datatype.removeprefix(XSD)
    if datatype == name:
        return None
    if name in _RANGES:
        return _check_integer(lexical, name)
    pattern = _COMPILED.get(name)
    if pattern is None or pattern.fullmatch(lexical):
        return None
    return f"{_quoted(lexical)} is not written as xsd:{name}"


def _check_date(lexical: str, datatype: str) -> str | None:
    try:
        date_bounds(lexical, datatype)
    except ValueError as wrong:
        return str(wrong)
    return None


def _check_integer(lexical: str, name: str) -> str | None:
    if not _WHOLE.fullmatch(lexical):
        return f"{_quoted(lexical)} is not written as xsd:{name}"
    least, greatest = _RANGES[name]
    if least is None and greatest is None:
        return None
    value = _bounded(lexical)
    if (least is not None and value < least) or (greatest is not None and value > greatest):
        return f"{_quoted(lexical)} is outside the range of xsd:{name}"
    return None


def _bounded(lexical: str) -> int:
    """The integer, or one as far outside every range: a huge one is never converted."""
    digits = lexical.lstrip("+-").lstrip("0")[:30]
    return -int(digits or "0") if lexical.startswith("-") else int(digits or "0")


def _quoted(lexical: str) -> str:
    return f"'{lexical if len(lexical) <= _SHOWN else lexical[:_SHOWN] + '…'}'"
