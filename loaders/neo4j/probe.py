"""A statement between two looks at what the store says of itself, so that nobody is told a mixture."""

from __future__ import annotations

from functools import lru_cache

#: How old a commit under way may be before it is taken for one whose loader died. Nothing of it is left open then.
DEAD = 5_000  # ms

#: The parameter that names the data version whose answer the asker has already; an empty text, if none.
KNOWN = "known_"

_OPEN = f"(w.since IS NOT NULL AND timestamp() - w.since < {DEAD})"
_BEFORE = (
    "MATCH (m:Meta_ {_id: 'meta'}), (w:Window_ {_id: 'window'})\n"
    f"WITH m.version AS version_, m.load AS load_, {_OPEN} AS open_\n"
)
_AFTER = (
    "MATCH (m:Meta_ {_id: 'meta'}), (w:Window_ {_id: 'window'})\n"
    f"RETURN data, version_, load_ % 2 = 0 AS complete_, NOT open_ AND NOT {_OPEN} AND load_ = m.load AS same_, "
    "m.format AS format_, m.model AS model_"
)


@lru_cache(maxsize=4096)
def probed(statement: str) -> str:
    """The statement as it is sent. It returns one record of one column, `data`.

    Neo4j is read-committed: between two reads of one statement a load may commit. Then `load` has moved; it is odd
    while a load is written in steps. It alone decides, for two properties are not read at one moment. And a commit
    itself is seen bit by bit: while one is under way the window is open (`kaigraph.loaders.neo4j.work.window`).

    Where the data version is the known one, nothing is worked out, and `data` says nothing. Asking costs no more than
    not asking: the filter stands inside the subquery that is there anyway.
    """
    inner = "\n".join(f"  {line}" if line else line for line in statement.splitlines())
    known = f"  WITH version_ AS asked_ WHERE version_ <> ${KNOWN}\n"
    return f"{_BEFORE}OPTIONAL CALL (version_) {{\n{known}{inner}\n}}\n{_AFTER}"


#: Whether facts of ours are there without the node that says what they are, and no commit is to blame for that: in this
#: order, for what a commit brings is seen bit by bit.
GONE = (
    "WITH EXISTS { (:Resource)-[:FACTS_]->(:Facts_) } AS ours\n"
    "OPTIONAL MATCH (w:Window_ {_id: 'window'})\n"
    f"WITH ours, {_OPEN} AS open\n"
    "RETURN ours AND NOT open AND NOT EXISTS { (:Meta_ {_id: 'meta'}) } AS gone"
)

#: The same for reads of several statements: one record.
META = f"MATCH (m:Meta_ {{_id: 'meta'}}), (w:Window_ {{_id: 'window'}}) RETURN properties(m) AS meta, {_OPEN} AS open"
