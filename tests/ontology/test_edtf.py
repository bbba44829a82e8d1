from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kaigraph.ontology.datatypes.edtf import EDTF, bounds, date_bounds
from kaigraph.ontology.terms import XSD

DAYS = st.dates()
END = "T23:59:60"


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("2025", "2025-01-01", "2025-12-31" + END),
        ("2025-02", "2025-02-01", "2025-02-28" + END),
        ("2024-02", "2024-02-01", "2024-02-29" + END),
        ("2025-02-20", "2025-02-20", "2025-02-20" + END),
        ("2025-02-20?", "2025-02-20", "2025-02-20" + END),
        ("2025-02~", "2025-02-01", "2025-02-28" + END),
        ("2025%", "2025-01-01", "2025-12-31" + END),
        ("202X", "2020-01-01", "2029-12-31" + END),
        ("20XX", "2000-01-01", "2099-12-31" + END),
        ("2024-XX", "2024-01-01", "2024-12-31" + END),
        ("2024-02-XX", "2024-02-01", "2024-02-29" + END),
        ("2024-XX-XX", "2024-01-01", "2024-12-31" + END),
        ("2025-21", "2025-03-01", "2025-05-31" + END),
        ("2023-24", "2023-12-01", "2024-02-29" + END),
        ("2025-02/2025-03", "2025-02-01", "2025-03-31" + END),
        ("2025-02-20/..", "2025-02-20", "9999-99-99"),
        ("../2025", "", "2025-12-31" + END),
        ("../..", "", "9999-99-99"),
        ("2025/", "2025-01-01", None),
        ("/2025", None, "2025-12-31" + END),
        ("2025-02-20T23:20:30Z", "2025-02-20T23:20:30", "2025-02-20T23:20:30"),
        ("2025-02-20T00:20:30+09", "2025-02-19T15:20:30", "2025-02-19T15:20:30"),
        ("2024-12-31T23:30:00-04:30", "2025-01-01T04:00:00", "2025-01-01T04:00:00"),
    ],
)
def test_bounds(text: str, lower: str | None, upper: str | None) -> None:
    assert bounds(text) == (lower, upper)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "2025-02-30",
        "2025-13",
        "2025-00",
        "2025-2",
        "25",
        "12025",
        "2025-25",
        "2025-02-20T25:00:00",
        "2025-XX-01",
        "20XX-01",
        "Y2025",
        "2025/2024",
        "/",
        "2025-02/2025-01",
        "2025-02-20T10:00:00+15",
        "2025?-02",
        "2025-04-31",
        "XXXX-02",
        "Y17E8",
        "[2024,2025]",
        " 2025",
        "2025/2026/2027",
        "2023-02-29",
        "٢٠٢٥",
    ],
)
def test_no_such_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        bounds(text)


def test_years_of_any_size_are_in_order() -> None:
    years = [
        "Y-170000002",
        "Y-99999",
        "-9999",
        "-0044",
        "-0001",
        "0000",
        "0001",
        "2025",
        "9999",
        "Y10000",
        "Y99999",
        "Y170000002",
    ]
    lowers = [str(bounds(y)[0]) for y in years]
    uppers = [str(bounds(y)[1]) for y in years]
    both = ["", *(b for pair in zip(lowers, uppers, strict=True) for b in pair), "9999-99-99"]
    assert both == sorted(both)


@pytest.mark.parametrize("text", ["2025?", "..", "2025/..", "202X", "2025-21", "Y12345", "-0001", "/2025", "2025/"])
def test_level_0_is_less(text: str) -> None:
    with pytest.raises(ValueError, match="level 0"):
        date_bounds(text, EDTF + "EDTF-level0")
    assert text == ".." or bounds(text)


@given(DAYS, DAYS)
def test_days_compare_as_days(one: date, other: date) -> None:
    lower, upper = bounds(one.isoformat())
    start, end = bounds(other.isoformat())
    assert (str(upper) < str(start)) == (one < other)
    assert (str(lower) > str(end)) == (one > other)


@given(DAYS, DAYS)
def test_an_interval_is_bounded_by_its_ends(one: date, other: date) -> None:
    first, last = sorted([one, other])
    assert bounds(f"{first}/{last}") == (bounds(str(first))[0], bounds(str(last))[1])


@given(DAYS)
@example(date(2024, 2, 29))
def test_wider_dates_contain_narrower_ones(day: date) -> None:
    text = day.isoformat()
    wider = [text, text[:7], text[:4], text[:8] + "XX", text[:3] + "X", text[:2] + "XX"]
    ends = [bounds(t) for t in wider]
    lower, upper = ends[0]
    assert all(str(low) <= str(lower) < str(upper) <= str(high) for low, high in ends)


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
SAFE = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1))


@given(SAFE, ZONES, SAFE, ZONES)
def test_times_compare_as_instants(one: datetime, zone: timezone, other: datetime, there: timezone) -> None:
    left, right = one.replace(tzinfo=zone), other.replace(tzinfo=there)
    first, second = (str(date_bounds(t.isoformat(), XSD + "dateTime")[0]) for t in (left, right))
    assert (first < second, first == second) == (left < right, left == right)


@given(SAFE)
def test_a_time_without_a_zone_counts_as_utc(when: datetime) -> None:
    plain = date_bounds(when.isoformat(), XSD + "dateTime")
    assert plain == date_bounds(when.replace(tzinfo=UTC).isoformat(), XSD + "dateTime")
    lower, upper = bounds(when.date().isoformat())
    assert str(lower) <= str(plain[0]) < str(upper)


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("2025-02-20", "date", ("2025-02-20", "2025-02-20" + END)),
        ("2025-02-20+09:00", "date", ("2025-02-19T15:00:00", "2025-02-20T14:59:60")),
        ("2025Z", "gYear", ("2025-01-01T00:00:00", "2025-12-31T23:59:60")),
        ("2025-02", "gYearMonth", ("2025-02-01", "2025-02-28" + END)),
        ("2025-02-20T24:00:00", "dateTime", ("2025-02-21T00:00:00", "2025-02-21T00:00:00")),
        ("2025-02-20T10:00:00.50Z", "dateTimeStamp", ("2025-02-20T10:00:00.5", "2025-02-20T10:00:00.5")),
        ("0000-12-31T23:00:00-02:00", "dateTime", ("0001-01-01T01:00:00", "0001-01-01T01:00:00")),
    ],
)
def test_xsd_dates(text: str, datatype: str, expected: tuple[str, str]) -> None:
    assert date_bounds(text, XSD + datatype) == expected


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2025", "date"),
        ("2025-02-30", "date"),
        ("2025-02-20T10:00:00", "dateTimeStamp"),
        ("x", "string"),
        ("02025", "gYear"),
        ("2025-02-20T24:00:01", "dateTime"),
        ("2025-02-20+09", "date"),
        ("2025-02-20+15:00", "date"),
    ],
)
def test_xsd_refuses(text: str, datatype: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        date_bounds(text, XSD + datatype)
