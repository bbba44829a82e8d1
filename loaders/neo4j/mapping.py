"""Where everything lies in Neo4j: a pure function of the Model (docs/neo4j-mapping.md is made from it).

Scalars are those of the embedded store, under the same names (`kaigraph.loaders.layout`) unless nodes here have such a
key of their own: one meaning, two stores.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kaigraph.loaders.layout import PART_OF, SOURCE, Wide, layout_of
from kaigraph.ontology.model import Iri, Model
from kaigraph.ontology.terms import CORE, RDF_TYPE

#: Labels of our own. One that ends in `_` is not for people.
RESOURCE = "Resource"
FACTS = "Facts_"
META = "Meta_"
LARGE = "large"  # of META: the properties of which a number is not its middle limb alone

#: Relationship types of our own, all derived: never exported. One that ends in `_` is not for people.
ABOUT = "ABOUT"  # (claim)-[{properties}]->(thing): it says something of these properties of the thing
FROM = "FROM"  # (claim)-->(source)
FACTS_OF = "FACTS_"  # (thing)-->(:Facts_)
PART = "PART_"  # (part)-->(whole), at any depth
PLAIN = "PLAIN_"  # (:Meta_)-->(the one source of data without claims)

#: Keys that every node of the graph has, or can have.
ID = "id"
ID_KEY = "_id"
CLASS = "_class"
TYPES = "_types"
HASH = "_hash"
LABELS = "_labels"

#: What follows from the claims about a fact, for people and for what colours a graph; absent where it does not hold.
DISPUTED = "disputed"  # of a node and of a relationship: true
DISPUTED_KEYS = "disputedProperties"  # of a node: the keys of the properties
CONTRADICTED = "contradicted"  # of a claim: true

UNFILLED = "Unfilled_"  # what a bulk import has still to be given
UNFILLED_ONE, UNFILLED_NONE = "_.one", "_.none"  # the keys of what it lacks: lists of one empty text, and empty lists

LOCK, WINDOW = "Lock_", "Window_"  # nodes that only loads write
_HIDDEN_LABELS = (LOCK, WINDOW, UNFILLED)
_TECHNICAL_TYPES = (ABOUT, FROM, FACTS_OF, PART, PLAIN)
#: What stands in place of a text that is too long for an index on parts of texts, which takes 32,766 bytes.
TOO_LONG = "\uffff"

_OWN_KEYS = (ID, ID_KEY, CLASS, TYPES, HASH, LABELS, DISPUTED, DISPUTED_KEYS, CONTRADICTED)
_TECHNICAL_KEYS = (*_OWN_KEYS, "iri", "type")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Listed:
    """The keys of a property that has lists: one entry a value, in the order in which values are listed.

    `texts`, `languages` and the hidden `datatypes` and `concepts` are parallel; `""` says that a value has none.
    """

    texts: str

    @property
    def languages(self) -> str:
        """Language tags; absent if no value has one."""
        return f"{self.texts}.language"

    @property
    def datatypes(self) -> str:
        """Datatype IRIs; absent if all values are concepts."""
        return f"_{self.texts}.datatype"

    @property
    def concepts(self) -> str:
        """IRIs of enum values; absent if no value is one."""
        return f"_{self.texts}.concept"

    @property
    def keys(self) -> str:
        """Parallel order keys; `""` for a value without one."""
        return f"_{self.texts}.keys"

    @property
    def uppers(self) -> str:
        """Parallel upper bounds of dates, U+FFFF for none; absent if no value has one."""
        return f"_{self.texts}.uppers"

    @property
    def folds(self) -> str:
        """Folded texts of those values that have one: not parallel; absent if none has."""
        return f"_{self.texts}.folds"

    def first(self, part: str) -> str:
        """A scalar of the first value: its key, upper, high, middle or low."""
        return f"_{self.texts}" if part == "key" else f"_{self.texts}.{part}"


@dataclass(frozen=True, slots=True)
class GraphMapping:
    """The place of everything."""

    languages: tuple[str, ...]
    labels: Mapping[Iri, str]  # class → label
    keys: Mapping[Iri, str]  # property → property key
    types: Mapping[Iri, str]  # property → relationship type
    contracted: Mapping[Iri, str]  # class that contracts to an edge → relationship type
    wide: Mapping[Iri, Wide]  # properties with scalars; all other literals and enum values are lists
    parts: tuple[str, ...]  # the relationship types of core:partOf and what is below it

    def label(self, cls: Iri) -> str:
        """The label of a class. One that the Model has not has no nodes: its IRI is nobody's label."""
        return self.labels.get(cls, cls)

    def key(self, property_: Iri) -> str:
        """The property key of a property, which is also its name in `properties` of ABOUT. Unknown: its IRI."""
        return self.keys.get(property_, property_)

    def type(self, property_: Iri) -> str:
        """The relationship type of a property. Unknown: its IRI."""
        return self.types.get(property_, property_)

    def listed(self, property_: Iri) -> Listed:
        """The lists of a property. Of a wide one: those of the values beside the first."""
        wide = self.wide.get(property_)
        return Listed(self.key(property_) if wide is None else f"{wide.name}.more")

    def label_key(self, language: str) -> str:
        """The key of what a thing is called in a language."""
        return f"label_{language}"

    def label_order(self, language: str) -> str:
        """The key of its sort key."""
        return f"_label_{language}"


