"""From the facts about one node to what Neo4j holds of it: pure, so that equal facts give equal records.

It translates the rows of the embedded store, so that both stores compare by the same keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.layout import LIMBS, RDF_TYPE, SOURCE, layout_of
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.mapping import CLASS, ID, ID_KEY, LABELS, RESOURCE, TYPES, Listed, mapping_of
from kaigraph.loaders.sqlite_rows import NodeRows, RowMaker
from kaigraph.loaders.terms import node_id, node_term
from kaigraph.ontology.model import Iri, Model

Value = str | int | list[str] | list[int] | list[bool]
Properties = dict[str, Value]

#: An entry of a parallel list where there is none.
NO_TEXT = ""
NO_UPPER = "\uffff"


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship, its ends by `_id`."""

    type: str
    start: str
    end: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """All that is written when a node is. It owns its edges: they go when it changes."""

    labels: tuple[str, ...]
    properties: Properties
    edges: tuple[Edge, ...]


class RecordMaker:
    """Makes the records of nodes for one Model and one dataset."""

    def __init__(self, model: Model, claims: Collection[str]) -> None:
        """Take the names of the graphs that are claims: none, in a dataset without claims."""
        self._model = model
        self._claims = claims
        self._mapping = mapping_of(model)
        self._layout = layout_of(model)
        self._numbers = _Numbers(self._layout.numbers)
        self._rows = RowMaker(model, self._layout, self._numbers)
        self._class_names = {c.number: self._mapping.label(c.iri) for c in model.classes.values()}
        self._contracting = {c.iri: c.contraction for c in model.classes.values() if c.contraction}

    def make(self, node: str, facts: Sequence[Fact]) -> NodeRecord:
        """The record of a node, from all facts of which it is the subject."""
        rows = self._rows.make(node_term(node), facts)
        properties: Properties = {ID: node, ID_KEY: id_key(node)}
        if rows.cls is not None:
            properties[CLASS] = self._class_names[rows.cls]
        properties.update(self._labels(rows))
        properties.update(self._scalars(rows))
        for number, values in groupby(rows.values, key=lambda row: row[0]):
            listed = self._mapping.listed(self._numbers.iri(number))
            properties.update(list_properties(listed, [row[2:] for row in values]))
        types = [end for number, end in rows.edges if number == self._numbers[RDF_TYPE]]
        if types:
            properties[TYPES] = sorted(types)
        labels = (RESOURCE, *(self._class_names[m] for m in rows.members))
        return NodeRecord(labels, properties, tuple(self._edges(node, rows, facts)))

    def _labels(self, rows: NodeRows) -> Iterable[tuple[str, Value]]:
        *texts, folded = rows.labels
        names = [f(t) for t in self._mapping.languages for f in (self._mapping.label_key, self._mapping.label_order)]
        yield from _present(zip([*names, LABELS], [*texts, folded], strict=True))

    def _scalars(self, rows: NodeRows) -> Iterable[tuple[str, Value]]:
        columns = (c for w in self._mapping.wide.values() for c in w.columns)
        yield from _present(zip(columns, rows.wide, strict=True))

    def _edges(self, node: str, rows: NodeRows, facts: Sequence[Fact]) -> Iterable[Edge]:
        own = id_key(node)
        rests = {
            (f.predicate.value, node_id(f.object)): self._claims_of((f,))
            for f in facts
            if f.current and not isinstance(f.object, Literal)
        }
        ends: dict[Iri, list[str]] = defaultdict(list)
        for number, end in rows.edges:
            iri = self._numbers.iri(number)
            if iri == RDF_TYPE:
                continue
            ends[iri].append(end)
            yield Edge(self._mapping.type(iri), own, id_key(end), _with_claims({}, rests[iri, end]))
        yield from self._about(own, facts)
        if node in self._claims:
            for source in ends.get(SOURCE, ()):
                yield Edge("FROM", own, id_key(source), {"_derived": True})
        yield from self._contractions(node, rows, ends, rests)

    def _about(self, own: str, facts: Sequence[Fact]) -> Iterable[Edge]:
        """Which claims say something of the node, and of which of its properties."""
        said: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            for claim in self._claims_of((fact,)):
                said[claim].add(self._mapping.key(fact.predicate.value))
        for claim in sorted(said):
            yield Edge("ABOUT", claim, own, {"properties": sorted(said[claim]), "_derived": True})

    def _contractions(
        self,
        node: str,
        rows: NodeRows,
        ends: Mapping[Iri, Sequence[str]],
        rests: Mapping[tuple[Iri, str], Sequence[str]],
    ) -> Iterable[Edge]:
        """The plain edges that a relation with facts of its own stands for; each pair of properties once."""
        done: set[tuple[Iri, Iri]] = set()
        for cls in self._most_specific_first(rows):
            pair = self._contracting[cls]
            if pair in done:
                continue
            done.add(pair)
            for start, end in product(*(sorted(set(ends.get(p, ()))) for p in pair)):
                claims = sorted({*rests[pair[0], start], *rests[pair[1], end]})
                own = _with_claims({"via": id_key(node), "_derived": True}, claims)
                yield Edge(self._mapping.contracted[cls], id_key(start), id_key(end), own)

    def _most_specific_first(self, rows: NodeRows) -> list[Iri]:
        members = {number for number in rows.members}
        found = [c for c in self._model.classes.values() if c.number in members and c.iri in self._contracting]
        return [c.iri for c in sorted(found, key=lambda c: (-len(c.ancestors), c.iri))]

    def _claims_of(self, facts: Iterable[Fact]) -> list[str]:
        names = {name for f in facts for name in (*f.graphs, *f.also)}
        return sorted(id_key(name) for name in names if name in self._claims)


