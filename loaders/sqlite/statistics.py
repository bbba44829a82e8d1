"""What `ANALYZE` and the extents of classes say of a database: enough to choose between two ways to one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import apsw


@dataclass(frozen=True, slots=True)
class Statistics:
    """How much there is.

    `members`: nodes by the number of their class. `reach`: the classes that those nodes have as their own, and
    whether all nodes of such a class are among them.
    `indexes`: by the name of an index its rows, and how many of them on average share the first column, the first two,
    and so on.
    """

    members: Mapping[int, int]
    reach: Mapping[int, tuple[tuple[int, bool], ...]]
    indexes: Mapping[str, tuple[int, ...]]

    def rows(self, index: str) -> int:
        """The rows of an index; 0, if it is not known."""
        return self.indexes.get(index, (0,))[0]

    def alike(self, index: str, columns: int = 1) -> int:
        """How many rows share so many leading columns, on average; 0, if that is not known."""
        found = self.indexes.get(index, ())
        return found[columns] if len(found) > columns else 0


NOTHING = Statistics({}, {}, {})


def read_statistics(connection: apsw.Connection) -> Statistics:
    """What is known of a database now; nothing of one that was never loaded.

    The numbers are those of "The ANALYZE command" in SQLite's documentation; words among them are flags.
    """
    if not connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'").get:
        return NOTHING
    found = connection.execute("SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
    indexes = {name: tuple(int(word) for word in stat.split() if word.isdecimal()) for name, stat in found}
    members = dict(connection.execute("SELECT class, count FROM extent"))
    rows = connection.execute("SELECT class, concrete, whole FROM reach ORDER BY class, concrete")
    reach = {cls: tuple((c, bool(w)) for _, c, w in own) for cls, own in groupby(rows, key=itemgetter(0))}
    return Statistics(members, reach, indexes)
