"""From the facts about one node to its rows: pure, so that equal facts give equal rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Fact, Node
from kaigraph.loaders.labels import labels
from kaigraph.loaders.layout import LIMBS, Layout, Wide
from kaigraph.loaders.literals.keys import fold, literal_key, number_limbs, sort_key
from kaigraph.loaders.literals.numbers import short_key
from kaigraph.loaders.terms import language_tag, node_id
from kaigraph.ontology.datatypes.edtf import DATE_TYPES, date_bounds
from kaigraph.ontology.datatypes.xsd import NUMBER_TYPES
from kaigraph.ontology.model import Iri, Kind, Model
from kaigraph.ontology.terms import RDF_TYPE

SqlValue = str | int | bytes | None
Row = tuple[SqlValue, ...]
NumberOf = Callable[[str], int]


class Compared(NamedTuple):
    """A literal or enum value with what it is compared by; the fields are columns of `value`."""

    text: str
    datatype: Iri | None = None
    lang: str | None = None
    concept: Iri | None = None
    key: str | None = None
    upper: str | None = None
    fold: str | None = None
    limbs: tuple[int | None, ...] = (None, None, None)

    def order(self) -> tuple[object, ...]:
        """The order in which the values of one property are listed."""
        return self.key is None, self.key or "", self.text, self.datatype or "", self.lang or "", self.concept or ""

    def part(self, part: str) -> SqlValue:
        """A column by its name."""
        if part in LIMBS:
            return self.limbs[LIMBS.index(part)]
        found: SqlValue = getattr(self, part)
        return found


@dataclass(frozen=True, slots=True)
class NodeRows:
    """The rows of one node, by table. `edges` and `members` are without the node's own number."""

    cls: int | None
    labels: tuple[SqlValue, ...]
    wide: tuple[SqlValue, ...]
    values: tuple[Row, ...]  # prop, ord, text … low
    edges: tuple[tuple[int, str], ...]  # prop, id
    members: tuple[int, ...]


def digest(facts: Iterable[Fact]) -> bytes:
    """What tells whether anything about a node is different from before."""
    said = "".join(
        f"{f.predicate.value}\0{f.object}\0{_standing(f.current, f.disputed, f.spans, f.graphs, f.also)}\n"
        for f in facts
    )
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@lru_cache(maxsize=1024)  # many facts have nothing of their own but the triple
def _standing(
    current: bool, disputed: bool, spans: Sequence[tuple[str, str]], graphs: Sequence[str], also: Sequence[str]
) -> str:
    return "\0".join([f"{current}{disputed}", str(sorted(spans)), *sorted(graphs), "", *sorted(also)])


def compared(literal: Literal) -> Compared:
    """A literal with everything that any of its families needs."""
    datatype, text = literal.datatype.value, literal.value
    key = literal_key(literal)
    if datatype in NUMBER_TYPES:
        return Compared(text, datatype, key=key, limbs=number_limbs(text) or (None, None, None))
    if datatype in DATE_TYPES:
        return Compared(text, datatype, key=key, upper=_upper(text, datatype))
    return Compared(text, datatype, language_tag(literal), None, key, None, fold(text))


def _upper(text: str, datatype: Iri) -> str | None:
    try:
        upper = date_bounds(text, datatype)[1]
    except ValueError:
        return None
    return None if upper is None else short_key(upper)


class RowMaker:
    """Makes the rows of nodes for one Model."""

    def __init__(self, model: Model, layout: Layout, numbers: Mapping[Iri, int]) -> None:
        """Take the numbers of all properties, those outside the Model included."""
        self._model = model
        self._layout = layout
        self._numbers = numbers
        self._concepts = _concepts(model)
        self._things = _things(model)
        self._wide: list[tuple[Wide, Row]] = [(w, (None,) * len(w.columns)) for w in layout.wide.values()]

    def make(self, node: Node, facts: Sequence[Fact]) -> NodeRows:
        """The rows of a node, from all facts of which it is the subject."""
        current = [f for f in facts if f.current]
        literals, edges = self._split(current)
        types = frozenset(f.object.value for f in current if _is_type(f))
        specific = self._model.most_specific(types)
        wide: list[SqlValue] = []
        for column, nothing in self._wide:
            wide += _take(column, literals[column.property]) if column.property in literals else nothing
        return NodeRows(
            None if specific is None else self._layout.classes[specific],
            self._labels(node, current),
            tuple(wide),
            tuple(self._values(literals)),
            tuple(edges),
            tuple(self._layout.classes[c] for c in self._model.closure(types)),
        )

    def edges(self, facts: Iterable[Fact]) -> list[tuple[int, str]]:
        """The edges of a node alone."""
        return self._split(f for f in facts if f.current and not isinstance(f.object, Literal))[1]

    def _split(self, facts: Iterable[Fact]) -> tuple[dict[Iri, list[Compared]], list[tuple[int, str]]]:
        """Literals and enum values by property, and edges.

        What is an enum value to one class and a thing to another is both.
        """
        literals: dict[Iri, list[Compared]] = defaultdict(list)
        edges: list[tuple[int, str]] = []
        for f in facts:
            property_, value = f.predicate.value, f.object
            if isinstance(value, Literal):
                literals[property_].append(compared(value))
                continue
            end = node_id(value)
            name = self._concepts[property_].get(end) if property_ in self._concepts else None
            if name is not None:
                literals[property_].append(Compared(name, concept=end, key=name))
            if name is None or property_ in self._things:
                edges.append((self._numbers[property_], end))
        for found in literals.values():
            found.sort(key=Compared.order)
        return literals, edges

    def _values(self, literals: Mapping[Iri, Sequence[Compared]]) -> Iterable[Row]:
        for property_, found in literals.items():
            number = self._numbers[property_]
            for i, v in enumerate(found):
                yield number, i, v.text, v.datatype, v.lang, v.concept, v.key, v.upper, v.fold, *v.limbs

    def _labels(self, node: Node, facts: Sequence[Fact]) -> tuple[SqlValue, ...]:
        """Per language the label and its sort key; then all of them, folded, each after a line break."""
        found = labels(node, facts, self._model)
        row: list[SqlValue] = []
        for language in self._layout.languages:
            text = found.get(language)
            row += [text, None if text is None else sort_key(text, language)]
        folded = sorted({fold(found[language]) for language in self._layout.languages if language in found})
        return (*row, "".join(f"\n{text}" for text in folded))


def _take(column: Wide, found: list[Compared]) -> Row:
    """The columns of the first value that fits, which leaves the list."""
    for i, value in enumerate(found):
        if value.datatype == column.datatype and (value.concept is None) == (column.enum is None):
            del found[i]
            return (value.text, *(value.part(p) for p in column.parts))
    return (None,) * len(column.columns)


def _is_type(fact: Fact) -> bool:
    return fact.predicate.value == RDF_TYPE and isinstance(fact.object, NamedNode)


def _concepts(model: Model) -> dict[Iri, dict[Iri, str]]:
    """For each property that has enum values: concept → name."""
    found: dict[Iri, dict[Iri, str]] = defaultdict(dict)
    for cls in model.classes.values():
        for field in cls.fields:
            if field.kind is Kind.ENUM and field.enum is not None and not field.inverse:
                values = model.enumerations[field.enum].values
                found[field.property.iri].update({v.iri: v.name for v in values})
    return found


def _things(model: Model) -> frozenset[Iri]:
    """The properties that lead to things for at least one class."""
    kinds = (Kind.THING, Kind.MIXED)
    return frozenset(f.property.iri for c in model.classes.values() for f in c.fields if f.kind in kinds)
