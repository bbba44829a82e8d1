"""Fields of the Model as fields of the API: what each means, and of which type it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kaigraph.graphql.api import Argument, Means, Output
from kaigraph.graphql.deriving.names import NODE_FIELDS, Names, free, language_name, pascal
from kaigraph.graphql.deriving.scalars import LANG_STRING, scalar_of_field
from kaigraph.graphql.deriving.texts import describe_property
from kaigraph.ontology.model import Class, Field, Iri, Kind, Model, Property

FIRST = Argument("first", "Int", "50")
AFTER = Argument("after", "String")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a field of the Model reads: what it means, its named type, and the class it leads to (None: any)."""

    means: Means
    type: str
    target: Iri | None = None


class Fields:
    """Makes the output fields of classes, the same object for the same field."""

    def __init__(self, model: Model, names: Names) -> None:
        """Take the Model and the names given to its classes."""
        self.model = model
        self.names = names
        self.languages = model.languages or ("en",)
        self.language = language_name(self.languages[0])
        self.enum_names = frozenset(names.enums.values())
        self.unions = self._name_unions()
        self._outputs: dict[tuple[object, ...], Output] = {}
        self._readings: dict[tuple[object, ...], Reading] = {}

    def _name_unions(self) -> dict[tuple[Iri, bool], str]:
        """One union for each property that holds literals and things (and each direction, were there two)."""
        mixed = {
            (field.property.iri, field.inverse): field.name
            for cls in self.names.classes
            for field in cls.fields
            if field.kind is Kind.MIXED
        }
        return {key: self.names.take(pascal(mixed[key]) + "Value") for key in sorted(mixed)}

    def target(self, field: Field) -> Iri | None:
        """The class that all things of a field belong to: the nearest that its classes share, or None for any."""
        if not field.classes or any(iri not in self.model.classes for iri in field.classes):
            return None
        lines = [{iri, *self.model.classes[iri].ancestors} for iri in field.classes]
        shared = set.intersection(*lines)
        general = {above for iri in shared for above in self.model.classes[iri].ancestors}
        return min(shared - general, default=None)

    def read(self, field: Field) -> Reading:
        """What a field means."""
        key = _key(field)
        if key not in self._readings:
            self._readings[key] = self._read(field)
        return self._readings[key]

    def _read(self, field: Field) -> Reading:
        if field.kind is Kind.LITERAL:
            return self._read_literal(field)
        if field.kind is Kind.ENUM and field.enum in self.names.enums:
            return Reading(Means.SCALARS if field.many else Means.SCALAR, self.names.enums[field.enum])
        target = self.target(field)
        if field.kind is Kind.MIXED:
            return Reading(Means.VALUES, self.unions[field.property.iri, field.inverse], target)
        if field.many:
            return Reading(Means.PAGE, self.names.family(target, "Connection"), target)
        return Reading(Means.THING, self.names.shown(target), target)

    def _read_literal(self, field: Field) -> Reading:
        if field.datatypes == (LANG_STRING,):
            return Reading(Means.TEXT, "String") if field.unique_lang else Reading(Means.TEXTS, "LanguageString")
        scalar = scalar_of_field(field)
        if scalar is None:
            return Reading(Means.LITERALS, "LiteralValue")
        return Reading(Means.SCALARS if field.many else Means.SCALAR, scalar)

    def name(self, field: Field) -> str:
        """The field's name in an object."""
        return free(field.name, NODE_FIELDS)

    def property_name(self, prop: Property) -> str:
        """The name of a property's forward fields."""
        return free(prop.name, NODE_FIELDS)

    def output(self, field: Field) -> Output:
        """The output field of a field."""
        key = _key(field)
        if key not in self._outputs:
            self._outputs[key] = self._output(field)
        return self._outputs[key]

    def _output(self, field: Field) -> Output:
        reading = self.read(field)
        text = describe_property(field.property, self.languages, inverse=field.inverse)
        output = Output(self.name(field), self._type(field, reading), reading.means, text, field=field)
        if reading.means is Means.PAGE:
            return replace(output, arguments=self.page_arguments(reading.target))
        if reading.means in (Means.TEXT, Means.TEXTS):
            return replace(output, arguments=(self.lang_argument(),))
        return output

    def _type(self, field: Field, reading: Reading) -> str:
        if reading.means is Means.PAGE:
            return reading.type + "!"
        if reading.means in (Means.TEXT, Means.THING) or not field.many:
            return reading.type
        return f"[{reading.type}!]!"

    def lang_argument(self) -> Argument:
        """`lang`. It has no default of the schema's own: a request can say its language beside the operation."""
        return Argument("lang", "Language")

    def page_arguments(self, target: Iri | None) -> tuple[Argument, ...]:
        """The arguments of a connection."""
        where = Argument("where", self.names.family(target, "Where"))
        return FIRST, AFTER, where, Argument("orderBy", f"[{self.names.family(target, 'Order')}!]")

    def of(self, target: Iri | None) -> Mapping[str, Field]:
        """The fields of a class by their names in an object; none for nodes of any class."""
        cls: Class | None = self.model.classes.get(target) if target else None
        return {self.name(field): field for field in cls.fields} if cls else {}


def _key(field: Field) -> tuple[object, ...]:
    """What tells two fields apart, in hashable terms."""
    kind = (field.kind, field.many, field.unique_lang, field.enum, field.bounds)
    return (field.property.iri, field.inverse, field.datatypes, field.classes, *kind)
