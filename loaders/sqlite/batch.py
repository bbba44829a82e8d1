"""Rows on their way into tables: many at a time, few in memory."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from kaigraph.loaders.sqlite.schema import quoted

SqlValue = str | int | float | bytes | None
_ROWS = 5_000


class Batch:
    """Collects rows by table and writes them by the thousand."""

    def __init__(self, connection: apsw.Connection, columns: dict[str, Sequence[str]]) -> None:
        """Take the columns of each table, in the order of the rows to come."""
        self._connection = connection
        self._rows: dict[str, list[tuple[SqlValue, ...]]] = {table: [] for table in columns}
        self._insert = {
            table: f"INSERT OR REPLACE INTO {table} ({', '.join(map(quoted, names))}) "
            f"VALUES ({', '.join('?' * len(names))})"
            for table, names in columns.items()
        }

    def add(self, table: str, *row: SqlValue) -> None:
        """One row for a table."""
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _ROWS:
            self._write(table)

    def flush(self) -> None:
        """Write what is waiting."""
        for table in self._rows:
            self._write(table)

    def _write(self, table: str) -> None:
        if self._rows[table]:
            self._connection.executemany(self._insert[table], self._rows[table])
            self._rows[table].clear()
