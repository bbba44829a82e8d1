"""Constraints and indexes as the Model wants them. All names in these statements come from the Model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from neo4j import Session
from neo4j.exceptions import Neo4jError

from kaigraph.loaders.comparison import Comparison
from kaigraph.loaders.neo4j.mapping import ID_KEY, LABELS, META, RESOURCE, GraphMapping, mapping_of, searched_key
from kaigraph.ontology.errors import StoreRefused
from kaigraph.ontology.model import Class, Iri, Model

#: Every index costs each write; with a thousand classes, the lists of most are short.
MOST_CLASSES = 150

#: For words in names. `cjk` cuts Hangul and Han into pairs of letters, so that a word is found within a longer one.
_CJK, _CUT = frozenset({"ko", "ja", "zh"}), "cjk"
_WHOLE = "standard-no-stop-words"

_SHOW = "SHOW INDEXES YIELD name, owningConstraint"
_PREFIX = "kaigraph_"
_UNSAFE = re.compile("[^A-Za-z0-9]+")
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Index:
    """An index on one key: unique, or for ranges; of nodes of a label, or of relationships of a type.

    Or on the words of several keys, where `words` names them: `key` is the first of these, and `analyzer` how they are
    cut. Or on parts of texts (`is_text`): of any length, for `CONTAINS` and `STARTS WITH`.
    """

    label: str
    key: str
    unique: bool = False
    on_edges: bool = False
    words: tuple[str, ...] = ()
    analyzer: str = _WHOLE
    is_text: bool = False

    @property
    def name(self) -> str:
        """Its name in the database: the same for the same index."""
        if self.words:  # people read this one in the queries that they are given
            return _PREFIX + _UNSAFE.sub("_", "_".join(self.words)).lower()
        said = "\0".join((self.label, self.key, str(self.unique), str(self.on_edges)))
        return _PREFIX + sha256((said + "\0text" * self.is_text).encode()).hexdigest()[:24]

    def statement(self) -> str:
        """What makes it."""
        label, key = quoted(self.label), quoted(self.key)
        if self.words:
            each = ", ".join(f"n.{quoted(word)}" for word in self.words)
            how = f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{self.analyzer}'}}}}"  # a name of ours
            return f"CREATE FULLTEXT INDEX {self.name} IF NOT EXISTS FOR (n:{label}) ON EACH [{each}] {how}"
        if self.unique:
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        pattern = f"()-[n:{label}]-()" if self.on_edges else f"(n:{label})"
        kind = "TEXT" if self.is_text else "RANGE"
        return f"CREATE {kind} INDEX {self.name} IF NOT EXISTS FOR {pattern} ON (n.{key})"


def quoted(name: str) -> str:
    """A Cypher identifier."""
    return "`" + name.replace("`", "``") + "`"


def label_index(mapping: GraphMapping) -> Index:
    """The full-text index of what things are called: a browser finds a thing by its name through it."""
    keys = tuple(mapping.label_key(language) for language in mapping.languages)
    return Index(RESOURCE, keys[0], words=keys, analyzer=_CUT if _CJK.intersection(mapping.languages) else _WHOLE)


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
    """Make what is missing, drop what another Model left, and wait until all can be used.

    `only_unique`: what writing itself needs; the rest is made faster when there is something to make it of.

    Raises:
        StoreRefused: two nodes have the same id.
    """
    wanted = {i.name: i for i in indexes_of(model) if i.unique or not only_unique}
    there = {record["name"]: record["owningConstraint"] for record in session.run(_SHOW)}
    ours = {name for name in there if name.startswith(_PREFIX)}
    _run(session, (f"DROP {'CONSTRAINT' if there[n] else 'INDEX'} {n}" for n in sorted(ours - wanted.keys())))
    _run(session, (index.statement() for name, index in wanted.items() if name not in there))
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
