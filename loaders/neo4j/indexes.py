"""Constraints and indexes as the Model wants them. All names in these statements come from the Model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import LiteralString

from neo4j import Session
from neo4j.exceptions import Neo4jError

from kaigraph.loaders.literals.comparison import Comparison
from kaigraph.loaders.neo4j.index import CUT, PREFIX, WHOLE, Index, made_as
from kaigraph.loaders.neo4j.mapping import ID_KEY, LABELS, META, RESOURCE, GraphMapping, mapping_of, searched_key
from kaigraph.ontology.errors import StoreRefused
from kaigraph.ontology.model import Class, Iri, Model

#: Every index costs each write; with a thousand classes, the lists of most are short.
MOST_CLASSES = 150

_CJK = frozenset({"ko", "ja", "zh"})
_SECONDS = 300

_SHOW: LiteralString = "SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, options, owningConstraint"


def label_index(mapping: GraphMapping) -> Index:
    """The full-text index of what things are called: a browser finds a thing by its name through it."""
    keys = tuple(mapping.label_key(language) for language in mapping.languages)
    return Index(RESOURCE, keys[0], words=keys, analyzer=CUT if _CJK.intersection(mapping.languages) else WHOLE)


def indexes_of(model: Model) -> tuple[Index, ...]:
    """The indexes that the store of a Model has."""
    mapping = mapping_of(model)
    orders = [mapping.label_order(language) for language in mapping.languages]
    found = [Index(label, ID_KEY, unique=True) for label in (RESOURCE, META)]
    found += [Index(RESOURCE, order) for order in orders]
    found += [Index(RESOURCE, searched_key(LABELS), is_text=True)]
    found.append(label_index(mapping))
    for cls in _listed_classes(model):
        found += [Index(mapping.label(cls.iri), key) for key in (ID_KEY, *orders)]
    found += _on_scalars(model, mapping)
    found += [Index(type_, "via", on_edges=True) for type_ in mapping.contracted.values()]
    return tuple(dict.fromkeys(found))


def index_label(model: Model, cls: Iri, key: str) -> str | None:
    """The label through which nodes of a class are found by a key: its own, or the nearest one above; None, if none."""
    mapping, indexed = mapping_of(model), {(i.label, i.key) for i in indexes_of(model) if not i.words}
    own = model.classes.get(cls)
    if own is None:
        return RESOURCE if (RESOURCE, key) in indexed else None
    above = sorted(own.ancestors, key=lambda a: (-len(model.classes[a].ancestors), a))
    labels = (*(mapping.label(c) for c in (cls, *above)), RESOURCE)
    return next((label for label in labels if (label, key) in indexed), None)


def make_indexes(session: Session, model: Model, *, only_unique: bool = False) -> None:
    """Make what is missing, drop what another Model left or was made otherwise, and wait until all can be used.

    `only_unique`: what writing itself needs; the rest is made faster when there is something to make it of.

    Raises:
        StoreRefused: two nodes have the same id.
    """
    wanted = {i.name: i for i in indexes_of(model) if i.unique or not only_unique}
    there = {record["name"]: made_as(record) for record in session.run(_SHOW)}
    constraints = {record["name"] for record in session.run("SHOW CONSTRAINTS YIELD name")}
    kept = {name for name, index in wanted.items() if there.get(name) == index.definition}
    gone = sorted(name for name in there if name.startswith(PREFIX) and name not in kept)
    _run(session, (f"DROP {'CONSTRAINT' if n in constraints else 'INDEX'} {n}" for n in gone))
    _run(session, (index.statement() for name, index in wanted.items() if name not in kept))
    session.run("CALL db.awaitIndexes($seconds)", seconds=_SECONDS).consume()


def _run(session: Session, statements: Iterable[str]) -> None:
    """In one transaction: a schema change alone takes its time."""
    waiting = list(statements)
    if not waiting:
        return
    try:
        with session.begin_transaction() as transaction:
            for statement in waiting:
                transaction.run(statement).consume()
            transaction.commit()
    except Neo4jError as error:
        if "ConstraintCreationFailed" not in (error.code or ""):
            raise
        raise StoreRefused(
            "two nodes of the database have the same id: somebody else wrote to it while a constraint was missing",
            hint="empty the database and load the data again",
        ) from error


def _listed_classes(model: Model) -> list[Class]:
    """The most general first: their lists are the longest."""
    ranked = sorted(model.classes.values(), key=lambda c: (-len(c.descendants), len(c.ancestors), c.iri))
    return ranked[:MOST_CLASSES]


def _on_scalars(model: Model, mapping: GraphMapping) -> Iterator[Index]:
    """On the key of each scalar, for the topmost classes that have it; of one that nodes must have, for each class."""
    for cls in model.classes.values():
        inherited = {f.property.iri for p in cls.parents for f in model.classes[p].fields if not f.inverse}
        for field in cls.fields:
            wide = mapping.wide.get(field.property.iri)
            if wide is None or field.inverse:
                continue
            if field.property.iri in inherited:
                if field.mandatory:  # what a list of this class can be read in the order of
                    yield Index(mapping.label(cls.iri), wide.part("key"))
                continue
            yield Index(mapping.label(cls.iri), wide.part("key"))
            if wide.comparison is Comparison.DATE:
                yield Index(mapping.label(cls.iri), wide.part("upper"))
            if wide.comparison is Comparison.TEXT:
                yield Index(mapping.label(cls.iri), searched_key(wide.part("fold")), is_text=True)
