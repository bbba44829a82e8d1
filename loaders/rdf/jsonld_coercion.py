"""How the values of a property are written in JSON-LD: plain strings stand for what the shapes say they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kaigraph.loaders.layout import Same
from kaigraph.ontology.model import Field, Iri, Kind, Model
from kaigraph.ontology.terms import XSD

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
STRING = XSD + "string"
ID = "@id"


@dataclass(frozen=True, slots=True)
class Coercion:
    """What a bare string stands for (`type`: a datatype or `@id`), whether texts lie by language, and in lists."""

    type: Iri | None = None
    by_language: bool = False
    many: bool = True

    @property
    def container(self) -> list[str]:
        """The `@container` of the term."""
        return [*(["@language"] if self.by_language else []), *(["@set"] if self.many else [])]


NONE = Coercion(many=False)


def coercions_of(model: Model) -> Mapping[Iri, Coercion]:
    """The coercion of every property; where classes that are no relatives differ, none."""
    return _coercions(Same(model))


@lru_cache(maxsize=4)
def _coercions(same: Same) -> Mapping[Iri, Coercion]:
    model = same.model
    found: dict[Iri, set[Coercion]] = defaultdict(set)
    for cls in model.classes.values():
        for field in cls.fields:
            if not field.inverse:
                found[field.property.iri].add(_of_field(field))
    return {iri: _together(found[iri]) if iri in found else NONE for iri in model.properties}


def _of_field(field: Field) -> Coercion:
    if field.kind in (Kind.THING, Kind.ENUM):
        return Coercion(ID, many=field.many)
    if field.kind is Kind.LITERAL and LANG_STRING in field.datatypes and set(field.datatypes) <= {LANG_STRING, STRING}:
        return Coercion(by_language=True, many=not field.unique_lang)
    if field.kind is Kind.LITERAL and len(field.datatypes) == 1 and field.datatypes[0] != STRING:
        return Coercion(field.datatypes[0], many=field.many)
    return Coercion(many=field.many)


def _together(found: set[Coercion]) -> Coercion:
    many = any(one.many for one in found)
    kinds = {(one.type, one.by_language) for one in found}
    type_, by_language = kinds.pop() if len(kinds) == 1 else (None, False)
    return Coercion(type_, by_language, many)
