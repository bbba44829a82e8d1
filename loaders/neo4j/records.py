"""From the facts about one node to the node that Neo4j holds: pure, so that equal facts give equal nodes.

It translates the rows of the embedded store, so that both stores compare by the same keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.layout import LIMBS, layout_of
from kaigraph.loaders.literals.comparison import Comparison
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.neo4j.mapping import (
    CLASS,
    ID,
    ID_KEY,
    LABELS,
    RESOURCE,
    TOO_LONG,
    TYPES,
    Listed,
    mapping_of,
    searched_key,
)
from kaigraph.loaders.neo4j.numbering import Numbering
from kaigraph.loaders.rows import NodeRows, RowMaker
from kaigraph.loaders.terms import node_term
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import RDF_TYPE

Value = str | int | list[str] | list[int] | list[bool]
Properties = dict[str, Value]

#: An entry of a parallel list where there is none.
NO_TEXT = ""
NO_UPPER = "\uffff"

_MOST = 32_000  # bytes
_SCALARS = (str, int)


class NodeMaker:
    """Makes the nodes of one Model."""

    def __init__(self, model: Model) -> None:
        """Look up what is the same for all nodes."""
        self._mapping = mapping_of(model)
        layout = layout_of(model)
        self._numbers = Numbering(layout.numbers)
        self._rows = RowMaker(model, layout, self._numbers)
        self._class_names = {c.number: self._mapping.label(c.iri) for c in model.classes.values()}
        names = ((self._mapping.label_key(t), self._mapping.label_order(t)) for t in self._mapping.languages)
        self._label_keys = (*chain.from_iterable(names), LABELS)
        self._columns = tuple(c for w in self._mapping.wide.values() for c in w.columns)
        texts = (w for w in self._mapping.wide.values() if w.comparison is Comparison.TEXT)
        self._searched = (LABELS, *(w.part("fold") for w in texts))

    def make(self, node: str, facts: Sequence[Fact]) -> tuple[list[str], Properties]:
        """The labels and properties of a node, from all facts of which it is the subject."""
        rows = self._rows.make(node_term(node), facts)
        properties: Properties = {ID: node, ID_KEY: id_key(node)}
        if rows.cls is not None:
            properties[CLASS] = self._class_names[rows.cls]
        properties.update(_present(zip(self._label_keys, rows.labels, strict=True)))
        properties.update(_present(zip(self._columns, rows.wide, strict=True)))
        properties.update(_searched(properties, self._searched))
        for number, values in groupby(rows.values, key=lambda row: row[0]):
            listed = self._mapping.listed(self._numbers.iri(number))
            properties.update(list_properties(listed, [row[2:] for row in values]))
        properties.update(self._types(rows))
        return [RESOURCE, *(self._class_names[m] for m in rows.members)], properties

    def _types(self, rows: NodeRows) -> Properties:
        types = sorted(end for number, end in rows.edges if number == self._numbers[RDF_TYPE])
        return {TYPES: types} if types else {}


def _searched(properties: Properties, keys: Iterable[str]) -> Properties:
    """Folded texts once more, where an index has room for them."""
    texts = ((key, properties.get(key)) for key in keys)
    return {
        searched_key(key): text if len(text.encode()) <= _MOST else TOO_LONG
        for key, text in texts
        if isinstance(text, str)
    }


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


def _present(pairs: Iterable[tuple[str, object]]) -> Properties:
    """Neo4j holds no null: what is null is absent."""
    return {name: value for name, value in pairs if isinstance(value, _SCALARS)}
