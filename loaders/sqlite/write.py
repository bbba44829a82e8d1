"""Bring the embedded store from what it holds to what was resolved: the difference, in one transaction.

The unit is a node with all facts of which it is the subject: their digest tells whether anything is different.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby

import apsw
from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact, Resolved
from kaigraph.loaders.layout import Layout
from kaigraph.loaders.rows import NodeRows, RowMaker, digest
from kaigraph.loaders.sqlite.batch import Batch
from kaigraph.loaders.sqlite.derived import write_derived
from kaigraph.loaders.sqlite.old import Identity, clear, identity, standing
from kaigraph.loaders.sqlite.schema import VALUE_COLUMNS, indexes, member_columns, node_columns, quoted, tables
from kaigraph.loaders.store import Changes, Count
from kaigraph.loaders.terms import language_tag, node_id, node_term
from kaigraph.ontology.model import Iri, Model


def write(connection: apsw.Connection, resolved: Resolved, model: Model, layout: Layout) -> Changes:
    """Make the store hold exactly what was resolved. The caller holds the transaction."""
    is_new = not connection.pragma("application_id")
    if is_new:
        connection.execute(tables(layout))
    changes = _Load(connection, resolved, model, layout).run()
    if is_new:
        connection.execute(indexes(layout))
    if changes or is_new:
        connection.execute("ANALYZE")
    return changes


def write_anew(connection: apsw.Connection, resolved: Resolved, model: Model, layout: Layout) -> None:
    """The same from nothing, whatever there is."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        connection.execute(f"DROP TABLE {quoted(str(name))}")
    connection.pragma("application_id", 0)
    write(connection, resolved, model, layout)


def _columns(layout: Layout) -> dict[str, Sequence[str]]:
    return {
        "node": node_columns(layout),
        "value": VALUE_COLUMNS,
        "edge": ("prop", "s", "o"),
        "member": member_columns(layout),
        "fact": ("f", "s", "p", "o", "text", "datatype", "lang", "current", "disputed"),
        "span": ("f", "since", "until"),
        "support": ("f", "g", "exact"),
    }


