"""What a perspective is made on: the Model, where everything lies, the language, and what the database holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kaigraph.loaders.layout import PART_OF, SOURCE
from kaigraph.loaders.neo4j.mapping import ABOUT, FROM, RESOURCE, GraphMapping, mapping_of
from kaigraph.loaders.neo4j.store import Neo4jStore
from kaigraph.ontology.model import Iri, Kind, Model
from kaigraph.ontology.terms import CORE

Segment = tuple[str, str, str]  # label, relationship type, label

_ASKED = """CALL () { MATCH (n:Resource) UNWIND labels(n) AS label RETURN collect(DISTINCT label) AS labels }
CALL () { CALL db.relationshipTypes() YIELD relationshipType AS type RETURN collect(type) AS types }
CALL () {
  MATCH (a:Resource)-[r]->(b:Resource)
  WITH DISTINCT coalesce(a._class, 'Resource') AS start, type(r) AS type, coalesce(b._class, 'Resource') AS end
  RETURN collect([start, type, end]) AS segments
}
RETURN {labels: labels, types: types, segments: segments} AS data"""


@dataclass(frozen=True, slots=True)
class Present:
    """What is there: labels, relationship types, and which labels the types link."""

    labels: frozenset[str]
    types: frozenset[str]
    segments: frozenset[Segment]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """A Model in one language, and what is there of it."""

    model: Model
    mapping: GraphMapping
    language: str
    there: Present

    def label(self, cls: Iri | None) -> str | None:
        """The label of a class; None for none."""
        return None if cls is None else self.mapping.labels.get(cls)

    def types(self, properties: tuple[Iri, ...]) -> tuple[str, ...]:
        """The relationship types of properties, as far as they are there. People follow FROM, not its twin.

        A part is one by any property of parts.
        """
        instead = {SOURCE: (FROM,), PART_OF: self.mapping.parts}
        found = (t for p in properties for t in instead.get(p, (self.mapping.types.get(p, ""),)))
        return tuple(dict.fromkeys(t for t in found if t in self.there.types))

    def core(self, *names: str) -> tuple[str, ...]:
        """The relationship types of properties of the core vocabulary."""
        return self.types(tuple(CORE + name for name in names))

    def has(self, cls: Iri | None) -> bool:
        """Whether anything of a class is there; of no class in particular: yes."""
        return cls is None or self.label(cls) in self.there.labels


def ground(model: Model, language: str, there: Present | None = None) -> Ground:
    """The ground for a database, or for all that the Model could hold."""
    return Ground(model, mapping_of(model), language, there or _everything(model))


def present(store: Neo4jStore) -> Present:
    """What a loaded database holds.

    Raises:
        StoreUnavailable: it holds nothing yet, is being loaded, or does not answer.
    """
    data, version = store.run(_ASKED)
    segments = frozenset((start, type_, end) for start, type_, end in data["segments"])
    hidden = {t for t in data["types"] if t.endswith("_")}  # the database names types that have an index, used or not
    return Present(frozenset(data["labels"]), frozenset({s[1] for s in segments} | hidden), segments, version)


def _everything(model: Model) -> Present:
    mapping = mapping_of(model)
    labels = frozenset({RESOURCE, *mapping.labels.values()})
    ends = _ends(model)
    own = (type_ for iri, type_ in mapping.types.items() if ends.get(iri, True))
    types = frozenset({*own, *mapping.contracted.values(), ABOUT, FROM})
    segments = (
        (mapping.label(cls.iri), mapping.type(field.property.iri), mapping.label(end) if end else RESOURCE)
        for cls in model.classes.values()
        for field in cls.fields
        if not field.inverse and field.kind in (Kind.THING, Kind.MIXED)
        for end in field.classes or ("",)
    )
    return Present(labels, types, frozenset(segments))


def _ends(model: Model) -> Mapping[Iri, bool]:
    """Of each property of a class: whether any class has it with things at its end, and so arrows."""
    found: dict[Iri, bool] = {}
    for field in (f for cls in model.classes.values() for f in cls.fields):
        iri = field.property.iri
        found[iri] = found.get(iri, False) or field.kind in (Kind.THING, Kind.MIXED)
    return found
