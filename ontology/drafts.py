"""Putting the Model's parts together: properties, classes and enumerations, with names and texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kaigraph.ontology.declared import Declarations, declarations
from kaigraph.ontology.fields import Fields, Formed
from kaigraph.ontology.hierarchy import closure, inverted, top_down
from kaigraph.ontology.members import Members, read_members
from kaigraph.ontology.model import Class, Enumeration, EnumValue, Field, Iri, Property
from kaigraph.ontology.named import Names, give_names
from kaigraph.ontology.terms import core
from kaigraph.ontology.texts import Writer
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Draft:
    """The Model in the making."""

    vocabulary: Vocabulary
    used: frozenset[Iri]

    @property
    def graph(self) -> Triples:
        """Ontology and shapes."""
        return self.vocabulary.graph

    @cached_property
    def declared(self) -> Declarations:
        """What the ontology declares of properties."""
        return declarations(self.graph)

    @cached_property
    def members(self) -> Members:
        """Which classes there are and how each is shown."""
        return read_members(self.graph, self.used)

    @cached_property
    def fields(self) -> Fields:
        """The fields, still without names."""
        return Fields(self.graph, self.members, self.declared)

    @cached_property
    def formed(self) -> list[Formed]:
        """All fields, forward and inverse."""
        return [*self.fields.forward, *self.fields.inverse]

    @cached_property
    def names(self) -> Names:
        """All names."""
        seen = {family.step[0]: False for family, _ in self.formed} | {
            family.step[0]: True for family, _ in self.fields.inverse
        }
        members = self.members
        return give_names(self.graph, self.vocabulary.prefixes, sorted(members.typed), members.concepts, seen)

    @cached_property
    def writer(self) -> Writer:
        """Labels and definitions."""
        return Writer(self.graph)

    @cached_property
    def properties(self) -> dict[Iri, Property]:
        """Every property that makes a field."""
        return {iri: self._property(iri) for iri in sorted(self.names.fields)}

    def _property(self, iri: Iri) -> Property:
        name = self.names.fields[iri]
        labels = self.writer.labels(iri, name)
        return Property(
            iri=iri,
            name=name,
            inverse_name=self.names.inverses[iri],
            labels=labels,
            definitions=self.writer.definitions(iri, labels),
            unit=next(iter(self.graph.iris(NamedNode(iri), core("unitProperty"))), None),
        )

    def classes(self) -> dict[Iri, Class]:
        """Every class that has a type."""
        parents = self.fields.parents
        ancestors = closure(parents)
        descendants = closure(inverted(parents))
        fields = self._fields_by_class()
        found = {}
        for number, iri in enumerate(parents, start=1):
            name = self.names.types[iri]
            labels = self.writer.labels(iri, name)
            found[iri] = Class(
                iri=iri,
                number=number,
                name=name,
                plural=self.names.plurals[iri],
                labels=labels,
                definitions=self.writer.definitions(iri, labels),
                examples=self.writer.examples(iri),
                parents=parents[iri],
                ancestors=tuple(sorted(ancestors[iri])),
                descendants=tuple(sorted(descendants[iri])),
                fields=tuple(sorted(fields[iri], key=lambda field: field.name)),
                contraction=self._contractions[iri],
            )
        return found

    def _fields_by_class(self) -> dict[Iri, list[Field]]:
        found: dict[Iri, list[Field]] = {iri: [] for iri in self.members.typed}
        for formed in self.formed:
            family = formed[0]
            fields = [self._field(formed, mandatory=False), self._field(formed, mandatory=True)]
            for iri in family.classes:
                found[iri].append(fields[iri in family.mandatory])
        return found

    def _field(self, formed: Formed, *, mandatory: bool) -> Field:
        family, form = formed
        return Field(
            property=self.properties[family.step[0]],
            kind=form.kind,
            many=family.rule.many,
            inverse=family.step[1],
            mandatory=mandatory,
            unique_lang=family.rule.unique_lang,
            datatypes=form.datatypes,
            classes=form.classes,
            enum=form.enum,
            bounds=(family.rule.least, family.rule.greatest),
        )

    @cached_property
    def _contractions(self) -> dict[Iri, tuple[Iri, Iri] | None]:
        """The two properties that make a plain edge of a class: its own, else those of a superclass."""
        found: dict[Iri, tuple[Iri, Iri] | None] = {}
        start, end = dict(self.graph.iri_pairs(core("contractStart"))), dict(self.graph.iri_pairs(core("contractEnd")))
        for iri in top_down(self.members.parents):
            above = (found[parent] for parent in self.members.parents[iri])
            own = (start[iri], end[iri]) if iri in start and iri in end else None
            found[iri] = own or next(filter(None, above), None)
        return found

    def enumeration(self, iri: Iri) -> Enumeration:
        """One enumeration, its values sorted by name."""
        name = self.names.types[iri]
        labels = self.writer.labels(iri, name)
        values = [self._value(concept, value) for concept, value in self.names.values[iri].items()]
        ordered = tuple(sorted(values, key=lambda value: value.name))
        return Enumeration(iri, name, labels, self.writer.definitions(iri, labels), ordered)

    def _value(self, iri: Iri, name: str) -> EnumValue:
        labels = self.writer.labels(iri, name)
        return EnumValue(iri, name, labels, self.writer.definitions(iri, labels))
