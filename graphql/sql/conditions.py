"""Conditions as SQL. What is far away is asked for with `n IN (SELECT …)`, which SQLite starts from its cheaper end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kaigraph.graphql.framing import block
from kaigraph.graphql.plan import (
    All,
    Any,
    Condition,
    IdLeaf,
    LabelLeaf,
    Member,
    Missing,
    Not,
    ParamRef,
    Said,
    Some,
    Test,
    ValueLeaf,
)
from kaigraph.graphql.sql.leaves import tested
from kaigraph.graphql.sql.source import Row, Select, ends
from kaigraph.loaders.sqlite.schema import quoted
from kaigraph.ontology.model import Iri

Write = Callable[..., str]

#: Operators on one column. A key of a date is `lower upper text`: `lower > t` is `key > t!`, for ! follows the space.
OPERATORS: Mapping[str, Write] = {
    "eq": lambda c, p: f"{c} = {p}",
    "in": lambda c, p: f"{c} IN (SELECT value FROM json_each({p}))",
    "lt": lambda c, p: f"{c} < {p}",
    "lte": lambda c, p: f"{c} <= {p}",
    "gt": lambda c, p: f"{c} > {p}",
    "gte": lambda c, p: f"{c} >= {p}",
    "contains": lambda c, p: f"instr({c}, {p}) > 0",
    "startsWith": lambda c, p: f"substr({c}, 1, length({p})) = {p}",
    "after": lambda c, p: f"{c} > {p} || '!'",
    "onOrAfter": lambda c, p: f"{c} > {p}",
}
_UPPER: Mapping[str, Write] = {
    "before": lambda c, p: f"{c} < {p}",
    "onOrBefore": lambda c, p: f"{c} <= {p}",
}


def parameter(ref: ParamRef) -> str:
    """A parameter of the plan: $1 is the first. A statement may leave some out (`first`, where only a sum is asked)."""
    return f"${ref + 1}"


def conjuncts(where: Condition) -> tuple[Condition, ...]:
    """What must all hold."""
    return where.items if isinstance(where, All) else (where,)


def condition(row: Row, given: Condition) -> str:
    """A condition on the current node. It may be null where it does not hold; `Not` minds that."""
    match given:
        case All(items):
            return _joined(row, items, "AND", "1")
        case Any(items):
            return _joined(row, items, "OR", "0")
        case Not(item):
            return f"({condition(row, item)}) IS NOT TRUE"
        case Some():
            return _some(row, given)
        case Said(item):
            return _said(row, item)
        case Member(classes):
            return _member(row, classes)
        case Missing(leaf):
            return _missing(row, leaf)
        case Test():
            return _test(row, given)


def _joined(row: Row, items: tuple[Condition, ...], word: str, nothing: str) -> str:
    if not items:
        return nothing
    if len(items) == 1:
        return condition(row, items[0])
    return block("(", f"\n{word} ".join(condition(row, i) for i in items), ")")


def _some(row: Row, some: Some) -> str:
    start, end = ends(some.hop)
    edge = row.context.alias("e")
    select = Select(f"edge AS {edge}")
    select.conditions.append(f"{edge}.prop = {row.context.prop(some.hop.property)}")
    far = Row(row.context, select, f"{edge}.{end}")
    if some.condition != All(()):
        select.conditions.append(condition(far, some.condition))
    return block(f"{row.number} IN (", select.text(f"{edge}.{start}"), ")")


def _said(row: Row, item: Condition) -> str:
    """The subjects of what the claims in question support; SQLite may start from the claims or from the node."""
    graph = row.context.alias("g")
    select = Select(f"graph AS {graph} JOIN support AS u ON u.g = {graph}.g JOIN fact AS f ON f.f = u.f")
    select.conditions.append(f"{graph}.n IS NOT NULL")
    claim = Row(row.context, select, f"{graph}.n")
    if item != All(()):
        select.conditions.append(condition(claim, item))
    return block(f"{row.number} IN (", select.text("f.s"), ")")


def _member(row: Row, classes: tuple[Iri, ...]) -> str:
    numbers = [row.context.cls(c) for c in classes]
    wanted = f"= {numbers[0]}" if len(numbers) == 1 else f"IN ({', '.join(numbers)})"
    return f"{row.number} IN (SELECT n FROM member WHERE class {wanted})"


def _missing(row: Row, leaf: IdLeaf | LabelLeaf | ValueLeaf) -> str:
    context = row.context
    if isinstance(leaf, IdLeaf):
        return "0"
    if isinstance(leaf, LabelLeaf):
        languages = (leaf.language,) if leaf.language else context.layout.languages
        return "(" + " AND ".join(f"{row.column(context.layout.label(t))} IS NULL" for t in languages) + ")"
    wide = context.layout.wide.get(leaf.field.property.iri)
    if wide is not None:
        return f"{row.column(wide.name)} IS NULL"
    prop = context.prop(leaf.field.property.iri)
    return f"NOT EXISTS (SELECT 1 FROM value AS v WHERE v.n = {row.number} AND v.prop = {prop})"


def _test(row: Row, test: Test) -> str:
    params = [parameter(p) for p in test.params]
    if isinstance(test.leaf, IdLeaf):
        return OPERATORS[test.op](row.id, *params)
    if isinstance(test.leaf, LabelLeaf):
        return _label(row, test.leaf, test.op, params)
    return _value(row, test.leaf, test.op, params)


def _label(row: Row, leaf: LabelLeaf, op: str, params: list[str]) -> str:
    """Texts are compared as they are; parts of them in `_labels`, where each folded label follows a line break."""
    layout = row.context.layout
    if op == "contains" and leaf.language is None:
        return f"instr({row.column('_labels')}, {params[0]}) > 0"
    if op == "startsWith" and leaf.language is None:
        return f"instr({row.column('_labels')}, char(10) || {params[0]}) > 0"
    languages = (leaf.language,) if leaf.language else layout.languages
    name = layout.label if op in ("eq", "in") else layout.label_key
    return "(" + " OR ".join(OPERATORS[op](row.column(name(t)), *params) for t in languages) + ")"


def _value(row: Row, leaf: ValueLeaf, op: str, params: list[str]) -> str:
    """On a column of the node; for everything else, on any of its rows in `value`."""
    context = row.context
    wide = context.layout.wide.get(leaf.field.property.iri)
    if wide is not None:
        return _compare(op, params, lambda part: row.column(wide.part(part)), leaf)
    found = _compare(op, params, lambda part: f"v.{quoted(part) if part == 'text' else part}", leaf)
    prop = context.prop(leaf.field.property.iri)
    return block(f"{row.number} IN (", f"SELECT v.n FROM value AS v WHERE v.prop = {prop} AND {found}", ")")


def _compare(op: str, params: list[str], column: Callable[[str], str], leaf: ValueLeaf) -> str:
    if op == "overlaps":
        lower, upper = params
        return f"({column('key')} < {upper} || '!' AND {column('upper')} >= {lower})"
    if op in _UPPER:
        return _UPPER[op](column("upper"), *params)
    return OPERATORS[op](column(tested(leaf, op)), *params)
