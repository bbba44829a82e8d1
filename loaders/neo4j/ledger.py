"""What there is to write, kept on disk: a load holds a batch in memory beside what was resolved, however much it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import apsw
from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.terms import node_id

#: A private database in a temporary file, gone with its connection.
_TEMPORARY = ""
_PRAGMAS = {"journal_mode": "off", "synchronous": "off", "temp_store": "file", "cache_size": -16384}
_MAKE = """
CREATE TABLE node (id TEXT PRIMARY KEY, first INTEGER, count INTEGER, new TEXT, old TEXT) WITHOUT ROWID;
CREATE TABLE part (part TEXT, whole TEXT, PRIMARY KEY (part, whole)) WITHOUT ROWID;
CREATE TABLE closed (part TEXT, whole TEXT, PRIMARY KEY (part, whole)) WITHOUT ROWID;
CREATE TABLE there (part TEXT, whole TEXT, PRIMARY KEY (part, whole)) WITHOUT ROWID;
BEGIN;
"""
_OLD = "INSERT INTO node (id, old) VALUES (?, ?)"
_END = "INSERT INTO node (id, first, count) VALUES (?, 0, 0) ON CONFLICT DO UPDATE SET first = 0, count = 0"
_OWN = "UPDATE node SET first = ?, count = ?, new = ? WHERE id = ?"
#: Those that are new, changed, the same and gone.
_KINDS = {
    "new": "count IS NOT NULL AND old IS NULL",
    "changed": "count IS NOT NULL AND old IS NOT NULL AND old <> new",
    "same": "count IS NOT NULL AND old = new",
    "gone": "count IS NULL",
}
#: UNION drops what was found before, so that cycles end.
_CLOSE = """
INSERT INTO closed
WITH RECURSIVE above (part, whole) AS (
  SELECT part, whole FROM part UNION SELECT a.part, p.whole FROM above a JOIN part p ON p.part = a.whole
) SELECT part, whole FROM above WHERE part <> whole
"""
_SEEN = 20_000


class Entry(NamedTuple):
    """A node, where its facts stand, and their digest."""

    node: str
    first: int
    facts: int
    digest: str


class Ledger:
    """The nodes that are there and that should be, by id, with digests; and what is part of what."""

    def __init__(self, old: Iterable[tuple[str, str]] = ()) -> None:
        """Take the ids and digests of the nodes that are there."""
        self._db = apsw.Connection(_TEMPORARY)
        for name, value in _PRAGMAS.items():
            self._db.pragma(name, value)
        self._db.execute(_MAKE)
        self._db.executemany(_OLD, old)
        self.has = lru_cache(maxsize=65536)(self._has)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def add(self, facts: Iterable[Fact], *others: str) -> None:
        """Take whatever is a subject or an object, and others, as nodes that should be."""
        self._db.executemany(_END, ((node,) for node in _once(_ends(facts, others))))

    def describe(self, digests: Iterable[Entry]) -> None:
        """Take where the facts about nodes stand, and their digests."""
        self._db.executemany(_OWN, ((e.first, e.facts, e.digest, e.node) for e in digests))

    def describe_others(self, digest: str) -> None:
        """Take the digest of those of whom nothing is said."""
        self._db.execute("UPDATE node SET new = ? WHERE count = 0", (digest,))

    def _has(self, node: str) -> bool:
        found = self._db.execute("SELECT count(*) FROM node WHERE id = ? AND count IS NOT NULL", (node,)).get
        return bool(found)

    def entries(self, kind: str) -> Iterator[Entry]:
        """Those that are `new`, `changed`, `same` or `gone`, by id."""
        rows = self._db.execute(f"SELECT id, first, count, new FROM node WHERE {_KINDS[kind]} ORDER BY id")  # noqa: S608  # words of ours
        for node, first, count, new in rows:
            yield Entry(node, first or 0, count or 0, new or "")

    def size(self, kind: str) -> tuple[int, int]:
        """How many nodes there are of a kind, and facts about them."""
        nodes, facts = self._db.execute(f"SELECT count(*), total(count) FROM node WHERE {_KINDS[kind]}").get  # noqa: S608  # as above
        return nodes, int(facts)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Every node that should be, by id, with its digest."""
        yield from self._db.execute("SELECT id, new FROM node WHERE count IS NOT NULL ORDER BY id")

    def add_parts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take what is part of what, and close it: parts of parts are parts, nothing is a part of itself."""
        self._db.executemany("INSERT OR IGNORE INTO part VALUES (?, ?)", pairs)
        self._db.execute(_CLOSE)

    def parts(self) -> Iterator[tuple[str, str]]:
        """What is part of what, at any depth."""
        yield from self._db.execute("SELECT part, whole FROM closed ORDER BY part, whole")

    def compare_parts(self, there: Iterable[tuple[str, str]]) -> None:
        """Take the parts that are there."""
        self._db.execute("DELETE FROM there")
        self._db.executemany("INSERT OR IGNORE INTO there VALUES (?, ?)", there)

    def parts_gone(self) -> Iterator[tuple[str, str]]:
        """The parts that are there and should not be."""
        yield from self._db.execute("SELECT * FROM there EXCEPT SELECT * FROM closed")

    def parts_new(self) -> Iterator[tuple[str, str]]:
        """The parts that should be there and are not."""
        yield from self._db.execute("SELECT * FROM closed EXCEPT SELECT * FROM there")


def by_subject(facts: Iterable[Fact]) -> Iterator[tuple[str, int, list[Fact]]]:
    """Each subject with the facts about it, and where the first of them stands; they stand together."""
    first = 0
    for subject, group in groupby(facts, key=lambda f: f.subject):
        own = list(group)
        yield node_id(subject), first, own
        first += len(own)


def _ends(facts: Iterable[Fact], others: Iterable[str]) -> Iterator[str]:
    yield from others
    for fact in facts:
        yield node_id(fact.subject)
        if not isinstance(fact.object, Literal):
            yield node_id(fact.object)


def _once(nodes: Iterable[str]) -> Iterator[str]:
    """Most nodes once: those that were seen lately are left out."""
    seen: set[str] = set()
    for node in nodes:
        if node not in seen:
            if len(seen) >= _SEEN:
                seen.clear()
            seen.add(node)
            yield node
