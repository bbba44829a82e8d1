"""What a batch of nodes becomes in the database: the one place that both ways of writing it take it from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kaigraph.loaders.graph import Fact, Slot
from kaigraph.loaders.neo4j.disputes import Disputes, contradicts
from kaigraph.loaders.neo4j.edges import Edge, EdgeMaker, Names
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.mapping import CONTRADICTED, DISPUTED, DISPUTED_KEYS, HASH, PART, mapping_of
from kaigraph.loaders.neo4j.plan_load import Todo
from kaigraph.loaders.neo4j.records import NodeMaker, Properties
from kaigraph.loaders.neo4j.said import fact_records
from kaigraph.ontology.model import Model

#: What every relationship that follows from others says of itself.
DERIVED: Properties = {"_derived": True}


class Content:
    """Makes the nodes, relationships and records of facts of one Model and one dataset."""

    def __init__(self, model: Model, claims: Names, contested: Iterable[Slot] = ()) -> None:
        """Take the names of the graphs that are claims, and what these give different values of."""
        self._mapping = mapping_of(model)
        self._nodes = NodeMaker(model)
        self._edges = EdgeMaker(model, claims)
        self._disputes = Disputes(contested)

    def nodes(self, batch: Iterable[Todo]) -> Iterator[tuple[list[str], Properties]]:
        """The labels and properties of each node, without its digest."""
        return map(self._node, batch)

    def _node(self, todo: Todo) -> tuple[list[str], Properties]:
        labels, properties = self._nodes.make(todo.node, todo.facts)
        return labels, properties | self._marks(todo.facts)

    def _marks(self, facts: Sequence[Fact]) -> Properties:
        """What is disputed of a node, and whether it is a claim that another one contradicts."""
        keys = sorted({self._mapping.key(f.predicate.value) for f in self._disputes.among(facts)})
        found: Properties = {DISPUTED: True, DISPUTED_KEYS: keys} if keys else {}
        return found | {CONTRADICTED: True} if contradicts(facts) else found

    def edges(self, batch: Iterable[Todo]) -> Iterator[Edge]:
        """The relationships that the nodes own."""
        for todo in batch:
            yield from self._edges.make(todo.node, todo.facts, self._disputes.among(todo.facts))

    def facts(self, batch: Iterable[Todo]) -> Iterator[tuple[str, Properties]]:
        """The `_id` of a node, and a record of the facts about it."""
        return ((id_key(todo.node), record) for todo in batch for record in fact_records(todo.facts))

    def rows(self, batch: Iterable[Todo]) -> list[list[object]]:
        """Nodes as a statement takes them, without digests: labels, properties, records of facts."""
        found: list[list[object]] = []
        for todo in batch:
            labels, properties = self._node(todo)
            properties[HASH] = ""
            found.append([labels, properties, fact_records(todo.facts)])
        return found

    def links(self, batch: Iterable[Todo]) -> tuple[list[list[object]], list[list[object]]]:
        """Each node with its digest and the relationships that start at it; then those that start at others."""
        own: list[list[object]] = []
        others: list[list[object]] = []
        for todo in batch:
            key, out = id_key(todo.node), list[list[object]]()
            for edge in self._edges.make(todo.node, todo.facts, self._disputes.among(todo.facts)):
                if edge.start == key:
                    out.append([edge.type, edge.end, edge.properties])
                else:
                    others.append([edge.type, edge.start, edge.end, edge.properties])
            own.append([key, todo.digest, out])
        return own, others


def part_edges(pairs: Iterable[list[str]]) -> Iterator[Edge]:
    """What is part of what, as relationships."""
    return (Edge(PART, part, whole, DERIVED) for part, whole in pairs)
