"""The embedded store read by node: a few facts through their index, and what the store is called by."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

import apsw
from pyoxigraph import NamedNode

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.reading import Snapshot
from kaigraph.loaders.terms import node_term, term_of

#: The ids are one parameter, a JSON array. `n` is the driving table: SQLite must not start from all facts.
_FACTS = """
SELECT fact.f, subject.id, property.iri, object.id, fact.text, fact.datatype, fact.lang, fact.current, fact.disputed
FROM json_each(?) AS asked
CROSS JOIN node AS subject ON subject.id = asked.value
CROSS JOIN fact ON fact.s = subject.n
JOIN property ON property.p = fact.p
LEFT JOIN node AS object ON object.n = fact.o
ORDER BY subject.id, fact.f
"""
_GRAPHS = "SELECT name FROM support JOIN graph USING (g) WHERE f = ? AND exact = ? ORDER BY name"
_SPANS = "SELECT since, until FROM span WHERE f = ? ORDER BY since, until"


def snapshot(connection: apsw.Connection) -> Snapshot:
    """The store as it is; whoever asks keeps a transaction open meanwhile."""
    version = connection.execute("SELECT value FROM meta WHERE key = 'version'").get
    prefixes = dict(connection.execute("SELECT name, iri FROM prefix ORDER BY name"))
    return Snapshot(version, prefixes, lambda ids: list(_facts_of(connection, ids)))


def _facts_of(connection: apsw.Connection, ids: Collection[str]) -> Iterator[Fact]:
    for f, s, p, *value, current, disputed in connection.execute(_FACTS, (json.dumps(list(ids)),)):
        names, also = (tuple(name for (name,) in connection.execute(_GRAPHS, (f, exact))) for exact in (1, 0))
        held = tuple((since, until) for since, until in connection.execute(_SPANS, (f,)))
        yield Fact(node_term(s), NamedNode(p), term_of(*value), names, held, bool(current), bool(disputed), also)
