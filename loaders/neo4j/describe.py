"""The mapping of a Model as tables for people (the end of docs/neo4j-mapping.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kaigraph.loaders.neo4j.mapping import GraphMapping, mapping_of
from kaigraph.ontology.model import Class, Iri, Kind, Model

#: Below this line the document is made by `describe`.
MARK = "<!-- made from the Model: kaigraph.loaders.neo4j.describe -->\n"


def describe(model: Model) -> str:
    """Tables of labels, property keys and relationship types, sorted."""
    mapping = mapping_of(model)
    parts = (
        "## Labels\n",
        _table(("label", "class", "contracts to"), _labels(model, mapping)),
        "## Properties\n",
        _table(("key", "as", "property"), _keys(model, mapping)),
        "## Relationship types\n",
        _table(("type", "property"), _types(model, mapping)),
    )
    return "\n".join(parts)


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    names = tuple(heads)
    lines = [names, ("---",) * len(names), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _labels(model: Model, mapping: GraphMapping) -> Iterator[tuple[str, ...]]:
    for cls in sorted(model.classes.values(), key=lambda c: mapping.label(c.iri)):
        yield f"`{mapping.label(cls.iri)}`", _short(cls.iri, model), _contraction(cls, mapping)


def _contraction(cls: Class, mapping: GraphMapping) -> str:
    if cls.contraction is None:
        return ""
    start, end = (mapping.type(p) for p in cls.contraction)
    return f"`{mapping.contracted[cls.iri]}`, from `{start}` to `{end}`"


def _keys(model: Model, mapping: GraphMapping) -> Iterator[tuple[str, ...]]:
    for iri in sorted(_of_kind(model, Kind.LITERAL, Kind.ENUM, Kind.MIXED), key=mapping.key):
        wide = mapping.wide.get(iri)
        form = "list" if wide is None else f"{wide.comparison.value}, {', '.join(f'`{c}`' for c in wide.columns[1:])}"
        yield f"`{mapping.key(iri)}`", form.removesuffix(", "), _short(iri, model)


def _types(model: Model, mapping: GraphMapping) -> Iterator[tuple[str, ...]]:
    for iri in sorted(_of_kind(model, Kind.THING, Kind.MIXED), key=mapping.type):
        yield f"`{mapping.type(iri)}`", _short(iri, model)


def _of_kind(model: Model, *kinds: Kind) -> set[Iri]:
    return {f.property.iri for c in model.classes.values() for f in c.fields if f.kind in kinds}


def _short(iri: Iri, model: Model) -> str:
    """An IRI with the prefix of its namespace."""
    spaces = [(len(space), prefix) for prefix, space in model.prefixes.items() if space and iri.startswith(space)]
    length, prefix = max(spaces, default=(0, ""))
    return f"`{prefix}:{iri[length:]}`" if length else f"`<{iri}>`"
