"""The tables of the embedded store and their indexes, as SQL (docs/decisions/0005-embedded-store.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kaigraph.loaders.layout import LIMBS, Layout, Wide
from kaigraph.loaders.literals.comparison import Comparison

#: "KAIG": says that a database is ours. FORMAT goes up with every change to the tables or to what they hold.
APPLICATION_ID = 0x4B414947
FORMAT = 2

VALUE_COLUMNS = ("n", "prop", "ord", "text", "datatype", "lang", "concept", "key", "upper", "fold", *LIMBS)

_INTEGERS = frozenset({"n", "prop", "ord", "class", *LIMBS})


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _declared(columns: Iterable[str]) -> str:
    """Columns with their types: a column without one is not found through an index by a number."""
    return ", ".join(f"{quoted(c)} {'INTEGER' if c in _INTEGERS else 'TEXT'}" for c in columns)


def _declared_wide(layout: Layout) -> str:
    """The columns of `node` after the fixed ones; only limbs are numbers, whatever a property is called."""
    limbs = {w.part(limb) for w in layout.wide.values() for limb in LIMBS if w.comparison is Comparison.NUMBER}
    return ", ".join(f"{quoted(c)} {'INTEGER' if c in limbs else 'TEXT'}" for c in node_columns(layout)[4:])


_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prefix (name TEXT PRIMARY KEY, iri TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE property (p INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE value ({_declared(VALUE_COLUMNS)}, PRIMARY KEY (n, prop, ord)) WITHOUT ROWID;
CREATE TABLE edge (prop INTEGER, s INTEGER, o INTEGER, PRIMARY KEY (prop, s, o)) WITHOUT ROWID;
CREATE TABLE extent (class INTEGER PRIMARY KEY, count INTEGER NOT NULL);
CREATE TABLE reach (
  class INTEGER, concrete INTEGER, whole INTEGER NOT NULL, PRIMARY KEY (class, concrete)
) WITHOUT ROWID;
CREATE TABLE part (part INTEGER, whole INTEGER, PRIMARY KEY (part, whole)) WITHOUT ROWID;
CREATE TABLE fact (
  f INTEGER PRIMARY KEY, s INTEGER NOT NULL, p INTEGER NOT NULL, o INTEGER,
  text TEXT, datatype TEXT, lang TEXT, current INTEGER NOT NULL, disputed INTEGER NOT NULL
);
CREATE TABLE span (f INTEGER, since TEXT, until TEXT, PRIMARY KEY (f, since, until)) WITHOUT ROWID;
CREATE TABLE graph (g INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER);
CREATE TABLE support (f INTEGER, g INTEGER, exact INTEGER NOT NULL, PRIMARY KEY (f, g)) WITHOUT ROWID;
CREATE TABLE origin (g INTEGER, source INTEGER, PRIMARY KEY (g, source)) WITHOUT ROWID;
CREATE TABLE plain (source INTEGER PRIMARY KEY);
"""

_INDEXES = """
CREATE INDEX value_key ON value (prop, key, n);
CREATE INDEX value_text ON value (prop, text, n);
CREATE INDEX edge_back ON edge (prop, o, s);
CREATE UNIQUE INDEX member_of ON member (n, class);
CREATE INDEX part_of ON part (whole, part);
CREATE INDEX fact_of ON fact (s, p);
CREATE INDEX fact_to ON fact (o) WHERE o IS NOT NULL;
CREATE INDEX support_by ON support (g, f);
"""


def node_columns(layout: Layout) -> tuple[str, ...]:
    """The stored columns of `node`, in order."""
    labels = [c for language in layout.languages for c in (layout.label(language), layout.label_key(language))]
    return ("n", "id", "class", "hash", *labels, "_labels", *(c for w in layout.wide.values() for c in w.columns))


def member_columns(layout: Layout) -> tuple[str, ...]:
    """The columns of `member`: the keys of labels are there too, so that every class is a list in their order."""
    return ("class", "id", "n", *(layout.label_key(language) for language in layout.languages))


def tables(layout: Layout) -> str:
    """The statements that make the tables."""
    rest = _declared_wide(layout)
    member = _declared(member_columns(layout))
    return (
        f"CREATE TABLE member ({member}, PRIMARY KEY (class, id)) WITHOUT ROWID;\n"
        "CREATE TABLE node (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, class INTEGER, hash BLOB NOT NULL, "
        f"{rest}, iri TEXT AS (CASE WHEN substr(id, 1, 2) <> '_:' THEN id END));\n{_TABLES}"
    )


def indexes(layout: Layout) -> str:
    """The statements that make the indexes: whatever can be compared or ordered has one, with the id behind the key."""
    return _INDEXES + "".join(f"{line};\n" for line in _node_indexes(layout))


def _node_indexes(layout: Layout) -> Iterator[str]:
    for language in layout.languages:
        label, key = layout.label(language), layout.label_key(language)
        yield f"CREATE INDEX {quoted('node ' + label)} ON node ({quoted(label)})"
        yield f"CREATE INDEX {quoted('member ' + key)} ON member (class, {quoted(key)}, id, n)"
    for wide in layout.wide.values():
        yield from _wide_indexes(wide)


def _wide_indexes(wide: Wide) -> Iterator[str]:
    """Partial ones: of hundreds of columns, a node has few values."""
    key = wide.part("key")
    yield f"CREATE INDEX {quoted('node ' + key)} ON node ({quoted(key)}, id) WHERE {quoted(key)} IS NOT NULL"
    name = quoted("node class " + key)
    yield f"CREATE INDEX {name} ON node (class, {quoted(key)}, id) WHERE {quoted(key)} IS NOT NULL"
    if wide.comparison in (Comparison.TEXT, Comparison.DATE):
        name = quoted(wide.name)
        yield f"CREATE INDEX {quoted('node text ' + wide.name)} ON node ({name}) WHERE {name} IS NOT NULL"
    if wide.comparison is Comparison.DATE:
        upper = quoted(wide.part("upper"))
        yield f"CREATE INDEX {quoted('node ' + wide.part('upper'))} ON node ({upper}) WHERE {upper} IS NOT NULL"
