"""Dates as strict bounds that sort: EDTF levels 0 and 1, and the dates of XSD.

A lower bound is a day (`2025-02-01`) or an instant (`2025-02-01T09:30:00`), an upper bound the end of one
(`2025-02-28T23:59:60`), so that `upper < lower` compares any two bytewise. Open ends are `EVER` and `FOREVER`; an
unknown end is `None`. A time without a zone counts as UTC; a day without one is bounded by UTC too.
Why this is written here and not taken from a library: docs/decisions/0003-keys.md.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kaigraph.ontology.datatypes.calendar import EVER, FOREVER, MONTHS, check_day, day_end, day_text, days_in, shifted
from kaigraph.ontology.terms import XSD

EDTF = "http://id.loc.gov/datatypes/edtf/"
EDTF_LEVELS = {EDTF + "EDTF": 1, EDTF + "EDTF-level0": 0, EDTF + "EDTF-level1": 1}

Bounds = tuple[str | None, str | None]
Match = re.Match[str]

_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_TIME = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<fraction>\.\d+)?"
_EDTF_DATE = re.compile(
    rf"(?P<year>-?\d{{4}}|Y-?\d{{5,}}|-?\d{{3}}X|-?\d{{2}}XX)"
    rf"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T{_TIME}(?P<zone>Z|[+-]\d\d(?::\d\d)?)?)?)?)?(?P<qualifier>[?~%])?",
    re.ASCII,
)
_XSD_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_XSD_PATTERNS = {
    "gYear": re.compile(_XSD_YEAR + _ZONE, re.ASCII),
    "gYearMonth": re.compile(rf"{_XSD_YEAR}-(?P<month>\d\d){_ZONE}", re.ASCII),
    "date": re.compile(rf"{_XSD_YEAR}-(?P<month>\d\d)-(?P<day>\d\d){_ZONE}", re.ASCII),
    "dateTime": re.compile(rf"{_XSD_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)T{_TIME}{_ZONE}", re.ASCII),
    "dateTimeStamp": re.compile(rf"{_XSD_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)T{_TIME}{_ZONE}", re.ASCII),
}
DATE_TYPES = frozenset(EDTF_LEVELS) | {XSD + name for name in _XSD_PATTERNS}

# The first of the three months of spring to winter. Winter runs into the next year.
_SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}
_MOST_DIGITS = 90
_LAST_ZONE = 14 * 60
_LEVEL_1 = re.compile(r"[YX?~%]|\.\.|^-|/-|^/|/$|^\d{4}-2[1-4]$")


def bounds(lexical: str, level: int = 1) -> Bounds:
    """The earliest and the latest possible moment of an EDTF text; ValueError if it is not EDTF or no such date."""
    if level == 0 and _LEVEL_1.search(lexical):
        raise ValueError(f"'{lexical}' is more than EDTF level 0 allows")
    if "/" not in lexical:
        return _edtf_date(lexical)
    first, _, last = lexical.partition("/")
    if not first and not last:
        raise ValueError("an interval without any end says nothing")
    lower = _end_of_interval(first, EVER)[0]
    upper = _end_of_interval(last, FOREVER)[1]
    if lower is not None and upper is not None and upper < lower:
        raise ValueError(f"the interval '{lexical}' ends before it starts")
    return lower, upper


@lru_cache(maxsize=16384)  # days come again and again, and each is checked, ordered by and searched by
def date_bounds(lexical: str, datatype: str) -> Bounds:
    """The bounds of a literal of an EDTF or XSD date type; ValueError for an impossible one or another datatype."""
    if datatype in EDTF_LEVELS:
        return bounds(lexical, EDTF_LEVELS[datatype])
    pattern = _XSD_PATTERNS.get(datatype.removeprefix(XSD))
    if pattern is None:
        raise ValueError(f"{datatype} is no date type")
    match = pattern.fullmatch(lexical)
    if match is None:
        raise ValueError(f"'{lexical}' is not written as {datatype.removeprefix(XSD)}")
    if datatype.endswith("Stamp") and not match["zone"]:
        raise ValueError(f"'{lexical}' has no time zone")
    return _instant(match) if "dateTime" in datatype else _span(match)


def _end_of_interval(text: str, opened: str) -> Bounds:
    if text == "..":
        return opened, opened
    return _edtf_date(text) if text else (None, None)


def _edtf_date(text: str) -> Bounds:
    match = _EDTF_DATE.fullmatch(text)
    if match is None:
        raise ValueError(
            f"'{text}' is not an EDTF date of level 0 or 1 (such as 2025, 2025-02, 2025-02-20, 2025-02/..)"
        )
    year, month, day = match["year"], match["month"], match["day"]
    if (month and not year.lstrip("-").isdigit()) or (month == "XX" and day not in {None, "XX"}):
        raise ValueError(f"'{text}': only the last parts of a date can be unspecified, and Y goes with a year alone")
    if match["hour"]:
        return _instant(match)
    low, high = _years(year)
    if month in _SEASONS and day is None:
        return _season(low, month)
    return _lower(low, month, day), _upper(high, month, day)


def _years(text: str) -> tuple[int, int]:
    digits = text.removeprefix("Y")
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a year of {len(digits)} digits is too large")
    ends = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return min(ends), max(ends)


def _season(year: int, season: str) -> Bounds:
    first = _SEASONS[season]
    later, month = divmod(first + 1, MONTHS)
    return day_text(year, first, 1), day_end(year + later, month + 1, days_in(year + later, month + 1))


def _lower(year: int, month: str | None, day: str | None) -> str:
    numbers = year, _known(month, 1), _known(day, 1)
    check_day(*numbers)
    return day_text(*numbers)


def _upper(year: int, month: str | None, day: str | None) -> str:
    number = _known(month, MONTHS)
    check_day(year, number, 1)
    numbers = year, number, _known(day, days_in(year, number))
    check_day(*numbers)
    return day_end(*numbers)


def _known(text: str | None, otherwise: int) -> int:
    return otherwise if text is None or text == "XX" else int(text)


def _span(match: Match) -> Bounds:
    """The bounds of an XSD day, month or year, moved to UTC if it has a zone."""
    parts = match.groupdict()
    year = _years(parts["year"])[0]
    month, day = parts.get("month"), parts.get("day")
    lower, upper = _lower(year, month, day), _upper(year, month, day)
    zone = _zone(parts["zone"])
    if not parts["zone"]:
        return lower, upper
    last = _known(month, MONTHS)
    start = year, _known(month, 1), _known(day, 1)
    end = year, last, _known(day, days_in(year, last))
    return _moved(*start, -zone) + ":00", _moved(*end, 1439 - zone) + ":60"


def _instant(match: Match) -> Bounds:
    year = _years(match["year"])[0]
    month, day = int(match["month"]), int(match["day"])
    check_day(year, month, day)
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    fraction = (match["fraction"] or "").rstrip("0").rstrip(".")
    _check_time(hour, minute, second, fraction)
    text = f"{_moved(year, month, day, hour * 60 + minute - _zone(match['zone']))}:{second:02d}{fraction}"
    return text, text


def _check_time(hour: int, minute: int, second: int, fraction: str) -> None:
    midnight = (hour, minute, second, fraction) == (24, 0, 0, "")
    if not midnight and (hour > 23 or minute > 59 or second > 59):  # noqa: PLR2004 the clock
        raise ValueError(f"there is no time {hour:02d}:{minute:02d}:{second:02d}{fraction}")


def _zone(text: str | None) -> int:
    """The minutes by which a zone is ahead of UTC."""
    if text is None or text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[4:6] or "0")
    if minutes > _LAST_ZONE or int(text[4:6] or "0") > 59:  # noqa: PLR2004 the clock
        raise ValueError(f"there is no time zone {text}")
    return -minutes if text[0] == "-" else minutes


def _moved(year: int, month: int, day: int, minute: int) -> str:
    year, month, day, minute = shifted(year, month, day, minute)
    return f"{day_text(year, month, day)}T{minute // 60:02d}:{minute % 60:02d}"
