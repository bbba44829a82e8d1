"""What a node was before: taken out of the store, and remembered well enough to say what is different."""

from __future__ import annotations

from collections.abc import Mapping

import apsw
from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.terms import language_tag, node_id

_FACTS = """
SELECT property.iri, node.id, fact.text, fact.datatype, fact.lang, fact.current, fact.disputed,
  (SELECT group_concat(since || ' ' || until, ' ' ORDER BY since, until) FROM span WHERE span.f = fact.f),
  (SELECT group_concat(exact || name, ' ' ORDER BY exact, name) FROM support JOIN graph USING (g)
   WHERE support.f = fact.f)
FROM fact JOIN property ON property.p = fact.p LEFT JOIN node ON node.n = fact.o
WHERE fact.s = ?
"""
_CLEAR = (
    "DELETE FROM value WHERE n = ?1",
    "DELETE FROM edge WHERE prop IN (SELECT p FROM fact WHERE s = ?1) AND s = ?1",
    "DELETE FROM member WHERE (class, id) IN (SELECT class, id FROM member WHERE n = ?1)",
    "DELETE FROM span WHERE f IN (SELECT f FROM fact WHERE s = ?1)",
    "DELETE FROM support WHERE f IN (SELECT f FROM fact WHERE s = ?1)",
    "DELETE FROM fact WHERE s = ?1",
)

Identity = tuple[object, ...]


def clear(connection: apsw.Connection, number: int) -> Mapping[Identity, Identity]:
    """Delete everything about a node but its own row, and return what was said of it: fact → how it stood."""
    before = {row[:5]: row[5:] for row in connection.execute(_FACTS, (number,))}
    for statement in _CLEAR:
        connection.execute(statement, (number,))
    return before


def identity(fact: Fact) -> Identity:
    """What makes a fact the same fact, as `clear` has it."""
    value = fact.object
    if isinstance(value, Literal):
        return fact.predicate.value, None, value.value, value.datatype.value, language_tag(value)
    return fact.predicate.value, node_id(value), None, None, None


def standing(fact: Fact) -> Identity:
    """Everything else about a fact."""
    spans = " ".join(f"{since} {until}" for since, until in sorted(fact.spans))
    graphs = " ".join([*(f"0{g}" for g in sorted(fact.also)), *(f"1{g}" for g in sorted(fact.graphs))])
    return int(fact.current), int(fact.disputed), spans or None, graphs or None
