"""The files that `neo4j-admin database import` reads: cells, columns, and rows that are written a batch at a time.

What it cannot read back, and what it was seen to do: docs/decisions/0011-bulk.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kaigraph.loaders.neo4j.mapping import UNFILLED, UNFILLED_NONE, UNFILLED_ONE
from kaigraph.loaders.neo4j.records import Properties, Value

#: Characters, one of which stands between the entries of a list; no text holds all of them.
DELIMITERS = "\x1f\x1e\x1d\x1c" + "".join(map(chr, (*range(3, 9), *range(14, 28), *range(0xE000, 0xF8FF))))

#: What stands between entries until a text holds it.
DELIMITER = DELIMITERS[0]


class DelimiterFound(Exception):
    """An entry of a list holds what should stand between entries."""


class Table:
    """A kind of rows: a file of them, and one that names the columns, which are found as rows come.

    A row may be shorter than others: its last cells are then absent.
    """

    def __init__(self, folder: Path, name: str, fixed: Sequence[str], delimiter: str) -> None:
        """Start without rows. `fixed` are the headers of the first columns."""
        self.header, self.rows = f"{name}.header.csv", f"{name}.csv"
        self.longest = 0  # characters of a row
        self._folder = folder
        self._fixed = fixed
        self._columns: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._delimiter = delimiter
        self._lines: list[str] = []

    def add(self, fixed: Sequence[Value], properties: Properties) -> None:
        """Take a row."""
        cells = [self._cell(value) for value in fixed]
        cells += [""] * len(self._columns)
        for key, value in properties.items():
            number = self._numbers.get(key)
            if number is None:
                number = self._add_column(key, value)
                cells.append("")
            cells[number] = self._cell(value)
        while not cells[-1]:
            cells.pop()
        line = ",".join(cells) + "\n"
        self.longest = max(self.longest, len(line))
        self._lines.append(line)

    def _add_column(self, key: str, value: Value) -> int:
        if "{" in key or "}" in key:
            raise ValueError(f"a header cannot hold the key {key}")  # nor can an IRI, or a name of a Model
        self._columns[key] = _type(value)
        self._numbers[key] = len(self._fixed) + len(self._numbers)
        return self._numbers[key]

    def _cell(self, value: Value) -> str:
        """Text is always quoted: an absent value is an empty cell without quotes."""
        if isinstance(value, str):
            return '"' + value.replace('"', '""') + '"'
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return str(value)
        return self._list(value)

    def _list(self, values: Sequence[str] | Sequence[int]) -> str:
        if not isinstance(values[0], str):
            return self._delimiter.join(self._cell(v) for v in values)
        text = self._delimiter.join(map(str, values))
        if text.count(self._delimiter) != len(values) - 1:
            raise DelimiterFound
        return '"' + text.replace('"', '""') + '"'

    def flush(self) -> None:
        """Write the rows that are waiting."""
        if self._lines:
            with (self._folder / self.rows).open("a", encoding="utf-8", newline="") as out:
                out.writelines(self._lines)
            self._lines.clear()

    def finish(self) -> bool:
        """Write the rest, and what the columns are called; whether there was any row."""
        self.flush()
        if not self.longest:
            return False
        names = [*self._fixed, *(f"{key}:{type_}" for key, type_ in self._columns.items())]
        text = ",".join(self._cell(name) for name in names) + "\n"
        (self._folder / self.header).write_text(text, encoding="utf-8", newline="")
        return True


def _type(value: Value) -> str:
    first = value[0] if isinstance(value, list) else value
    name = "boolean" if isinstance(first, bool) else "long" if isinstance(first, int) else "string"
    return f"{name}[]" if isinstance(value, list) else name


def fillable(labels: Iterable[str], properties: Mapping[str, Value]) -> tuple[list[str], Properties]:
    """A node as an import can make it: lists of one empty text, and empty ones, are named for who fills them in."""
    one = sorted(key for key, value in properties.items() if value == [""])
    none = sorted(key for key, value in properties.items() if value == [])
    if not (one or none):
        return list(labels), dict(properties)
    found = {key: value for key, value in properties.items() if key not in {*one, *none}}
    lists = {UNFILLED_ONE: one, UNFILLED_NONE: none}
    return [*labels, UNFILLED], found | {key: keys for key, keys in lists.items() if keys}