class _Numbers(dict[Iri, int]):
    """Numbers of properties; one that the Model has not gets the next."""

    def __init__(self, known: Mapping[Iri, int]) -> None:
        super().__init__(known)
        self._iris = {number: iri for iri, number in known.items()}

    def __missing__(self, iri: Iri) -> int:
        self[iri] = number = len(self)
        self._iris[number] = iri
        return number

    def iri(self, number: object) -> Iri:
        """The property of a number."""
        return self._iris[number]  # type: ignore[index]  # rows hold any SQL value; the first is a number


def list_properties(listed: Listed, values: Sequence[Sequence[object]]) -> Properties:
    """The lists of one property, from its rows: text, datatype, lang, concept, key, upper, fold and limbs."""
    texts, datatypes, languages, concepts, keys, uppers, folds = ([v[i] for v in values] for i in range(7))
    found: Properties = {listed.texts: _filled(texts, NO_TEXT), listed.keys: _filled(keys, NO_TEXT)}
    parallel = (
        (listed.datatypes, datatypes, NO_TEXT),
        (listed.languages, languages, NO_TEXT),
        (listed.concepts, concepts, NO_TEXT),
        (listed.uppers, uppers, NO_UPPER),
    )
    found.update((name, _filled(column, none)) for name, column, none in parallel if any(v is not None for v in column))
    if any(v is not None for v in folds):
        found[listed.folds] = [str(v) for v in folds if v is not None]
    first = dict(zip(("key", "upper", *LIMBS), (keys[0], uppers[0], *values[0][7:]), strict=True))
    found.update(_present((listed.first(part), value) for part, value in first.items()))
    return found


def _filled(column: Iterable[object], none: str) -> list[str]:
    return [none if v is None else str(v) for v in column]


def _present(pairs: Iterable[tuple[str, object]]) -> Iterable[tuple[str, Value]]:
    """Neo4j holds no null: what is null is absent."""
    for name, value in pairs:
        if isinstance(value, str | int):
            yield name, value


def _with_claims(properties: Properties, claims: Sequence[str]) -> Properties:
    return {**properties, "claims": list(claims)} if claims else properties
