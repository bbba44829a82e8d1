"""What a list can be filtered and ordered by."""

from __future__ import annotations

from collections.abc import Iterable

from kaigraph.graphql.api import Filter, Input, InputType, Means
from kaigraph.graphql.deriving.fields import Fields
from kaigraph.graphql.deriving.names import WHERE_FIELDS, free
from kaigraph.graphql.deriving.pages import CLAIM
from kaigraph.graphql.deriving.scalars import filter_name
from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.ontology.model import Field, Iri

_TEXTUAL = (Means.TEXT, Means.TEXTS, Means.LITERALS)
_BY_COMPARISON = {Comparison.NUMBER: "DecimalFilter", Comparison.DATE: "EDTFFilter"}


def inputs(fields: Fields, target: Iri | None) -> dict[str, InputType]:
    """The `…Where`, `…Some` and `…Order` of a class (None: of nodes of any class), by name."""
    made = (_where(fields, target), _some(fields, target), _order(fields, target))
    return {one.name: one for one in made}


def _type(name: str, entries: Iterable[Input], description: str, *, one_of: bool = False) -> InputType:
    return InputType(name, {entry.name: entry for entry in entries}, description, one_of)


def _where(fields: Fields, target: Iri | None) -> InputType:
    name = fields.names.family(target, "Where")
    common = [
        Input("and", f"[{name}!]", Filter.AND),
        Input("or", f"[{name}!]", Filter.OR),
        Input("not", name, Filter.NOT),
        Input("id", "IdFilter", Filter.ID),
        Input("class", "[ClassName!]", Filter.CLASS),
        Input("label", "TextFilter", Filter.LABEL),
        Input("claims", fields.names.family(CLAIM, "Some"), Filter.SAID, description="Who says something of it."),
    ]
    own = [entry for field in fields.of(target).values() if (entry := _test(fields, field))]
    narrower = _narrower(fields, target, {entry.name for entry in own} | WHERE_FIELDS)
    return _type(name, [*common, *own, *narrower], f"Which {fields.names.shown(target)}: everything given must hold.")


def _narrower(fields: Fields, target: Iri | None, taken: set[str]) -> list[Input]:
    """A way to what only a subclass has: `asX` holds for an X that meets the filter of X."""
    classes = fields.model.classes
    below = fields.names.classes if target is None else [classes[iri] for iri in sorted(classes[target].descendants)]
    return [
        Input(free(f"as{cls.name}", taken), fields.names.family(cls.iri, "Where"), Filter.AS, cls=cls.iri)
        for cls in below
    ]


def _test(fields: Fields, field: Field) -> Input | None:
    """The test of one field; there is none where things and literals are mixed."""
    reading = fields.read(field)
    name = free(fields.name(field), WHERE_FIELDS)
    if reading.means is Means.PAGE:
        return Input(name, fields.names.family(reading.target, "Some"), Filter.SOME, field)
    if reading.means is Means.THING:
        return Input(name, fields.names.family(reading.target, "Where"), Filter.THING, field)
    return None if reading.means is Means.VALUES else Input(name, _filter(fields, field), Filter.VALUE, field)


def _filter(fields: Fields, field: Field) -> str:
    """The filter of a literal or enum field; what has no scalar of its own is compared as its datatypes allow."""
    reading = fields.read(field)
    if field.enum in fields.names.filters and reading.type in fields.enum_names:
        return fields.names.filters[field.enum]
    if reading.means in _TEXTUAL or reading.type == "String":
        return _BY_COMPARISON.get(comparison_of(field), "TextFilter")
    return filter_name(reading.type)


def _some(fields: Fields, target: Iri | None) -> InputType:
    some = Input("some", fields.names.family(target, "Where"), part="some")
    return _type(fields.names.family(target, "Some"), [some], f"Which lists of {fields.names.shown(target)}.")


def _order(fields: Fields, target: Iri | None) -> InputType:
    common = [Input("id", "Direction", part="id"), Input("label", "Direction", part="label")]
    own = [entry for field in fields.of(target).values() if (entry := _key(fields, field))]
    text = "One key to order by; the next in the list breaks ties. Nothing known comes last."
    return _type(fields.names.family(target, "Order"), [*common, *own], text, one_of=True)


def _key(fields: Fields, field: Field) -> Input | None:
    """The ordering by one field: single values, and what single things have to order by."""
    reading = fields.read(field)
    if reading.means is Means.SCALAR:
        return Input(fields.name(field), "Direction", field=field)
    if reading.means is Means.THING:
        return Input(fields.name(field), fields.names.family(reading.target, "Order"), field=field)
    return None