class _Load:
    """One load."""

    def __init__(self, connection: apsw.Connection, resolved: Resolved, model: Model, layout: Layout) -> None:
        self._db = connection
        self._resolved = resolved
        self._model = model
        self._layout = layout
        self._old: dict[str, tuple[int, bytes]] = {
            str(i): (n, h) for i, n, h in connection.execute("SELECT id, n, hash FROM node")
        }
        self._numbers = {i: n for i, (n, _) in self._old.items()}
        self._graphs: dict[str, int] = dict(connection.execute("SELECT name, g FROM graph"))
        self._next_fact = (connection.execute("SELECT max(f) FROM fact").get or 0) + 1
        self._counts: Counter[str] = Counter()
        self._properties = self._property_numbers()
        self._rows = RowMaker(model, layout, self._properties)
        self._batch = Batch(connection, _columns(layout))
        self._source = "" if resolved.dataset.is_claims else resolved.dataset.source

    def run(self) -> Changes:
        """Write the difference, and say what it was."""
        wanted = self._wanted()
        self._number(wanted)
        gone = [i for i in self._old if i not in wanted]
        for subject, facts in groupby(self._resolved.facts, key=lambda f: f.subject):
            wanted.pop(node_id(subject))
            self._node(node_id(subject), list(facts))
        for node in wanted:  # nothing is said of these
            self._node(node, [])
        self._remove(gone)
        self._batch.flush()
        version = write_derived(self._db, self._resolved, self._model, self._layout, self._numbers, self._graphs)
        return Changes(self._count("node"), self._count("fact"), version)

    def _count(self, kind: str) -> Count:
        return Count(*(self._counts[sign + kind] for sign in "+-~"))

    def _property_numbers(self) -> Mapping[Iri, int]:
        """The numbers of all properties: those of the layout, then the others, in the order of their coming."""
        numbers = dict(self._layout.numbers)
        numbers.update((iri, p) for iri, p in self._db.execute("SELECT iri, p FROM property"))
        last = max(numbers.values())
        for iri in sorted({f.predicate.value for f in self._resolved.facts} - numbers.keys()):
            numbers[iri] = last = last + 1
        rows = [(p, iri) for iri, p in numbers.items()]
        self._db.executemany("INSERT OR IGNORE INTO property (p, iri) VALUES (?, ?)", rows)
        return numbers

    def _wanted(self) -> dict[str, None]:
        """The ids of all nodes, in order: whatever stands as a subject or an object, and the source of plain data."""
        facts = self._resolved.facts
        ends = chain.from_iterable((f.subject, f.object) for f in facts)
        found = {node_id(t) for t in ends if not isinstance(t, Literal)}
        if self._source:
            found.add(self._source)
        return dict.fromkeys(sorted(found))

    def _number(self, wanted: Iterable[str]) -> None:
        """New nodes get new numbers; old ones keep theirs."""
        last = max(self._numbers.values(), default=0)
        for node in wanted:
            if node not in self._numbers:
                self._numbers[node] = last = last + 1

    def _remove(self, gone: Sequence[str]) -> None:
        """Take out nodes, their own rows last: until then, what was said of others may lead to them."""
        numbers = [self._numbers.pop(node) for node in gone]
        self._counts["-fact"] += sum(len(clear(self._db, number)) for number in numbers)
        self._counts["-node"] += len(gone)
        self._db.executemany("DELETE FROM node WHERE n = ?", [(number,) for number in numbers])

    def _node(self, node: str, facts: list[Fact]) -> None:
        old, new = self._old.get(node), digest(facts)
        if old is not None and old[1] == new:
            return
        number = self._numbers[node]
        self._compare(clear(self._db, number) if old else None, facts)
        rows = self._rows.make(node_term(node), facts)
        self._batch.add("node", number, node, rows.cls, new, *rows.labels, *rows.wide)
        self._add_rows(number, node, rows)
        for fact in facts:
            self._fact(number, fact)

    def _compare(self, before: Mapping[Identity, Identity] | None, facts: Sequence[Fact]) -> None:
        """Count what is different about one node."""
        if before is None:
            self._counts["+node"] += 1
            self._counts["+fact"] += len(facts)
            return
        now = {identity(f): standing(f) for f in facts}
        self._counts["~node"] += 1
        self._counts["+fact"] += len(now.keys() - before.keys())
        self._counts["-fact"] += len(before.keys() - now.keys())
        self._counts["~fact"] += sum(before[k] != now[k] for k in now.keys() & before.keys())

    def _add_rows(self, number: int, node: str, rows: NodeRows) -> None:
        for value in rows.values:
            self._batch.add("value", number, *value)
        for prop, end in rows.edges:
            self._batch.add("edge", prop, number, self._numbers[end])
        for cls in rows.members:
            self._batch.add("member", cls, node, number, *rows.labels[1:-1:2])

    def _fact(self, subject: int, fact: Fact) -> None:
        f, value = self._next_fact, fact.object
        self._next_fact += 1
        term: tuple[int | None, str | None, str | None, str | None]
        if isinstance(value, Literal):
            term = None, value.value, value.datatype.value, language_tag(value)
        else:
            term = self._numbers[node_id(value)], None, None, None
        p = self._properties[fact.predicate.value]
        self._batch.add("fact", f, subject, p, *term, int(fact.current), int(fact.disputed))
        for graph in fact.graphs:
            self._batch.add("support", f, self._graph(graph), 1)
        for graph in fact.also:
            self._batch.add("support", f, self._graph(graph), 0)
        for since, until in fact.spans:
            self._batch.add("span", f, since, until)

    def _graph(self, name: str) -> int:
        if name not in self._graphs:
            self._graphs[name] = max(self._graphs.values(), default=-1) + 1
        return self._graphs[name]
