"""The store read by node: the records of a few nodes' facts, and what the store is called by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, LiteralString

from neo4j import Query, Session

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.said import facts_of
from kaigraph.loaders.reading import Snapshot

#: By the key, which is unique and indexed; ids that are beyond its length are compared whole.
_FACTS: LiteralString = """
UNWIND $asked AS asked
MATCH (n:Resource {_id: asked.key})-[:FACTS_]->(f:Facts_)
WHERE n.id = asked.id
RETURN n.id AS id, properties(f) AS record
ORDER BY n._id, f.chunk
"""


def snapshot(session: Session, meta: Mapping[str, Any]) -> Snapshot:
    """The store as it is; whoever asks looks afterwards whether a load came in between."""
    prefixes = dict(sorted(zip(meta["prefix_names"], meta["prefix_iris"], strict=True)))
    return Snapshot(meta["version"], prefixes, lambda ids: list(_facts_of(session, ids)))


def _facts_of(session: Session, ids: Collection[str]) -> Iterator[Fact]:
    asked = [{"key": id_key(node), "id": node} for node in ids]
    for record in session.run(Query(_FACTS), asked=asked):
        yield from facts_of(record["id"], record["record"])