def searched_key(key: str) -> str:
    """The key that has the index on parts of the texts of a key: the same texts, or `TOO_LONG`."""
    return f"{key}.part"


def mapping_of(model: Model) -> GraphMapping:
    """The mapping of a Model."""
    layout, wide = layout_of(model), _scalars(model)
    labels = _unique({c.iri: c.name for c in model.classes.values()}, (RESOURCE, FACTS, META, *_HIDDEN_LABELS), model)
    types = {p.iri: _snake(p.name) for p in model.properties.values()} | {SOURCE: "SOURCE", PART_OF: "PART_OF"}
    types = dict(_unique({iri: types[iri] for iri in sorted(types) if iri != RDF_TYPE}, _TECHNICAL_TYPES, model))
    contracting = {c.iri: _snake(c.name) for c in model.classes.values() if c.contraction}
    contracted = _unique(contracting, (*_TECHNICAL_TYPES, *types.values()), model)
    below = sorted(iri for iri, above in model.superproperties.items() if PART_OF in above and iri in types)
    parts = tuple(types[iri] for iri in dict.fromkeys((PART_OF, *below)))
    return GraphMapping(layout.languages, labels, _keys(model, wide), types, contracted, wide, parts)


def _scalars(model: Model) -> dict[Iri, Wide]:
    """The columns of the embedded store, but where a node has a key of that name that is no column there."""
    wide = layout_of(model).wide
    meeting = {iri: w.name for iri, w in wide.items() if not set(_OWN_KEYS).isdisjoint(w.columns)}
    taken = {*_taken(model), *(c for iri, w in wide.items() if iri not in meeting for c in w.columns)}
    found = _unique(meeting, taken, model, hidden=True)
    return {iri: replace(w, name=found[iri]) if iri in found else w for iri, w in wide.items()}


def _taken(model: Model) -> set[str]:
    layout = layout_of(model)
    return {*_TECHNICAL_KEYS, *(name(t) for name in (layout.label, layout.label_key) for t in layout.languages)}


def _keys(model: Model, wide: Mapping[Iri, Wide]) -> dict[Iri, str]:
    """Wide properties under the names of their scalars, the others under their own."""
    taken = {*_taken(model), *(c for w in wide.values() for c in w.columns)}
    names = {iri: p.name for iri, p in sorted(model.properties.items()) if iri not in wide and iri != RDF_TYPE}
    found = dict(_unique(names, taken, model, hidden=True))
    return found | {iri: w.name for iri, w in wide.items()} | {RDF_TYPE: "type"}


def _unique(
    wanted: Mapping[Iri, str], taken: Collection[str], model: Model, *, hidden: bool = False
) -> Mapping[Iri, str]:
    """Names that nothing else has: one that is taken gets the prefix of its namespace, or else a number.

    With `hidden`, the name after a `_` must be free too.
    """
    used, found = set(taken), {}
    for iri, name in sorted(wanted.items()):
        tries = _tries(iri, name, model)
        given = next(t for t in tries if t not in used and not (hidden and f"_{t}" in used))
        used |= {given, f"_{given}"} if hidden else {given}
        found[iri] = given
    return found


def _tries(iri: Iri, name: str, model: Model) -> Iterable[str]:
    yield name
    spaces = sorted((p for p, space in model.prefixes.items() if p and space and iri.startswith(space)), key=len)
    prefixes = [*spaces, "core"] if iri.startswith(CORE) else spaces
    for prefix in prefixes:
        yield _snake(f"{prefix}_{name}") if name.isupper() else f"{prefix}_{name}"
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def _snake(name: str) -> str:
    return _HUMPS.sub("_", name).upper()
