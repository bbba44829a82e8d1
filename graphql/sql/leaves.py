"""Leaves of a plan as columns: what is compared, ordered, grouped and added."""

from __future__ import annotations

from dataclasses import dataclass

from kaigraph.graphql.plan import IdLeaf, LabelLeaf, Leaf, Path, ValueLeaf
from kaigraph.graphql.sql.source import Row
from kaigraph.loaders.layout import LIMBS
from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.loaders.sqlite.schema import quoted


@dataclass(frozen=True, slots=True)
class Columns:
    """The parts of one leaf, as expressions: its text, its key, and the limbs of a number."""

    text: str
    key: str
    limbs: tuple[str, ...] = ()
    upper: str = "NULL"


def columns(row: Row, path: Path) -> Columns:
    """The columns at the end of a path, joined to what `row` reads."""
    return leaf_columns(row.follow(path.hops), path.leaf)


def key_of(row: Row, path: Path) -> str:
    """The key at the end of a path; of a wide value alone, so that no row is joined for what is at hand."""
    end = row.follow(path.hops)
    wide = row.context.layout.wide.get(path.leaf.field.property.iri) if isinstance(path.leaf, ValueLeaf) else None
    return leaf_columns(end, path.leaf).key if wide is None else end.column(wide.part("key"))


def leaf_columns(row: Row, leaf: Leaf) -> Columns:
    """The columns of a leaf of a node."""
    if isinstance(leaf, IdLeaf):
        return Columns(row.id, row.id)
    if isinstance(leaf, LabelLeaf):
        layout = row.context.layout
        language = leaf.language or layout.languages[0]
        return Columns(row.column(layout.label(language)), row.column(layout.label_key(language)))
    return _value_columns(row, leaf)


def _value_columns(row: Row, leaf: ValueLeaf) -> Columns:
    """Columns of the node, or of its first row in `value`."""
    wide = row.context.layout.wide.get(leaf.field.property.iri)
    if wide is None:
        alias = row.context.alias("v")
        if row.select is None:
            raise TypeError("a node outside of a SELECT has no values")
        prop = row.context.prop(leaf.field.property.iri)
        row.select.join(
            f"LEFT JOIN value AS {alias} ON {alias}.n = {row.number} AND {alias}.prop = {prop} AND {alias}.ord = 0"
        )
        return Columns(f"{alias}.text", f"{alias}.key", tuple(f"{alias}.{limb}" for limb in LIMBS), f"{alias}.upper")
    is_number = wide.comparison is Comparison.NUMBER
    limbs = tuple(row.column(wide.part(limb)) for limb in LIMBS) if is_number else ()
    return Columns(row.column(wide.name), row.column(wide.part("key")), limbs)


def tested(leaf: ValueLeaf, op: str) -> str:
    """The part of a value that an operator compares: its text, key, upper bound or fold."""
    if op in ("contains", "startsWith"):
        return "fold"
    if op in ("eq", "in"):
        exact = comparison_of(leaf.field) in (Comparison.NUMBER, Comparison.BOOLEAN)
        return "key" if exact else "text"
    return "key"


__all__ = ["Columns", "columns", "key_of", "leaf_columns", "quoted", "tested"]
