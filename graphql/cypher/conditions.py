"""Conditions as Cypher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from kaigraph.graphql.cypher.names import string
from kaigraph.graphql.cypher.source import Context, Query, subquery
from kaigraph.graphql.framing import block, call
from kaigraph.graphql.plan import (
    TRUE,
    All,
    Any,
    Condition,
    IdLeaf,
    LabelLeaf,
    Leaf,
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
from kaigraph.loaders.layout import Wide
from kaigraph.loaders.literals.comparison import Comparison
from kaigraph.loaders.literals.keys import sort_key
from kaigraph.loaders.neo4j.mapping import ABOUT, LABELS, TOO_LONG, Listed, searched_key

Write = Callable[[str, str], str]

_END = "\uffff"  # in place of an upper bound that a value of a list has not

#: Operators on one expression. A key of a date is `lower upper text`: `lower > t` is `key > t!`, as ! follows space.
_OPERATORS: Mapping[str, Write] = {
    "eq": lambda e, p: f"{e} = {p}",
    "in": lambda e, p: f"{e} IN {p}",
    "lt": lambda e, p: f"{e} < {p}",
    "lte": lambda e, p: f"{e} <= {p}",
    "gt": lambda e, p: f"{e} > {p}",
    "gte": lambda e, p: f"{e} >= {p}",
    "contains": lambda e, p: f"{e} CONTAINS {p}",
    "startsWith": lambda e, p: f"{e} STARTS WITH {p}",
    "after": lambda e, p: f"{e} > {p} + '!'",
    "onOrAfter": lambda e, p: f"{e} > {p}",
    "before": lambda e, p: f"{e} < {p}",
    "onOrBefore": lambda e, p: f"{e} <= {p}",
}
_OF_UPPER = ("before", "onOrBefore")
_BELOW = ("lt", "lte")


def filtered(query: Query, where: Condition) -> Query:
    """The query with a condition on its node."""
    if where != TRUE:
        items = where.items if isinstance(where, All) else (where,)
        query.conditions += [condition(query.context, query.node, item) for item in items]
    return query


def condition(context: Context, node: str, given: Condition) -> str:
    """A condition on a node. It may be null where it does not hold; `Not` minds that."""
    match given:
        case All(items):
            return _joined(context, node, items, "AND", "true")
        case Any(items):
            return _joined(context, node, items, "OR", "false")
        case Not(item):
            negated = condition(context, node, item)
            return f"NOT {negated}" if _is_definite(item) else f"NOT {call('coalesce', negated, 'false')}"
        case Some(hop, item):
            end = context.alias("n")
            return _exists(context, context.over(node, hop, end), end, item)
        case Said(item):
            claim = context.alias("n")
            return _exists(context, f"({claim})-[:{ABOUT}]->({node})", claim, item)
        case Member(classes):
            return f"({node}:{'|'.join(context.names.label(c) for c in classes)})"
        case Missing(leaf):
            return _missing(context, node, leaf)
        case Test():
            return _test(context, node, given)


def _is_definite(given: Condition) -> bool:
    """Whether a condition is never null; Neo4j plans the negation of a bare EXISTS better than that of a call."""
    return isinstance(given, Some | Said | Member)


def _joined(context: Context, node: str, items: tuple[Condition, ...], word: str, nothing: str) -> str:
    if not items:
        return nothing
    if len(items) == 1:
        return condition(context, node, items[0])
    return block("(", f"\n{word} ".join(condition(context, node, i) for i in items), ")")


def _exists(context: Context, pattern: str, end: str, item: Condition) -> str:
    return subquery("EXISTS", filtered(Query(context, end, pattern), item).clauses())


def _missing(context: Context, node: str, leaf: Leaf) -> str:
    names = context.names
    if isinstance(leaf, IdLeaf):
        return "false"
    if isinstance(leaf, LabelLeaf):
        languages = (leaf.language,) if leaf.language else names.mapping.languages
        return "(" + " AND ".join(f"{names.leaf(node, LabelLeaf(t)).text} IS NULL" for t in languages) + ")"
    wide = names.wide(leaf.field)
    key = names.mapping.listed(leaf.field.property.iri).texts if wide is None else wide.name
    return f"{names.at(node, key)} IS NULL"


def _test(context: Context, node: str, test: Test) -> str:
    if isinstance(test.leaf, IdLeaf):
        return _OPERATORS[test.op](context.names.id(node), context.id_param(test.params[0], many=test.op == "in"))
    if isinstance(test.leaf, LabelLeaf):
        return _label(context, node, test.leaf, test.op, test.params[0])
    wide = context.names.wide(test.leaf.field)
    if wide is not None:
        return _scalar(context, node, wide, test)
    return _any(context, node, context.names.mapping.listed(test.leaf.field.property.iri), test)


def _label(context: Context, node: str, leaf: LabelLeaf, op: str, ref: ParamRef) -> str:
    """Texts are asked for by their keys; parts of them in `_labels`, where each folded label follows a line break."""
    names = context.names
    if op in ("contains", "startsWith"):
        start = "'\\n' + " if op == "startsWith" else ""
        return _in_part(context, node, LABELS, "contains", start + context.param(ref))
    languages = (leaf.language,) if leaf.language else names.mapping.languages
    found = [_of_text(context, names.leaf(node, LabelLeaf(t)).key, op, ref, t) for t in languages]
    return "(" + " OR ".join(found) + ")" if len(found) > 1 else found[0]


def _of_text(context: Context, key: str, op: str, ref: ParamRef, language: str = "") -> str:
    """A whole text: by its key, which an index has. Other operators compare keys.

    Different texts have different keys, so the text need not be looked at again. Where it was, Neo4j took the second
    test for one more that few nodes pass, and read all that the first lets through rather than a list in its order.
    """
    if op not in ("eq", "in"):
        return _OPERATORS[op](key, context.param(ref))
    many = op == "in"
    return _OPERATORS[op](key, context.derived(ref, "key" + language, partial(sort_key, language=language), many=many))


def _scalar(context: Context, node: str, wide: Wide, test: Test) -> str:
    """On a scalar of the node."""
    found, op = _at(context, node, wide), test.op
    if op == "overlaps":
        lower, upper = (context.param(p) for p in test.params)
        return f"({found('key')} < {upper} + '!' AND {found('upper')} >= {lower})"
    if op in _OF_UPPER:
        return _OPERATORS[op](found("upper"), context.param(test.params[0]))
    if wide.comparison is Comparison.TEXT and op in ("eq", "in"):
        return _of_text(context, found("key"), op, test.params[0])
    part = tested(ValueLeaf(test.leaf.field), op) if isinstance(test.leaf, ValueLeaf) else "key"
    if part == "fold" and op in ("contains", "startsWith"):
        return _in_part(context, node, wide.part(part), op, context.param(test.params[0]))
    return _OPERATORS[op](found(part), _given(context, test))


def _in_part(context: Context, node: str, key: str, op: str, given: str) -> str:
    """Whether a folded text has a part: an index finds those that it has room for, and the few others."""
    searched, text = (context.names.at(node, k) for k in (searched_key(key), key))
    write = _OPERATORS[op]
    return f"({write(searched, given)} OR {searched} = {string(TOO_LONG)}) AND {write(text, given)}"


def _at(context: Context, node: str, wide: Wide) -> Callable[[str], str]:
    return lambda part: context.names.at(node, wide.part(part))


def _given(context: Context, test: Test) -> str:
    ref = test.params[0]
    return context.derived(ref, "", str, many=True) if test.op == "in" else context.param(ref)


def _any(context: Context, node: str, listed: Listed, test: Test) -> str:
    """On any value of a list."""
    op = test.op
    if op == "overlaps":
        return _any_overlaps(context, node, listed, test)
    if op in _OF_UPPER:
        return _among(context, node, listed.uppers, op, context.param(test.params[0]))
    part = tested(test.leaf, op) if isinstance(test.leaf, ValueLeaf) else "key"
    keys = {"text": listed.texts, "key": listed.keys, "fold": listed.folds}[part]
    if op == "eq":
        return f"{context.param(test.params[0])} IN {context.names.at(node, keys)}"
    return _among(context, node, keys, op, _given(context, test))


def _among(context: Context, node: str, key: str, op: str, given: str) -> str:
    """Whether any entry of a list meets a test; what stands for none is below every key, or above every bound."""
    entry = context.alias("v")
    is_there = f"{entry} <> '' AND " if op in _BELOW else ""
    return f"any({entry} IN {context.names.at(node, key)} WHERE {is_there}{_OPERATORS[op](entry, given)})"


def _any_overlaps(context: Context, node: str, listed: Listed, test: Test) -> str:
    lower, upper = (context.param(p) for p in test.params)
    i, keys, uppers = context.alias("i"), *(context.names.at(node, k) for k in (listed.keys, listed.uppers))
    begins = f"{keys}[{i}] <> '' AND {keys}[{i}] < {upper} + '!'"
    ends = f"{uppers}[{i}] >= {lower} AND {uppers}[{i}] <> {string(_END)}"
    return f"any({i} IN range(0, coalesce(size({keys}), 0) - 1) WHERE {begins} AND {ends})"
