"""One index or constraint: what makes it, and what the database shows of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from neo4j import Record

#: What the names of ours begin with.
PREFIX = "kaigraph_"
#: For words in names. `cjk` cuts Hangul and Han into pairs of letters, so that a word is found within a longer one.
CUT, WHOLE = "cjk", "standard-no-stop-words"

_UNSAFE = re.compile("[^A-Za-z0-9]+")


class Definition(NamedTuple):
    """All that tells two indexes apart, but for their names."""

    kind: str
    on_edges: bool
    labels: tuple[str, ...]
    keys: tuple[str, ...]
    unique: bool
    analyzer: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index on one key: unique, or for ranges; of nodes of a label, or of relationships of a type.

    Or on the words of several keys, where `words` names them: `key` is the first of these, and `analyzer` how they are
    cut. Or on parts of texts (`is_text`): of any length, for `CONTAINS` and `STARTS WITH`.
    """

    label: str
    key: str
    unique: bool = False
    on_edges: bool = False
    words: tuple[str, ...] = ()
    analyzer: str = WHOLE
    is_text: bool = False

    @property
    def name(self) -> str:
        """Its name in the database: the same for the same index."""
        if self.words:  # people read this one in the queries that they are given
            return PREFIX + _UNSAFE.sub("_", "_".join(self.words)).lower()
        said = "\0".join((self.label, self.key, str(self.unique), str(self.on_edges)))
        return PREFIX + sha256((said + "\0text" * self.is_text).encode()).hexdigest()[:24]

    @property
    def definition(self) -> Definition:
        """What the database is to show of it."""
        kind = "FULLTEXT" if self.words else "TEXT" if self.is_text else "RANGE"
        analyzer = self.analyzer if self.words else ""
        return Definition(kind, self.on_edges, (self.label,), self.words or (self.key,), self.unique, analyzer)

    def statement(self) -> str:
        """What makes it."""
        label, key = quoted(self.label), quoted(self.key)
        if self.words:
            each = ", ".join(f"n.{quoted(word)}" for word in self.words)
            how = f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{self.analyzer}'}}}}"  # a name of ours
            return f"CREATE FULLTEXT INDEX {self.name} IF NOT EXISTS FOR (n:{label}) ON EACH [{each}] {how}"
        if self.unique:
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        pattern = f"()-[n:{label}]-()" if self.on_edges else f"(n:{label})"
        kind = "TEXT" if self.is_text else "RANGE"
        return f"CREATE {kind} INDEX {self.name} IF NOT EXISTS FOR {pattern} ON (n.{key})"


def quoted(name: str) -> str:
    """A Cypher identifier."""
    return "`" + name.replace("`", "``") + "`"


def made_as(record: Mapping[str, Any] | Record) -> Definition:
    """The definition of an index that the database shows: a name says little of it."""
    options = record["options"]["indexConfig"]
    return Definition(
        kind=record["type"],
        on_edges=record["entityType"] == "RELATIONSHIP",
        labels=tuple(record["labelsOrTypes"] or ()),
        keys=tuple(record["properties"] or ()),
        unique=record["owningConstraint"] is not None,
        analyzer=options.get("fulltext.analyzer", ""),
    )
