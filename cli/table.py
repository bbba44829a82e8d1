"""An answer as rows: the first list in it is the table, nested objects become columns `a.b`, nested lists stay JSON."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping

Row = dict[str, str]


def rows(body: Mapping[str, object]) -> list[Row]:
    """The rows of an answer: of its first list, in breadth; without a list, one row."""
    data = body.get("data")
    found = _first_list(data)
    return [dict(_cells(item, "")) for item in (found if found is not None else [data])]


def as_csv(body: Mapping[str, object]) -> str:
    """Rows as CSV (RFC 4180) with a header."""
    table = rows(body)
    out = io.StringIO()
    writer = csv.DictWriter(out, _columns(table), restval="")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def as_lines(body: Mapping[str, object]) -> str:
    """The items of the table as JSON, one a line, nested as they are."""
    data = body.get("data")
    found = _first_list(data)
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in (found if found is not None else [data]))


def as_table(body: Mapping[str, object]) -> str:
    """Rows as columns of text; Hangul counts two places, as terminals show it."""
    table = rows(body)
    columns = _columns(table)
    widths = {c: max([_width(c), *(_width(r.get(c, "")) for r in table)]) for c in columns}
    lines = ["  ".join(_pad(c, widths[c]) for c in columns), "  ".join("-" * widths[c] for c in columns)]
    lines += ["  ".join(_pad(r.get(c, ""), widths[c]) for c in columns) for r in table]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _first_list(value: object) -> list[object] | None:
    level = [value]
    while level:
        for item in level:
            if isinstance(item, list):
                return item
        level = [v for item in level if isinstance(item, dict) for v in item.values()]
    return None


def _cells(value: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cells(inner, f"{prefix}.{key}" if prefix else key)
    else:
        yield prefix or "value", _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _columns(table: list[Row]) -> list[str]:
    return list(dict.fromkeys(column for row in table for column in row))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
