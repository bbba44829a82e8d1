"""The statements that write. Labels and relationship types are values here, so that nothing is spliced in."""

from __future__ import annotations

from typing import LiteralString

OLD: LiteralString = "MATCH (n:Resource) RETURN n.id AS id, n._hash AS hash"

OLD_FACTS: LiteralString = """
UNWIND $rows AS id
MATCH (n:Resource {_id: id})
RETURN n.id AS id, COLLECT { MATCH (n)-[:FACTS_]->(f:Facts_) RETURN properties(f) } AS records
"""

#: All that nodes own, but not the nodes. What is derived from several nodes is `PART_` and stays.
CLEAR: tuple[LiteralString, ...] = (
    "UNWIND $rows AS id MATCH (n:Resource {_id: id}) SET n._hash = ''",
    "UNWIND $rows AS id MATCH (:Resource {_id: id})-[:FACTS_]->(f:Facts_) DETACH DELETE f",
    "UNWIND $rows AS id MATCH (:Resource {_id: id})-[r]->() WHERE r._derived IS NULL OR type(r) = 'FROM' DELETE r",
    "UNWIND $rows AS id MATCH (:Resource {_id: id})<-[r:ABOUT]-() DELETE r",
)
DELETE_VIA: LiteralString = "MATCH ()-[r:{type}]->() WHERE r.via IN $rows DELETE r"
UNLINK: LiteralString = "MATCH ()-[r]->() WHERE r.via IS NOT NULL WITH r LIMIT $most DELETE r RETURN count(*) AS gone"

DELETE: LiteralString = "UNWIND $rows AS id MATCH (n:Resource {_id: id}) DETACH DELETE n"

#: Rows are lists here and below: the keys of maps would be sent and read again with each.
CREATE: LiteralString = """
UNWIND $rows AS row
CREATE (n:$(row[0]))
SET n = row[1]
FOREACH (record IN row[2] | CREATE (n)-[:FACTS_]->(f:Facts_) SET f = record)
"""
CHANGE: LiteralString = """
UNWIND $rows AS row
MATCH (n:Resource {_id: row[1]._id})
WITH n, row, [l IN labels(n) WHERE NOT l IN row[0]] AS old
REMOVE n:$(old)
SET n:$(row[0])
SET n = row[1]
FOREACH (record IN row[2] | CREATE (n)-[:FACTS_]->(f:Facts_) SET f = record)
"""
#: What nodes are done with: their digests, and the relationships that start at them.
DONE: LiteralString = """
UNWIND $rows AS row
MATCH (s:Resource {_id: row[0]})
SET s._hash = row[1]
WITH s, row
UNWIND row[2] AS edge
MATCH (o:Resource {_id: edge[1]})
CREATE (s)-[r:$(edge[0])]->(o)
SET r = edge[2]
"""
#: Those that start elsewhere.
EDGES: LiteralString = """
UNWIND $rows AS row
MATCH (s:Resource {_id: row[1]}), (o:Resource {_id: row[2]})
CREATE (s)-[r:$(row[0])]->(o)
SET r = row[3]
"""

PARTS: LiteralString = "MATCH (s:Resource)-[:PART_]->(o:Resource) RETURN s._id, o._id"
PARTS_GONE: LiteralString = """
UNWIND $rows AS row
MATCH (:Resource {_id: row[0]})-[r:PART_]->(:Resource {_id: row[1]})
DELETE r
"""
PARTS_NEW: LiteralString = """
UNWIND $rows AS row
MATCH (s:Resource {_id: row[0]}), (o:Resource {_id: row[1]})
MERGE (s)-[r:PART_]->(o)
SET r._derived = true
"""

