"""A list in the order of an index, but for the case that hardly anything passes its filter.

Read in its order, a list is done as soon as the page is full: the faster, the more nodes pass. Where none does, it is
read to its end (measured: 210,000 nodes, 207 ms of the processor, where the index of the filter takes 0.5).
Statistics know how many values a key has and not how often one occurs; so the statement itself looks whether the index
of the filter holds many, by counting a few, once, and starts from the one index or the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from kaigraph.graphql.cypher.conditions import condition
from kaigraph.graphql.cypher.names import quoted
from kaigraph.graphql.cypher.source import Context, collect, subquery
from kaigraph.graphql.plan import Condition, LabelLeaf, Leaf, Test, ValueLeaf
from kaigraph.loaders.neo4j.indexes import index_label
from kaigraph.ontology.model import Iri

#: Fewer are sorted, in 1 ms. So many are counted in 0.15 ms; where there are more, and they lie evenly, a page of 50 is
#: full after a tenth of all nodes at the latest.
FEW = 500

_UNINDEXED = ("contains", "startsWith", "overlaps", "before", "onOrBefore")


def is_rare(context: Context, items: Iterable[Condition], order: Leaf, cls: Iri) -> str:
    """The alias of whether few nodes meet one of the conditions, seen in its index; "" where none has one.

    What the list is ordered by has the index that is read anyway.
    """
    for item in items:
        label = _label(context, item, cls) if isinstance(item, Test) and item.leaf != order else None
        if label is not None:
            node = context.alias("n")
            first = f"MATCH ({node}:{quoted(label)})", f"WHERE {condition(context, node, item)}"
            return context.once(
                "f", f"{subquery('COUNT', *first, f'WITH {node} LIMIT {FEW}', f'RETURN {node}')} < {FEW}"
            )
    return ""


def _label(context: Context, test: Test, cls: Iri) -> str | None:
    """The label through which an index counts what meets a test."""
    names = context.names
    if test.op in _UNINDEXED or not isinstance(test.leaf, ValueLeaf | LabelLeaf):
        return None
    if isinstance(test.leaf, ValueLeaf) and names.wide(test.leaf.field) is None:
        return None
    return index_label(names.model, cls, names.key_of(test.leaf))


def either(few: str, node: str, rare: str, common: str) -> str:
    """The nodes of the one clauses or the other, in their order.

    A list of nodes that is gone through again: in a CALL with a UNION, Neo4j reads no index in its order.
    """
    found = [collect(clauses, f"RETURN {node}") for clauses in (rare, common)]
    return f"UNWIND CASE WHEN {few} THEN {found[0]} ELSE {found[1]} END AS {node}"
