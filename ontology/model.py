"""The Model: what an ontology and its shapes say, in the few words that every other room needs.

It is read once (see `kaigraph.ontology.reader`) and never changes. IRIs are plain strings without
angle brackets; texts are mappings from language tag to text (`""` for no language).
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

Iri = str
Texts = Mapping[str, str]


class Kind(Enum):
    """What the values of a field are."""

    LITERAL = "literal"
    ENUM = "enum"  # concepts of a closed scheme, all declared in the ontology
    THING = "thing"
    MIXED = "mixed"  # literals and things


@dataclass(frozen=True, slots=True)
class Property:
    """One predicate, wherever it is used. `name` and `inverse_name` are unique, safe API names."""

    iri: Iri
    name: str
    inverse_name: str
    labels: Texts
    definitions: Texts
    unit: Iri | None = None  # the property that holds the unit of this one's numbers


@dataclass(frozen=True, slots=True)
class Field:
    """A property as a class has it. Type and cardinality are the same for all classes related by inheritance.

    `datatypes` are the datatype IRIs allowed (empty: any); `classes` the classes of things (empty: any);
    `enum` the enumeration class, for `Kind.ENUM`. `bounds` are the least and the greatest number that the shapes
    allow: an xsd:integer within 32 bits is an `Int`.
    """

    property: Property
    kind: Kind
    many: bool
    inverse: bool = False
    mandatory: bool = False  # a shape demands at least one, and of this kind, of this class and all its subclasses
    unique_lang: bool = False
    datatypes: tuple[Iri, ...] = ()
    classes: tuple[Iri, ...] = ()
    enum: Iri | None = None
    bounds: tuple[int | None, int | None] = (None, None)

    @builtins.property  # `property` is a field of this class
    def name(self) -> str:
        """The field's name in the API."""
        return self.property.inverse_name if self.inverse else self.property.name


@dataclass(frozen=True, slots=True)
class Class:
    """A class that has a type in the API. `parents` to `descendants` name such classes only.

    `number` is stable for a Model and fit for a key; `ancestors` and `descendants` leave the class itself out.
    """

    iri: Iri
    number: int
    name: str
    plural: str
    labels: Texts
    definitions: Texts
    examples: tuple[str, ...]
    parents: tuple[Iri, ...]
    ancestors: tuple[Iri, ...]
    descendants: tuple[Iri, ...]
    fields: tuple[Field, ...]  # inherited and inverse ones included, sorted by name
    contraction: tuple[Iri, Iri] | None = None


@dataclass(frozen=True, slots=True)
class EnumValue:
    """One concept of an enumeration."""

    iri: Iri
    name: str
    labels: Texts
    definitions: Texts


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A closed concept scheme: a subclass of skos:Concept whose instances the ontology declares."""

    iri: Iri
    name: str
    labels: Texts
    definitions: Texts
    values: tuple[EnumValue, ...]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that could not be what its IRI suggests, and why (`kaigraph schema --names`)."""

    iri: Iri
    wanted: str
    given: str
    reason: str


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the other rooms know of the domain."""

    classes: Mapping[Iri, Class]
    properties: Mapping[Iri, Property]
    enumerations: Mapping[Iri, Enumeration]
    languages: tuple[str, ...]  # the first is the default
    label_properties: tuple[Iri, ...]  # the best first
    prefixes: Mapping[str, Iri]
    superproperties: Mapping[Iri, tuple[Iri, ...]]
    class_parents: Mapping[Iri, tuple[Iri, ...]]  # closure of rdfs:subClassOf over every class, typed or not
    renamings: tuple[Renaming, ...]
    hash: str  # SHA-256 over the canonical content: another hash, another database
    #: The Model of the same vocabulary for data that use other classes.
    for_classes: Callable[[frozenset[Iri]], Model] | None = field(default=None, compare=False, repr=False)

    def before(self, other: str, classes: frozenset[Iri]) -> Model | None:
        """The Model with another hash, if it is of the same vocabulary, for data that use these classes."""
        found = self.for_classes(classes) if self.for_classes else None
        return found if found is not None and found.hash == other else None

    def most_specific(self, types: frozenset[Iri]) -> Iri | None:
        """The most specific modelled class among asserted `types`; ties go to the smallest IRI."""
        known = [self.classes[t] for t in types if t in self.classes]
        general = {a for c in known for a in c.ancestors}
        leaves = sorted(c.iri for c in known if c.iri not in general)
        return leaves[0] if leaves else None

    def closure(self, types: frozenset[Iri]) -> tuple[Iri, ...]:
        """The modelled classes that a node of asserted `types` belongs to, sorted."""
        known = [self.classes[t] for t in types if t in self.classes]
        return tuple(sorted({c.iri for c in known} | {a for c in known for a in c.ancestors}))