#: The key of META that says that a load in steps began to write all nodes for another Model.
ANEW: LiteralString = "anew"
BEGIN_ANEW: LiteralString = f"MATCH (m:Meta_ {{_id: 'meta'}}) SET m.{ANEW} = true"
META: LiteralString = f"MATCH (m:Meta_ {{_id: 'meta'}}) SET m += $meta REMOVE m.{ANEW}"
#: `load` is odd while a load is written in steps; one in one transaction goes from even to even.
FIRST: LiteralString = "MERGE (m:Meta_ {_id: 'meta'}) ON CREATE SET m += $meta, m.load = 0"
BEGIN: LiteralString = "MATCH (m:Meta_ {_id: 'meta'}) SET m.load = m.load + 1 + m.load % 2, m.state = 'loading'"
END: LiteralString = "MATCH (m:Meta_ {_id: 'meta'}) SET m.load = m.load + 1, m.state = 'complete'"
LOADS: LiteralString = "MATCH (m:Meta_ {_id: 'meta'}) RETURN m.load AS load"
#: The end of a load that let go of its lock before: only if no other began since.
END_LATE: LiteralString = """
MATCH (m:Meta_ {_id: 'meta'})
WHERE m.load = $load
SET m.load = m.load + 1, m.state = 'complete'
"""
PLAIN_GONE: LiteralString = "MATCH (:Meta_)-[r:PLAIN_]->(n) WHERE n._id <> $id DELETE r"
PLAIN: LiteralString = """
MATCH (m:Meta_ {_id: 'meta'}), (n:Resource {_id: $id})
MERGE (m)-[r:PLAIN_]->(n)
SET r._derived = true
"""

#: What a bulk import cannot say: `neo4j-admin` has no list of one empty text, and no empty list. Nodes that should have
#: one come with a label and the keys of such lists.
FILL: LiteralString = """
MATCH (n:Unfilled_)
WITH n LIMIT $most
FOREACH (key IN coalesce(n.`_.one`, []) | SET n[key] = [''])
FOREACH (key IN coalesce(n.`_.none`, []) | SET n[key] = [])
REMOVE n:Unfilled_, n.`_.one`, n.`_.none`
RETURN count(n) AS filled
"""
FILLED: LiteralString = """
MATCH (m:Meta_ {_id: 'meta'})
WHERE m.load % 2 = 1 AND NOT EXISTS { (:Unfilled_) }
SET m.load = m.load + 1, m.state = 'complete'
"""

#: Whoever holds this node loads. A server lets go of it when the one who held it is gone.
LOCK_NODE: LiteralString = "MERGE (:Lock_ {_id: 'lock'}) MERGE (:Window_ {_id: 'window'})"
LOCK: LiteralString = "MATCH (l:Lock_ {_id: 'lock'}) SET l.held = true"

#: A commit is seen bit by bit: while the window is open, readers do not trust what they see.
OPEN: LiteralString = "MATCH (w:Window_ {_id: 'window'}) SET w.since = timestamp()"
SHUT: LiteralString = "MATCH (w:Window_ {_id: 'window'}) REMOVE w.since, w.step"

#: The step of a load that was committed last; nothing is left of it when the load is over.
STEP: LiteralString = "MATCH (w:Window_ {_id: 'window'}) SET w.step = $step"
STEPPED: LiteralString = "MATCH (w:Window_ {_id: 'window'}) RETURN w.step AS step"

STRANGER: LiteralString = """
MATCH (n)
WHERE NOT (n:Lock_ OR n:Window_) AND none(l IN labels(n) WHERE l STARTS WITH '_Bloom_')
RETURN labels(n) AS labels
LIMIT 1
"""
STRANGERS: LiteralString = """
MATCH (n)
WHERE NOT (n:Resource OR n:Facts_ OR n:Meta_ OR n:Lock_ OR n:Window_)
  AND none(l IN labels(n) WHERE l STARTS WITH '_Bloom_')
RETURN labels(n) AS labels
LIMIT 1
"""
TOTALS: LiteralString = """
RETURN COUNT { (n) } AS every,
  COUNT { (n:Resource) } + COUNT { (n:Facts_) } + COUNT { (n:Meta_) } + COUNT { (n:Lock_) }
    + COUNT { (n:Window_) } AS ours
"""

#: What old servers cannot: 5.26.0 gives every relationship the type of the first, without a word.
TRIAL: LiteralString = """
UNWIND $rows AS row
CREATE (s:Lock_)-[r:$(row[0])]->(o:Lock_)
SET r = row[1]
RETURN collect(type(r)) AS types
"""
