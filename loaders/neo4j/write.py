"""Bring the database from what it holds to what was resolved: the difference, in batches.

The unit is a node with all facts of which it is the subject, as in the embedded store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, LiteralString

from neo4j import Driver, ManagedTransaction
from pyoxigraph import NamedNode

from kaigraph.loaders.graph import Fact, Resolved, Term
from kaigraph.loaders.neo4j import statements as cypher
from kaigraph.loaders.neo4j.check import check_server, checked, is_complete
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.edges import EdgeMaker
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.indexes import make_indexes, quoted
from kaigraph.loaders.neo4j.mapping import HASH, mapping_of
from kaigraph.loaders.neo4j.plan_load import Difference, difference, meta_of, parts_of, version
from kaigraph.loaders.neo4j.records import NodeMaker
from kaigraph.loaders.neo4j.said import fact_records, facts_of
from kaigraph.loaders.neo4j.work import InMany, InOne, Runner, alone, window
from kaigraph.loaders.store import Changes, Count
from kaigraph.ontology.model import Model

#: How many nodes and facts one transaction takes. A larger load is written in steps, and readers are told to wait.
ONE_TRANSACTION = 50_000

Progress = Callable[[int, int], None]


def write(driver: Driver, target: Target, resolved: Resolved, model: Model, limit: int, progress: Progress) -> Changes:
    """Make the database hold exactly what was resolved.

    Raises:
        StoreRefused: it holds what is not ours, or data of another Model.
        StoreUnavailable: another load is under way.
    """
    with driver.session(database=target.database) as session:
        checked(session, target, model)
        check_server(session, target)
        make_indexes(session, model)  # before the lock is held: an index waits for every older transaction
    with alone(driver, target), driver.session(database=target.database) as session:
        before = checked(session, target, model)
        old = {record["id"]: record["hash"] for record in session.run(cypher.OLD)}
        found = difference(old, resolved)
        load = _Load(resolved, model, found, progress)
        if before is not None and load.is_done(before):
            return Changes(Count(), Count(), load.version)
        if found.size() <= limit and (before is None or is_complete(before)):
            with window(driver, target) as commits:
                return session.execute_write(lambda tx: load.in_one(tx, commits))
        return load.run(InMany(session))


class _Load:
    """One load."""

    def __init__(self, resolved: Resolved, model: Model, found: Difference, progress: Progress) -> None:
        self._resolved = resolved
        self._model = model
        self._found = found
        self._progress = progress
        self._node_maker, self._edge_maker = NodeMaker(model), EdgeMaker(model, found.claims)
        self._via = [quoted(t) for t in mapping_of(model).contracted.values()]
        self.version = version(resolved.dataset, found.hashes)
        self._counts: Counter[str] = Counter()

    def is_done(self, meta: Mapping[str, Any]) -> bool:
        """Whether nothing is different, and no load was left half done."""
        found = self._found
        return not (found.new or found.changed or found.gone) and is_complete(meta) and meta["version"] == self.version

    def in_one(self, tx: ManagedTransaction, commits: Callable[[], None]) -> Changes:
        """All steps in one transaction, which is committed next."""
        changes = self.run(InOne(tx))
        commits()
        return changes

    def run(self, runner: Runner) -> Changes:
        """All steps, in an order in which each can be done again."""
        self._counts.clear()
        found = self._found
        runner.run(self._begin)
        for batch in found.batches((*found.changed, *found.gone)):
            self._count_old(runner.run(lambda tx, b=batch: self._clear(tx, b)), batch)  # type: ignore[misc]  # mypy infers no type for a lambda with a default
        for batch in found.batches(found.gone):
            runner.run(lambda tx, b=batch: _run(tx, cypher.DELETE, ids=_keys(b)))  # type: ignore[misc]  # as above
        for batch in found.batches(found.new):
            runner.run(lambda tx, b=batch: self._nodes(tx, b, cypher.CREATE))  # type: ignore[misc]  # as above
        for batch in found.batches(found.changed):
            runner.run(lambda tx, b=batch: self._nodes(tx, b, cypher.CHANGE))  # type: ignore[misc]  # as above
        written, size = 0, found.size()
        for batch in found.batches((*found.new, *found.changed)):
            runner.run(lambda tx, b=batch: self._rest(tx, b))  # type: ignore[misc]  # as above
            written += sum(1 + len(found.facts[n]) for n in batch)
            self._progress(written, size)
        runner.run(self._parts)
        runner.run(self._about)
        runner.run(lambda tx: tx.run(cypher.END).consume())  # a step of its own: who sees it sees all before it
        return self._changes()

    def _begin(self, tx: ManagedTransaction) -> None:
        """Say that a load is under way; within one transaction nobody sees that."""
        tx.run(cypher.FIRST, meta=meta_of(self._resolved.dataset, self._model, "")).consume()
        tx.run(cypher.BEGIN).consume()

    def _clear(self, tx: ManagedTransaction, batch: Sequence[str]) -> dict[str, dict[_Identity, Fact]]:
        """Take out what nodes own, and return what was said of them."""
        ids = _keys(batch)
        old: dict[str, dict[_Identity, Fact]] = {}
        for node, records in tx.run(cypher.OLD_FACTS, ids=ids):
            old[node] = {_identity(f): f for record in records for f in facts_of(node, record)}
        for statement in cypher.CLEAR:
            _run(tx, statement, ids=ids)
        for via in self._via:
            _run(tx, cypher.DELETE_VIA.format(type=via), ids=ids)  # a name of the Model
        return old

    def _count_old(self, old: dict[str, dict[_Identity, Fact]], batch: Sequence[str]) -> None:
        for node in batch:
            before = old.get(node, {})
            now = {_identity(f): f for f in self._found.facts.get(node, ())}
            self._counts["+fact"] += len(now.keys() - before.keys())
            self._counts["-fact"] += len(before.keys() - now.keys())
            self._counts["~fact"] += sum(_standing(before[k]) != _standing(now[k]) for k in now.keys() & before.keys())

    def _nodes(self, tx: ManagedTransaction, batch: Sequence[str], statement: LiteralString) -> None:
        """The nodes alone, with no digest: they are not done. New ones that are there were made before a retry."""
        rows = [self._row(node) for node in batch]
        if statement is cypher.CREATE:
            there = _undone(tx, batch)
            rows = [row for row in rows if row["properties"]["_id"] not in there]
        _run(tx, statement, rows=rows)

    def _rest(self, tx: ManagedTransaction, batch: Sequence[str]) -> None:
        """All that nodes own, and their digests. A batch that was committed before a retry is left as it is."""
        undone = _undone(tx, batch)
        todo = [node for node in batch if id_key(node) in undone]
        edges: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for edge in (e for node in todo for e in self._edge_maker.make(node, self._found.facts[node])):
            edges[edge.type].append({"start": edge.start, "end": edge.end, "properties": edge.properties})
        facts = [{"id": id_key(n), "record": r} for n in todo for r in fact_records(self._found.facts[n])]
        for type_ in sorted(edges):
            tx.run(cypher.EDGES, {"rows": edges[type_], "type": type_})
        _run(tx, cypher.FACTS, rows=facts)
        _run(tx, cypher.DONE, rows=[{"id": id_key(n), "hash": self._found.hashes[n]} for n in todo])

    def _row(self, node: str) -> dict[str, Any]:
        labels, properties = self._node_maker.make(node, self._found.facts[node])
        return {"labels": labels, "properties": {**properties, HASH: ""}}

    def _parts(self, tx: ManagedTransaction) -> None:
        wanted = parts_of(self._resolved, self._model)
        there = {(part, whole) for part, whole in tx.run(cypher.PARTS)}
        _run(tx, cypher.PARTS_GONE, rows=[list(p) for p in sorted(there - wanted)])
        _run(tx, cypher.PARTS_NEW, rows=[list(p) for p in sorted(wanted - there)])

    def _about(self, tx: ManagedTransaction) -> None:
        """What the store says of itself, and the one source of data without claims."""
        dataset = self._resolved.dataset
        source = "" if dataset.is_claims else id_key(dataset.source)
        tx.run(cypher.PLAIN_GONE, id=source).consume()
        if source:
            tx.run(cypher.PLAIN, id=source).consume()
        tx.run(cypher.META, meta=meta_of(dataset, self._model, self.version)).consume()

    def _changes(self) -> Changes:
        found, counts = self._found, self._counts
        added = counts["+fact"] + sum(len(found.facts[n]) for n in found.new)
        nodes = Count(len(found.new), len(found.gone), len(found.changed))
        return Changes(nodes, Count(added, counts["-fact"], counts["~fact"]), self.version)


_Identity = tuple[NamedNode, Term]


def _identity(fact: Fact) -> _Identity:
    return fact.predicate, fact.object


def _standing(fact: Fact) -> tuple[object, ...]:
    return fact.current, fact.disputed, sorted(fact.spans), sorted(fact.graphs), sorted(fact.also)


def _undone(tx: ManagedTransaction, batch: Sequence[str]) -> set[str]:
    """The `_id`s of those nodes of a batch that are there without a digest."""
    return set(tx.run(cypher.UNDONE, ids=_keys(batch)).single(strict=True)["ids"])


def _keys(nodes: Iterable[str]) -> list[str]:
    return [id_key(node) for node in nodes]


def _run(tx: ManagedTransaction, statement: LiteralString, **rows: list[Any]) -> None:
    """Run a statement that takes one list, unless that is empty. The next batch is made while the server works."""
    if any(rows.values()):
        tx.run(statement, dict(rows))


__all__ = ["ONE_TRANSACTION", "Progress", "write"]
