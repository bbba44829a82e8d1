"""The keys that nodes and links have, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from kaigraph.bloom.ground import Ground
from kaigraph.bloom.records import LIST, TEXT, TRUTH, WHOLE
from kaigraph.loaders.layout import LIMBS
from kaigraph.loaders.neo4j.mapping import (
    ABOUT,
    CLASS,
    CONTRADICTED,
    DISPUTED,
    DISPUTED_KEYS,
    FACTS_OF,
    FROM,
    HASH,
    ID,
    ID_KEY,
    LABELS,
    PART,
    PLAIN,
    TYPES,
)
from kaigraph.ontology.model import Class, Field, Kind
from kaigraph.ontology.terms import CORE

CLAIM = CORE + "Claim"
Key = tuple[str, str]  # and what it holds


def common_keys(ground: Ground) -> list[Key]:
    """Those of every node."""
    mapping = ground.mapping
    labels = [mapping.label_key(t) for t in mapping.languages]
    orders = [mapping.label_order(t) for t in mapping.languages]
    marks = [(DISPUTED, TRUTH), (DISPUTED_KEYS, LIST)] if ground.has(CLAIM) else []
    return [*((k, TEXT) for k in (*labels, ID, ID_KEY, CLASS, HASH, LABELS, *orders)), (TYPES, LIST), *marks]


def class_keys(cls: Class, ground: Ground) -> list[Key]:
    """Those of the nodes of a class: labels first, then what people read, then what machines do."""
    own = (key for field in cls.fields if not field.inverse for key in _field_keys(field, ground))
    mark = [(CONTRADICTED, TRUTH)] if cls.iri == CLAIM else []
    return list(dict.fromkeys((*common_keys(ground), *mark, *own)))


def _field_keys(field: Field, ground: Ground) -> Iterator[Key]:
    if field.kind is Kind.THING:
        return
    wide = ground.mapping.wide.get(field.property.iri)
    if wide:
        limbs = {wide.part(limb) for limb in LIMBS}
        yield from ((column, WHOLE if column in limbs else TEXT) for column in wide.columns)
        return
    listed = ground.mapping.listed(field.property.iri)
    yield listed.texts, LIST
    yield from ((key, LIST) for key in (listed.languages, listed.datatypes, listed.concepts, listed.keys))
    yield from ((key, LIST) for key in (listed.uppers, listed.folds))
    yield from ((listed.first(part), TEXT) for part in ("key", "upper"))
    yield from ((listed.first(limb), WHOLE) for limb in LIMBS)


def type_keys(type_: str, ground: Ground) -> list[Key]:
    """Those of the links of a type."""
    if type_ in (FACTS_OF, PART, PLAIN):
        return []
    if type_ == ABOUT:
        return [("properties", LIST), ("_derived", TRUTH)]
    if type_ == FROM:
        return [("_derived", TRUTH)]
    said = [("claims", LIST), *([(DISPUTED, TRUTH)] if ground.has(CLAIM) else [])]
    if type_ in ground.mapping.contracted.values():
        return [("via", TEXT), *said, ("_derived", TRUTH)]
    return said
