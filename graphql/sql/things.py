"""Things over a hop."""

from __future__ import annotations

from collections.abc import Callable

from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import Hop, MixedValues, Selection, Thing
from kaigraph.graphql.sql.json import Json, as_json, json_list, json_of, json_or_null
from kaigraph.graphql.sql.source import Row, ends
from kaigraph.graphql.sql.values import literal_record

Select = Callable[[Row, Selection], Json]


def listed(row: Row, numbers: str, given: Selection, select: Select) -> Json:
    """The JSON list of the nodes whose numbers `numbers` selects as `n`, in its order.

    CROSS JOIN: the list stays the outer loop, so its order stays too.
    """
    far = Row.joined(row.context, None, row.context.alias("n"))
    alias = far.number.removesuffix(".n")
    return json_of(
        lines(
            f"SELECT {json_list(select(far, given))}",
            block("FROM (", numbers, f") AS list CROSS JOIN node AS {alias} ON {alias}.n = list.n"),
        )
    )


def thing(row: Row, given: Thing, select: Select) -> Json:
    """The one thing, or null; where the data has several, the first by id."""
    edge, alias = row.context.alias("e"), row.context.alias("n")
    start, end = ends(given.hop)
    return json_or_null(
        lines(
            f"SELECT {select(Row.joined(row.context, None, alias), given.select)}",
            f"FROM edge AS {edge} CROSS JOIN node AS {alias} ON {alias}.n = {edge}.{end}",
            f"WHERE {edge}.prop = {row.context.prop(given.hop.property)} AND {edge}.{start} = {row.number}",
            f"ORDER BY {alias}.id LIMIT 1",
        )
    )


def mixed(row: Row, given: MixedValues, select: Select) -> Json:
    """Things by id, then literals."""
    context = row.context
    prop = context.prop(given.field.property.iri)
    alias = context.alias("n")
    hop = Hop(given.field.property.iri, given.field.inverse)
    start, end = ends(hop)
    node = select(Row.joined(context, None, alias), given.select)
    literal = literal_record(given.literal, {"value": "v.text", "datatype": "v.datatype", "language": "v.lang"})
    union = lines(
        f"SELECT 0 AS kind, {alias}.id AS place, {node} AS item",
        f"FROM edge AS e JOIN node AS {alias} ON {alias}.n = e.{end}",
        f"WHERE e.prop = {prop} AND e.{start} = {row.number}",
        "UNION ALL",
        f"SELECT 1, v.ord, {literal} FROM value AS v",
        f"WHERE v.n = {row.number} AND v.prop = {prop} AND v.concept IS NULL",
    )
    if given.one:
        return json_or_null(lines(block("SELECT item FROM (", union, ")"), "ORDER BY kind, place LIMIT 1"))
    item = as_json("item")
    return json_of(lines(f"SELECT {json_list(item, 'kind, place')}", block("FROM (", union, ")")))
