"""The proleptic Gregorian calendar with years of any size, and instants as text that sorts.

Day 0 is 0000-03-01; years are astronomical (0000 is 1 BCE), as in EDTF and XSD 1.1.
"""

from __future__ import annotations

EVER = ""
FOREVER = "9999-99-99"

_COMPLEMENT = str.maketrans("0123456789", "9876543210")
_LAST_PLAIN_YEAR = 9999
_DAYS_OF_ERA = 146097
_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_MINUTES_OF_DAY = 1440
MONTHS = 12


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap and month == _FEBRUARY else _DAYS_OF_MONTH[month - 1]


def check_day(year: int, month: int, day: int) -> None:
    """Raise ValueError for a month or a day that does not exist."""
    if not 1 <= month <= MONTHS:
        raise ValueError(f"there is no month {month:02d}")
    if not 1 <= day <= days_in(year, month):
        raise ValueError(f"{year:04d}-{month:02d} has {days_in(year, month)} days, not {day}")


def day_text(year: int, month: int, day: int) -> str:
    """A day as text in whose order days sort: ISO 8601 for the years 0 to 9999, a marked form outside them."""
    return f"{_year_text(year)}-{month:02d}-{day:02d}"


def day_end(year: int, month: int, day: int) -> str:
    """The end of a day as text: after each of its instants, before the next day."""
    return day_text(year, month, day) + "T23:59:60"


def shifted(year: int, month: int, day: int, minute: int) -> tuple[int, int, int, int]:
    """A day and a minute of it, where the minute may lie outside the day (a time zone moved it)."""
    days, minute = divmod(minute, _MINUTES_OF_DAY)
    return (*_civil(_number(year, month, day) + days), minute)


def _year_text(year: int) -> str:
    if 0 <= year <= _LAST_PLAIN_YEAR:
        return f"{year:04d}"
    text = str(abs(year))
    sized = f"{len(text):02d}{text}"
    return "9999-90-" + sized if year > 0 else "-" + sized.translate(_COMPLEMENT)


def _number(year: int, month: int, day: int) -> int:
    year -= month <= _FEBRUARY
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % MONTHS) + 2) // 5 + day - 1
    return era * _DAYS_OF_ERA + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def _civil(number: int) -> tuple[int, int, int]:
    era, day = divmod(number, _DAYS_OF_ERA)
    of_era = (day - day // 1460 + day // 36524 - day // 146096) // 365
    of_year = day - (365 * of_era + of_era // 4 - of_era // 100)
    shifted_month = (5 * of_year + 2) // 153
    month = (shifted_month + 2) % MONTHS + 1
    return era * 400 + of_era + (month <= _FEBRUARY), month, of_year - (153 * shifted_month + 2) // 5 + 1
