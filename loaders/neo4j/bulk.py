"""A whole database as the files that `neo4j-admin database import full` reads.

The same nodes and relationships as those of the other writer (`kaigraph.loaders.neo4j.write`): both take them from
`kaigraph.loaders.neo4j.content`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kaigraph.loaders.graph import Fact, Resolved
from kaigraph.loaders.neo4j.bulk_files import DELIMITER, DELIMITERS, DelimiterFound, Table, fillable
from kaigraph.loaders.neo4j.bulk_script import after_import, arguments
from kaigraph.loaders.neo4j.content import Content, part_edges
from kaigraph.loaders.neo4j.edges import Edge
from kaigraph.loaders.neo4j.folder import whole
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.mapping import CLASS, FACTS, FACTS_OF, HASH, ID_KEY, LOCK, META, PLAIN, UNFILLED, WINDOW
from kaigraph.loaders.neo4j.plan_load import Difference, Todo, difference, meta_of, size_of
from kaigraph.loaders.neo4j.records import Properties, Value
from kaigraph.loaders.neo4j.write import Progress
from kaigraph.ontology.errors import BadUse
from kaigraph.ontology.model import Model

ARGUMENTS, AFTER = "import.args", "after-import.cypher"

_NODE = (f"{ID_KEY}:ID(node)", ":LABEL")
_FACTS = (":ID(facts){id-type:long}", ":LABEL")
_OWN = (f"{ID_KEY}:ID(store)", ":LABEL")
_EDGE = (":START_ID(node)", ":END_ID(node)", ":TYPE")
_FACTS_OF = (":START_ID(node)", ":END_ID(facts)", ":TYPE")
_PLAIN = (":START_ID(store)", ":END_ID(node)", ":TYPE")


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was written."""

    folder: str
    nodes: int
    facts: int
    version: str
    command: str


def write_bulk(folder: Path, resolved: Resolved, model: Model, progress: Progress) -> Bulk:
    """Write the files into a folder, whole or not at all.

    Raises:
        BadUse: the folder has other things in it, or cannot be written.
    """
    with whole(folder) as part, difference((), resolved, model) as found:
        try:
            _Bulk(part, resolved, model, found, DELIMITER).write(progress)
        except DelimiterFound:
            for file in part.iterdir():
                file.unlink()
            _Bulk(part, resolved, model, found, _free(resolved)).write(progress)
        command = f"cd {folder} && neo4j-admin database import full neo4j @{ARGUMENTS}"
        return Bulk(str(folder), found.nodes.added, found.new_facts, found.version, command)


def _free(resolved: Resolved) -> str:
    """A delimiter that is in no text. Keys have none of these characters that their texts have not."""
    any_ = re.compile(f"[{re.escape(DELIMITERS)}]")
    prefixes = chain.from_iterable(resolved.dataset.prefixes.items())
    texts = chain(prefixes, chain.from_iterable(map(_texts, resolved.facts)))
    used = {found for text in texts for found in any_.findall(text)}
    free = next((d for d in DELIMITERS if d not in used), None)
    if free is None:
        raise BadUse("the data hold every control and private character", hint="load them without --bulk")
    return free


def _texts(fact: Fact) -> tuple[str, ...]:
    return fact.subject.value, fact.predicate.value, fact.object.value, *fact.graphs, *fact.also


class _Bulk:
    """One folder."""

    def __init__(self, folder: Path, resolved: Resolved, model: Model, found: Difference, delimiter: str) -> None:
        self._folder = folder
        self._resolved = resolved
        self._model = model
        self._found = found
        self._delimiter = delimiter
        self._content = Content(model, found.claims, resolved.contested)
        self._nodes: dict[object, Table] = {}
        self._records = self._table("facts", _FACTS)
        self._own = self._table("store", _OWN)
        self._edges = self._table("relationships", _EDGE)
        self._edges_of_facts = self._table("relationships-facts", _FACTS_OF)
        self._plain = self._table("relationships-store", _PLAIN)
        self._unfilled = 0
        self._facts = 0

    def _table(self, name: str, fixed: tuple[str, ...]) -> Table:
        return Table(self._folder, name, fixed, self._delimiter)

    def write(self, progress: Progress) -> None:
        """Write all of it, a batch at a time."""
        written = 0
        for batch in self._found.batches("new"):
            self._batch(batch)
            for table in (*self._nodes.values(), self._records, self._edges, self._edges_of_facts):
                table.flush()
            written += size_of(batch)
            progress(written, self._found.size)
        for pairs in self._found.parts():
            self._add_edges(self._edges, part_edges(pairs))
            self._edges.flush()
        self._about()
        nodes = [*self._nodes.values(), self._records, self._own]
        edges = [self._edges, self._edges_of_facts, self._plain]
        self._finish([t for t in nodes if t.finish()], [t for t in edges if t.finish()])

    def _finish(self, nodes: list[Table], edges: list[Table]) -> None:
        """How they are imported."""
        (self._folder / ARGUMENTS).write_text(arguments(nodes, edges, self._delimiter), encoding="utf-8")
        after = after_import(self._model, unfilled=bool(self._unfilled))
        (self._folder / AFTER).write_text(after, encoding="utf-8")

    def _batch(self, batch: list[Todo]) -> None:
        for todo, (labels, properties) in zip(batch, self._content.nodes(batch), strict=True):
            key = properties.pop(ID_KEY)
            table = self._nodes_of(properties.get(CLASS))
            self._add_node(table, key, labels, properties | {HASH: todo.digest})
        self._add_edges(self._edges, self._content.edges(batch))
        for key, record in self._content.facts(batch):
            self._facts += 1
            self._add_node(self._records, self._facts, [FACTS], record)
            self._edges_of_facts.add((key, self._facts, FACTS_OF), {})

    def _nodes_of(self, cls: object) -> Table:
        """The table of the nodes of a class: they have most columns in common."""
        if cls not in self._nodes:
            self._nodes[cls] = self._table(f"nodes-{len(self._nodes) + 1:04}", _NODE)
        return self._nodes[cls]

    def _add_node(self, table: Table, key: Value, labels: Iterable[str], properties: Properties) -> None:
        made, found = fillable(labels, properties)
        self._unfilled += UNFILLED in made
        table.add((key, made), found)

    def _add_edges(self, table: Table, edges: Iterable[Edge]) -> None:
        for edge in edges:
            table.add((edge.start, edge.end, edge.type), edge.properties)

    def _about(self) -> None:
        """The nodes that every database of ours has, and the one source of data without claims."""
        dataset = self._resolved.dataset
        meta: Properties = dict(meta_of(self._resolved, self._model, self._found.version))
        self._add_node(self._own, "lock", [LOCK], {})
        self._add_node(self._own, "window", [WINDOW], {})
        labels, about = fillable([META], meta)
        self._unfilled += UNFILLED in labels
        state: Properties = {"load": 1, "state": "loading"} if self._unfilled else {"load": 2, "state": "complete"}
        self._own.add(("meta", labels), about | state)
        if not dataset.is_claims:
            self._add_edges(self._plain, [Edge(PLAIN, "meta", id_key(dataset.source), {"_derived": True})])
