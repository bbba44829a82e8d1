"""How many nodes of a class a filter lets through, where an index alone can tell: no row of a node is read."""

from __future__ import annotations

from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import Condition, Extent, Test, ValueLeaf
from kaigraph.graphql.sql.conditions import OPERATORS, conjuncts, parameter
from kaigraph.graphql.sql.leaves import tested
from kaigraph.graphql.sql.source import Context
from kaigraph.graphql.sql.text import subquery
from kaigraph.loaders.sqlite.schema import quoted


def counted(context: Context, source: Extent, where: Condition) -> str:
    """The count, if the filter asks of one key only; else empty.

    Of each class that nodes of the page's class have as their own, the part of the index that is within the filter. A
    node may have a class as its own that is beside the page's: then each is asked for being in the page's.
    """
    tests = [t for t in conjuncts(where) if isinstance(t, Test)]
    keys = {_key(context, t) for t in tests}
    if len(tests) < len(conjuncts(where)) or len(keys) != 1 or "" in keys:
        return ""
    (key,) = keys
    cls, own, node = context.cls(source.cls), context.alias("r"), context.alias("n")
    within = (OPERATORS[t.op](f"{node}.{quoted(key)}", *map(parameter, t.params)) for t in tests)
    every = lines(
        f"SELECT count(*) FROM node AS {node}",
        "WHERE " + "\n  AND ".join([f"{node}.class = {own}.concrete", *within]),
    )
    some = f"{every}\n  AND EXISTS (SELECT 1 FROM member AS m WHERE m.n = {node}.n AND m.class = {cls})"
    choice = block("iif(", f"{own}.whole, {subquery(every)}, {subquery(some)}", ")")
    return f"coalesce({subquery(lines(f'SELECT sum({choice})', f'FROM reach AS {own} WHERE {own}.class = {cls}'))}, 0)"


def _key(context: Context, test: Test) -> str:
    """The column that is tested, if it is one that the index by class begins with."""
    if not isinstance(test.leaf, ValueLeaf) or test.op not in OPERATORS:
        return ""
    wide = context.layout.wide.get(test.leaf.field.property.iri)
    if wide is None:
        return ""
    column = wide.part(tested(test.leaf, test.op))
    return column if column == wide.part("key") else ""
