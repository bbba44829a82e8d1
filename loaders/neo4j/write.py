"""Bring the database from what it holds to what was resolved: the difference, in batches.

The unit is a node with all facts of which it is the subject, as in the embedded store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, LiteralString, cast

from neo4j import Driver, ManagedTransaction, Query, Session
from pyoxigraph import NamedNode

from kaigraph.loaders.graph import Fact, Resolved, Term
from kaigraph.loaders.neo4j import statements as cypher
from kaigraph.loaders.neo4j.check import COMPLETE, LOADING, checked
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.indexes import make_indexes, quoted
from kaigraph.loaders.neo4j.mapping import HASH, mapping_of
from kaigraph.loaders.neo4j.plan_load import Difference, difference, meta_of, parts_of, version
from kaigraph.loaders.neo4j.records import NodeRecord, RecordMaker
from kaigraph.loaders.neo4j.said import fact_records, facts_of
from kaigraph.loaders.neo4j.work import InMany, InOne, Runner, alone
from kaigraph.loaders.store import Changes, Count
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model

#: How many nodes and facts one transaction takes. A larger load is written in steps, and readers are told to wait.
ONE_TRANSACTION = 50_000

Progress = Callable[[int, int], None]


def write(
    driver: Driver, target: Target, resolved: Resolved, model: Model, limit: int, progress: Progress
) -> Changes:
    """Make the database hold exactly what was resolved.

    Raises:
        StoreRefused: it holds what is not ours, or data of another Model.
        StoreUnavailable: another load is under way.
    """
    with driver.session(database=target.database) as session:
        checked(session, target, model)
        make_indexes(session, model)  # before the lock is held: an index waits for every older transaction
    with alone(driver, target), driver.session(database=target.database) as session:
        before = checked(session, target, model)
        old = {record["id"]: record["hash"] for record in session.run(cypher.OLD)}
        found = difference(old, resolved)
        load = _Load(resolved, model, found, progress)
        if before is not None and load.is_done(before):
            return Changes(Count(), Count(), load.version)
        if found.size() <= limit and (before is None or before["state"] == COMPLETE):
            return session.execute_write(lambda tx: load.run(InOne(tx), COMPLETE))
        return load.run(InMany(session), LOADING)


class _Load:
    """One load."""

    def __init__(self, resolved: Resolved, model: Model, found: Difference, progress: Progress) -> None:
        self._resolved = resolved
        self._model = model
        self._found = found
        self._progress = progress
        self._maker = RecordMaker(model, found.claims)
        self._via = [quoted(t) for t in mapping_of(model).contracted.values()]
        self.version = version(resolved.dataset, found.hashes)
        self._counts: Counter[str] = Counter()

    def is_done(self, meta: Any) -> bool:
        """Whether nothing is different, and no load was left half done."""
        found = self._found
        return (
            not (found.new or found.changed or found.gone)
            and meta["state"] == COMPLETE
            and meta["version"] == self.version
        )

    def run(self, runner: Runner, state: str) -> Changes:
        """All steps, in an order in which each can be done again."""
        self._counts.clear()
        found = self._found
        runner.run(lambda tx: self._begin(tx, state))
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
        runner.run(self._end)
        return self._changes()

    def _begin(self, tx: ManagedTransaction, state: str) -> None:
        """Say that a load is under way; within one transaction nobody sees that."""
        meta = {"format": 0, "load": 0, "version": "", **meta_of(self._resolved.dataset, self._model, "")}
        first = "MERGE (m:Meta_ {_id: 'meta'}) ON CREATE SET m += $meta SET m.state = $state, m.load = m.load + 1"
        tx.run(first, meta=meta, state=state).consume()

    def _clear(self, tx: ManagedTransaction, batch: Sequence[str]) -> dict[str, dict[_Identity, Fact]]:
        """Take out what nodes own, and return what was said of them."""
        ids = _keys(batch)
        old: dict[str, dict[_Identity, Fact]] = {}
        for node, records in tx.run(cypher.OLD_FACTS, ids=ids):
            old[node] = {_identity(f): f for record in records for f in facts_of(node, record)}
        for statement in cypher.CLEAR:
            _run(tx, statement, ids=ids)
        for via in self._via:
            _run(tx, cast("LiteralString", cypher.DELETE_VIA.format(type=via)), ids=ids)  # a name of the Model
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
        rows = [_row(self._record(node)) for node in batch]
        if statement is cypher.CREATE:
            there = {i for (i,) in tx.run(cypher.UNDONE, ids=_keys(batch))}
            rows = [row for row in rows if row["properties"]["_id"] not in there]
        _run(tx, statement, rows=rows)

    def _rest(self, tx: ManagedTransaction, batch: Sequence[str]) -> None:
        """All that nodes own, and their digests. A batch that was committed before a retry is left as it is."""
        undone = {i for (i,) in tx.run(cypher.UNDONE, ids=_keys(batch))}
        todo = [node for node in batch if id_key(node) in undone]
        edges = [
            {"type": e.type, "start": e.start, "end": e.end, "properties": e.properties}
            for node in todo
            for e in self._record(node).edges
        ]
        facts = [{"id": id_key(n), "record": r} for n in todo for r in fact_records(self._found.facts[n])]
        _run(tx, cypher.EDGES, rows=edges)
        _run(tx, cypher.FACTS, rows=facts)
        _run(tx, cypher.DONE, rows=[{"id": id_key(n), "hash": self._found.hashes[n]} for n in todo])

    def _record(self, node: str) -> NodeRecord:
        return self._maker.make(node, self._found.facts[node])

    def _parts(self, tx: ManagedTransaction) -> None:
        wanted = parts_of(self._resolved, self._model)
        there = {(part, whole) for part, whole in tx.run(cypher.PARTS)}
        _run(tx, cypher.PARTS_GONE, rows=[list(p) for p in sorted(there - wanted)])
        _run(tx, cypher.PARTS_NEW, rows=[list(p) for p in sorted(wanted - there)])

    def _end(self, tx: ManagedTransaction) -> None:
        """The load is complete."""
        dataset = self._resolved.dataset
        source = "" if dataset.is_claims else id_key(dataset.source)
        tx.run(cypher.PLAIN_GONE, id=source).consume()
        if source:
            tx.run(cypher.PLAIN, id=source).consume()
        meta = {**meta_of(dataset, self._model, self.version), "state": COMPLETE}
        tx.run(cypher.META, meta=meta).consume()

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


def _row(record: NodeRecord) -> dict[str, Any]:
    return {"labels": list(record.labels), "properties": {**record.properties, HASH: ""}}


def _keys(nodes: Iterable[str]) -> list[str]:
    return [id_key(node) for node in nodes]


def _run(tx: ManagedTransaction | Session, statement: LiteralString, **rows: list[Any]) -> None:
    """Run a statement that takes one list, unless that is empty."""
    if any(rows.values()):
        tx.run(cast("Any", Query(statement).text), **rows).consume()


__all__ = ["ONE_TRANSACTION", "Progress", "node_id", "write"]
