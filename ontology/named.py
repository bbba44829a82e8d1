"""The names of one vocabulary: of types, of root lists, of properties and their inverses, of enumerated values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kaigraph.ontology.model import Renaming
from kaigraph.ontology.names import (
    TYPE_SUFFIXES,
    UNSAFE,
    Space,
    Wish,
    Wishes,
    prefix_of_namespace,
    rank,
    reserved_field,
    reserved_root,
    reserved_type,
    reserved_value,
)  # fmt: skip
from kaigraph.ontology.naming import field_case, is_safe, plural, type_case, value_case
from kaigraph.ontology.terms import core, owl, skos
from kaigraph.ontology.triples import Triples

Iri = str


@dataclass(frozen=True)
class Names:
    """All names, and what had to be renamed (sorted)."""

    types: Mapping[Iri, str]
    plurals: Mapping[Iri, str]
    fields: Mapping[Iri, str]
    inverses: Mapping[Iri, str]
    values: Mapping[Iri, Mapping[Iri, str]]
    renamings: tuple[Renaming, ...]


def give_names(
    graph: Triples,
    prefixes: Mapping[str, Iri],
    classes: Iterable[Iri],
    enumerations: Mapping[Iri, tuple[Iri, ...]],
    properties: Mapping[Iri, bool],
) -> Names:
    """Name everything; `properties` says of each whether it can be seen from its object."""
    known = prefix_of_namespace(prefixes)
    type_space, roots = Space(known, reserved_type, TYPE_SUFFIXES), Space(known, reserved_root)
    types = _wished(graph, type_space, [*classes, *enumerations], type_case)
    plurals = _plurals(graph, roots, {iri: types[iri] for iri in classes})
    field_space = Space(known, reserved_field)
    fields = _wished(graph, field_space, properties, field_case)
    inverses = _inverses(graph, field_space, fields, properties)
    values, found = {}, [*type_space.renamings, *roots.renamings, *field_space.renamings]
    for iri, concepts in sorted(enumerations.items()):
        space = Space(known, reserved_value, in_capitals=True)
        values[iri] = _wished(graph, space, concepts, value_case, notation=skos("notation"))
        found += space.renamings
    ordered = tuple(sorted(set(found), key=lambda r: (r.iri, r.wanted, r.given, r.reason)))
    return Names(types, plurals, fields, inverses, values, ordered)


def _wished(
    graph: Triples, space: Space, iris: Iterable[Iri], case: Callable[[str], str], *, notation: NamedNode | None = None
) -> dict[Iri, str]:
    wishes = Wishes(graph, case)
    asked = {iri: wishes.of(iri, notation=notation) for iri in iris}
    order = sorted(asked, key=lambda iri: rank(iri, explicit=asked[iri].explicit))
    return {iri: _given(space, iri, asked[iri]) for iri in order}


def _given(space: Space, iri: Iri, wish: Wish) -> str:
    changed = wish.is_changed
    return space.give(iri, wish.name, wish.local if changed else "", UNSAFE if changed else "")


def _plurals(graph: Triples, space: Space, types: Mapping[Iri, str]) -> dict[Iri, str]:
    wished = {iri: _explicit(graph, iri, core("pluralName")) for iri in types}
    order = sorted(types, key=lambda iri: rank(iri, explicit=wished[iri] is not None))
    return {iri: space.give(iri, wished[iri] or plural(field_case(types[iri]))) for iri in order}


def _inverses(graph: Triples, space: Space, fields: Mapping[Iri, str], seen: Mapping[Iri, bool]) -> dict[Iri, str]:
    """owl:inverseOf, else core:inverseName, else the name with `Of`.

    A declared inverse that makes a field of its own keeps its name: then the next wish counts. Properties that
    nobody sees from behind come last and are not spoken of.
    """
    wished = {iri: _inverse_wishes(graph, iri, fields) for iri in fields}
    order = sorted(fields, key=lambda iri: (not seen[iri], rank(iri, explicit=bool(wished[iri]))))
    found = {}
    for iri in order:
        tries = [*wished[iri], f"{fields[iri]}Of"]
        name = next(filter(space.is_free, tries), tries[-1])
        found[iri] = space.give(iri, name, tries[0], _why(space, tries[0], name), quietly=not seen[iri])
    return found


def _why(space: Space, wanted: str, name: str) -> str:
    return "" if name == wanted else space.obstacle(wanted) or ""


def _inverse_wishes(graph: Triples, iri: Iri, fields: Mapping[Iri, str]) -> list[str]:
    node, inverse_of = NamedNode(iri), owl("inverseOf")
    others = sorted({*graph.iris(node, inverse_of), *graph.iri_subjects(inverse_of, node)} - {iri})
    wishes = Wishes(graph, field_case)
    declared = [fields.get(other) or wishes.of(other).name for other in others]
    explicit = _explicit(graph, iri, core("inverseName"))
    return [*declared, *([explicit] if explicit else [])]


def _explicit(graph: Triples, iri: Iri, prop: NamedNode) -> str | None:
    return next((text.value for text in graph.literals(NamedNode(iri), prop) if is_safe(text.value)), None)
