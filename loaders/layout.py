"""Where each property lies in the embedded store: a pure function of the Model (docs/decisions/0005-embedded-store.md).

A property with one value of one kind is a wide column of `node`. Every other literal or enum value is a row of
`value`, and every thing a row of `edge`.
"""

from __future__ import annotations

from builtins import property as computed  # `property` is a field here
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.ontology.model import Field, Iri, Kind, Model
from kaigraph.ontology.terms import CORE, RDF, RDF_TYPE

LANG_STRING = RDF + "langString"
SOURCE_CLASS = CORE + "Source"
SOURCE = CORE + "source"
PART_OF = CORE + "partOf"

#: Wide columns cost every row a byte each, and SQLite allows 2,000.
MOST_WIDE = 400
MOST_COLUMNS = 1_800

LIMBS = ("high", "middle", "low")
_FIXED = frozenset({"n", "id", "iri", "class", "hash", "_labels"})
_PARTS: Mapping[Comparison, tuple[str, ...]] = {
    Comparison.TEXT: ("key", "fold"),
    Comparison.NUMBER: ("key", *LIMBS),
    Comparison.DATE: ("key", "upper"),
    Comparison.BOOLEAN: ("key",),
    Comparison.ENUM: (),
}


@dataclass(frozen=True, slots=True)
class Wide:
    """A property that has columns of its own. Its values are of one datatype, or of one enumeration."""

    property: Iri
    number: int
    name: str
    comparison: Comparison
    datatype: Iri | None = None
    enum: Iri | None = None

    @computed
    def columns(self) -> tuple[str, ...]:
        """The text (or the name of the enum value) first, then what it is compared by."""
        return (self.name, *(self.part(p) for p in self.parts))

    @computed
    def parts(self) -> tuple[str, ...]:
        """What a value is compared by, other than its text."""
        return _PARTS[self.comparison]

    def part(self, part: str) -> str:
        """The column of a part: text, key, fold, upper or a limb. An enum value is its own key."""
        if part == "text" or (part == "key" and self.comparison is Comparison.ENUM):
            return self.name
        return f"_{self.name}" if part == "key" else f"_{self.name}.{part}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of everything."""

    numbers: Mapping[Iri, int]  # property → its number; properties that the Model has not follow at load
    wide: Mapping[Iri, Wide]
    languages: tuple[str, ...]
    classes: Mapping[Iri, int]
    names: Mapping[int, str] = field(default_factory=dict)  # number → name, for people who read statements

    def label(self, language: str) -> str:
        """The column of the label in a language."""
        return f"label_{language}"

    def label_key(self, language: str) -> str:
        """The column of its sort key."""
        return f"_label_{language}"


class Same:
    """A Model that a cache can hold: the same if it is the same object."""

    def __init__(self, model: Model) -> None:
        """Take the Model, and keep it: while it lives, no other has its identity."""
        self.model = model

    def __hash__(self) -> int:
        """Its identity, for its content is large."""
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same object."""
        return isinstance(other, Same) and other.model is self.model


def layout_of(model: Model) -> Layout:
    """The layout of the store that holds data of a Model."""
    return _layout(Same(model))


@lru_cache(maxsize=4)
def _layout(same: Same) -> Layout:
    model = same.model
    numbers = {iri: i for i, iri in enumerate(sorted({*model.properties, SOURCE, PART_OF} - {RDF_TYPE}), 1)}
    numbers[RDF_TYPE] = 0
    names = {numbers[p.iri]: p.name for p in model.properties.values()} | {0: "type"}
    labels = {c for language in model.languages for c in (f"label_{language}", f"_label_{language}")}
    wide = {w.property: w for w in _wide(model, numbers, {t.lower() for t in labels | _FIXED})}
    return Layout(numbers, wide, tuple(model.languages), {c.iri: c.number for c in model.classes.values()}, names)


def _wide(model: Model, numbers: Mapping[Iri, int], taken: set[str]) -> Iterator[Wide]:
    columns = 0
    for found in _ranked(model, numbers):
        columns += len(found.columns)
        if columns > MOST_COLUMNS:
            return
        yield _named(found, taken)


def _named(wide: Wide, taken: set[str]) -> Wide:
    """The column under a name that no other has; SQLite does not tell `a` from `A`."""
    named = wide
    while any(c.lower() in taken for c in named.columns):
        named = Wide(
            wide.property, wide.number, f"{named.name}_{wide.number}", wide.comparison, wide.datatype, wide.enum
        )
    taken.update(c.lower() for c in named.columns)
    return named


def _ranked(model: Model, numbers: Mapping[Iri, int]) -> list[Wide]:
    """Candidates, those that most classes have first; at most `MOST_WIDE`."""
    fields: dict[Iri, list[Field]] = defaultdict(list)
    for cls in model.classes.values():
        for found in cls.fields:
            if not found.inverse:
                fields[found.property.iri].append(found)
    users = Counter({iri: len(found) for iri, found in fields.items()})
    fitting = [iri for iri, found in fields.items() if _fits(found)]
    best = sorted(fitting, key=lambda iri: (-users[iri], iri))[:MOST_WIDE]
    return [_candidate(fields[iri][0], numbers[iri]) for iri in best]


def _fits(fields: Iterable[Field]) -> bool:
    """Whether every class has at most one value of the property, all of one datatype or one enumeration."""
    shapes = {(f.many, f.kind, f.datatypes, f.enum) for f in fields}
    if len(shapes) != 1:
        return False
    many, kind, datatypes, enum = shapes.pop()
    if many:
        return False
    if kind is Kind.ENUM:
        return enum is not None
    return kind is Kind.LITERAL and len(datatypes) == 1 and datatypes[0] != LANG_STRING


def _candidate(found: Field, number: int) -> Wide:
    datatype = None if found.kind is Kind.ENUM else found.datatypes[0]
    enum = found.enum if found.kind is Kind.ENUM else None
    return Wide(found.property.iri, number, found.property.name, comparison_of(found), datatype, enum)
