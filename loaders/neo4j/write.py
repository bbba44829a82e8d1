"""Bring the database from what it holds to what was resolved: the difference, in batches.

The unit is a node with all facts of which it is the subject, as in the embedded store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, LiteralString

from neo4j import Driver, ManagedTransaction, Session
from pyoxigraph import NamedNode

from kaigraph.loaders.ahead import ahead
from kaigraph.loaders.graph import Fact, Resolved, Term
from kaigraph.loaders.neo4j import statements as cypher
from kaigraph.loaders.neo4j.check import check_server, checked, is_complete, is_made_otherwise, not_ours
from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.content import Content
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.index import quoted
from kaigraph.loaders.neo4j.indexes import make_indexes
from kaigraph.loaders.neo4j.mapping import mapping_of
from kaigraph.loaders.neo4j.plan_load import Difference, Todo, difference, meta_of, size_of
from kaigraph.loaders.neo4j.said import facts_of
from kaigraph.loaders.neo4j.work import InMany, InOne, Runner, alone, window
from kaigraph.loaders.store import Changes, Count
from kaigraph.ontology.model import Model

#: What has been written, of how much: nodes and facts.
Progress = Callable[[int, int], None]

#: What one transaction takes, in batches.
Step = Sequence[Sequence[Todo]]

_FILLED = 10_000  # nodes in a transaction


def write(driver: Driver, target: Target, resolved: Resolved, model: Model, limit: int, progress: Progress) -> Changes:
    """Make the database hold exactly what was resolved.

    Raises:
        StoreRefused: it holds what is not ours, or data of another Model.
        StoreUnavailable: another load is under way.
    """
    with driver.session(database=target.database) as session:
        is_first = checked(session, target, model, to_write=True) is None and len(resolved.facts) > limit
        check_server(session, target)
        # Before the lock is held: an index waits for every older transaction.
        make_indexes(session, model, only_unique=is_first)
    with alone(driver, target), driver.session(database=target.database) as session:
        changes = _written(driver, target, session, _Given(resolved, model, limit, progress, ends=not is_first))
    if is_first:
        with driver.session(database=target.database) as session:
            _end_late(session, model)
    return changes


@dataclass(frozen=True, slots=True)
class _Given:
    """What a load is given."""

    resolved: Resolved
    model: Model
    limit: int
    progress: Progress
    ends: bool  # whether readers may be let in when all is written


def _written(driver: Driver, target: Target, session: Session, given: _Given) -> Changes:
    """The difference, while nobody else loads."""
    before = checked(session, target, given.model, to_write=True)
    if before is not None:
        _fill(session)
    old = _old(session, target) if before is not None else ()
    anew = before is not None and is_made_otherwise(before, given.model)
    with difference(old, given.resolved, given.model, anew=anew) as found:
        load = _Load(given, found, is_first=before is None)
        if before is not None and load.is_done(before):
            return Changes(Count(), Count(), found.version)
        if found.size <= given.limit and (before is None or is_complete(before)):
            with window(driver, target) as commits:
                return session.execute_write(lambda tx: load.in_one(tx, commits))
        changes = load.run(InMany(session))
        session.execute_write(lambda tx: tx.run(cypher.SHUT).consume())
        return changes


def _end_late(session: Session, model: Model) -> None:
    """After a first load in steps: the indexes, of what is there now, and the end, if no other load came in between."""
    load = session.run(cypher.LOADS).single(strict=True)["load"]
    make_indexes(session, model)
    session.execute_write(lambda tx: tx.run(cypher.END_LATE, load=load).consume())


def _old(session: Session, target: Target) -> Iterator[tuple[str, str]]:
    """The ids and digests of the nodes that are there."""
    for record in session.run(cypher.OLD):
        if record["id"] is None:
            raise not_ours("Resource, without an id", target)
        yield record["id"], record["hash"]


def _fill(session: Session) -> None:
    """Give nodes that were imported in bulk what no such import can."""
    while session.execute_write(lambda tx: tx.run(cypher.FILL, most=_FILLED).single(strict=True)["filled"]):
        pass


class _Load:
    """One load."""

    def __init__(self, given: _Given, found: Difference, *, is_first: bool) -> None:
        self._is_first = is_first  # of an empty database, which need not be asked what it holds
        self._resolved = given.resolved
        self._model = given.model
        self._found = found
        self._progress = given.progress
        self._limit = given.limit
        self._ends = given.ends
        self._content = Content(given.model, found.claims, given.resolved.contested)
        self._via = [quoted(t) for t in mapping_of(given.model).contracted.values()]
        self._counts: Counter[str] = Counter()
        self._written = 0

    def is_done(self, meta: Mapping[str, Any]) -> bool:
        """Whether nothing is different, and no load was left half done."""
        found = self._found
        return not (found.nodes or found.anew) and is_complete(meta) and meta["version"] == found.version

    def in_one(self, tx: ManagedTransaction, commits: Callable[[], None]) -> Changes:
        """All steps in one transaction, which is committed next."""
        changes = self.run(InOne(tx))
        commits()
        return changes

    def run(self, runner: Runner) -> Changes:
        """All steps, in an order in which each can be done again."""
        self._counts.clear()
        self._written = 0
        steps = partial(self._found.steps, self._limit)
        runner.run(self._begin)
        while self._found.anew and runner.run(_unlink):
            pass
        again = self._found.again
        for step in steps(*again, "gone"):
            self._counts += runner.run(partial(self._clear, step))
        for step in steps("gone"):
            runner.run(partial(self._delete, step, self._written))
        for step in steps("new"):
            runner.run(partial(self._nodes, step, cypher.CREATE))
        for step in steps(*again):
            runner.run(partial(self._nodes, step, cypher.CHANGE))
        for step in steps("new", *again):
            runner.run(partial(self._rest, step, self._written))
        runner.run(self._parts)
        runner.run(self._about)
        if self._ends:
            runner.run(lambda tx: tx.run(cypher.END).consume())  # a step of its own: who sees it sees all before it
        return self._changes()

    def _tell(self, batch: Iterable[Todo]) -> None:
        self._written += size_of(batch)
        self._progress(self._written, self._found.size)

    def _begin(self, tx: ManagedTransaction) -> None:
        """Say that a load is under way; within one transaction nobody sees that."""
        tx.run(cypher.FIRST, meta=meta_of(self._resolved, self._model, "")).consume()
        tx.run(cypher.BEGIN).consume()
        if self._found.anew:
            tx.run(cypher.BEGIN_ANEW).consume()

    def _clear(self, step: Step, tx: ManagedTransaction) -> Counter[str]:
        """Take out what nodes own, and count what is different about each."""
        counts = Counter[str]()
        for batch in step:
            by_id = {todo.node: todo for todo in batch}
            for node, records in tx.run(cypher.OLD_FACTS, rows=_keys(batch)):
                before = {_identity(f): f for record in records for f in facts_of(node, record)}
                counts += _counted(before, {_identity(f): f for f in by_id[node].facts})
            for statement in cypher.CLEAR:
                _run(tx, statement, _keys(batch))
            for via in self._via:
                _run(tx, cypher.DELETE_VIA.format(type=via), _keys(batch))  # a name of the Model
        return counts

    def _delete(self, step: Step, written: int, tx: ManagedTransaction) -> None:
        self._written = written
        for batch in step:
            _run(tx, cypher.DELETE, _keys(batch))
            self._tell(batch)

    def _nodes(self, step: Step, statement: LiteralString, tx: ManagedTransaction) -> None:
        """The nodes with the records of their facts, but with no digest: they are not done."""
        for rows in ahead(map(self._content.rows, step)):
            _run(tx, statement, rows)

    def _rest(self, step: Step, written: int, tx: ManagedTransaction) -> None:
        """What nodes own beside these, and their digests."""
        self._written = written
        for batch, (own, others) in zip(step, ahead(map(self._content.links, step)), strict=True):
            _run(tx, cypher.DONE, own)
            _run(tx, cypher.EDGES, others)
            self._tell(batch)

    def _parts(self, tx: ManagedTransaction) -> None:
        there = () if self._is_first else tx.run(cypher.PARTS)
        self._found.compare_parts((part, whole) for part, whole in there)
        for batch in self._found.parts_gone():
            _run(tx, cypher.PARTS_GONE, batch)
        for batch in self._found.parts_new():
            _run(tx, cypher.PARTS_NEW, batch)

    def _about(self, tx: ManagedTransaction) -> None:
        """What the store says of itself, and the one source of data without claims."""
        dataset = self._resolved.dataset
        source = "" if dataset.is_claims else id_key(dataset.source)
        if not self._is_first:
            tx.run(cypher.PLAIN_GONE, id=source).consume()
        if source:
            tx.run(cypher.PLAIN, id=source).consume()
        tx.run(cypher.META, meta=meta_of(self._resolved, self._model, self._found.version)).consume()

    def _changes(self) -> Changes:
        found, counts = self._found, self._counts
        facts = Count(counts["+"] + found.new_facts, counts["-"], counts["~"])
        return Changes(found.nodes, facts, found.version)


def _unlink(tx: ManagedTransaction) -> int:
    """Take out contracted edges, whose types only the other Model knows; how many that were."""
    gone: int = tx.run(cypher.UNLINK, most=_FILLED).single(strict=True)["gone"]
    return gone


_Identity = tuple[NamedNode, Term]


def _identity(fact: Fact) -> _Identity:
    return fact.predicate, fact.object


def _counted(before: Mapping[_Identity, Fact], now: Mapping[_Identity, Fact]) -> Counter[str]:
    """How many facts came, went and changed."""
    changed = sum(_standing(before[k]) != _standing(now[k]) for k in now.keys() & before.keys())
    return Counter({"+": len(now.keys() - before.keys()), "-": len(before.keys() - now.keys()), "~": changed})


def _standing(fact: Fact) -> tuple[object, ...]:
    return fact.current, fact.disputed, sorted(fact.spans), sorted(fact.graphs), sorted(fact.also)


def _keys(batch: Iterable[Todo]) -> list[str]:
    return [id_key(todo.node) for todo in batch]


def _run(tx: ManagedTransaction, statement: LiteralString, rows: list[Any]) -> None:
    """Run a statement that takes one list, unless that is empty, and empty the list: it is sent by then.

    The driver keeps what each statement was given for as long as the transaction lasts, and in cycles after that.
    """
    if rows:
        tx.run(statement, rows=rows)
        rows.clear()
