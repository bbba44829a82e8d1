"""Things over a hop."""

from __future__ import annotations

from collections.abc import Callable

from kaigraph.graphql.cypher.naming import Part, each, first
from kaigraph.graphql.cypher.source import Context, collect
from kaigraph.graphql.plan import Selection, Thing

Select = Callable[[Context, str, Selection], Part]


def thing(context: Context, node: str, given: Thing, select: Select) -> Part:
    """The one thing, or null."""
    end = context.alias("n")
    found = select(context, end, given.select)
    return first(found, _list(context, end, f"MATCH {context.over(node, given.hop, end)}", found, " LIMIT 1"))


def listed(context: Context, end: str, clauses: str, given: Selection, select: Select) -> Part:
    """The nodes that clauses find as `end`, by id."""
    found = select(context, end, given)
    return each(found, _list(context, end, clauses, found))


def _list(context: Context, end: str, clauses: str, found: Part, limit: str = "") -> str:
    """Sorted and cut before anything is read of them."""
    order = f"WITH {end} ORDER BY {context.names.id(end)}{limit}"
    return collect(clauses, order, f"RETURN {found.text or 'true'}")
