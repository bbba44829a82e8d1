"""Connections: what they list, filter, order, cut, count, add up and group."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial

from graphql import FieldNode, SelectionSetNode

from kaigraph.graphql import plan
from kaigraph.graphql.api import Means, Output
from kaigraph.graphql.cursor import decode_cursor
from kaigraph.graphql.planning.collect import selection_sets
from kaigraph.graphql.planning.context import Context, Encode
from kaigraph.graphql.planning.encode import page_size
from kaigraph.graphql.planning.filters import condition, orders
from kaigraph.graphql.planning.given import Given, leaf_of
from kaigraph.graphql.planning.sums import check_units, group_key, measure


def page(
    context: Context,
    output: Output,
    source: plan.Extent | plan.Hop,
    given: dict[str, Given],
    sets: Sequence[SelectionSetNode],
) -> plan.Page:
    """The page that a connection field asks for. `given` are its arguments."""
    arguments = {a.name: a.type.strip("[]!") for a in output.arguments}
    where = condition(context, given.get("where"), arguments["where"], f"{output.name}.where")
    order = orders(context, given.get("orderBy"), arguments["orderBy"]) if "orderBy" in arguments else ()
    tag = _tag(source, order)
    return plan.Page(
        source,
        where,
        order,
        context.param(leaf_of(given["first"]), page_size, f"{output.name}.first"),
        _after(context, given.get("after"), tag, len(order), output.name),
        _Connection(context, where).entries(context.bare_type(output), sets),
        tag,
    )


def _tag(source: plan.Extent | plan.Hop, order: tuple[plan.Order, ...]) -> str:
    """Eight hexadecimal digits that two orderings of two lists hardly share."""
    return hashlib.sha256(repr((source, order)).encode()).hexdigest()[:8]


def _after(context: Context, given: Given | None, tag: str, keys: int, name: str) -> tuple[int, ...] | None:
    if given is None:
        return None
    leaf = leaf_of(given)
    return tuple(context.param(leaf, _cursor_part(tag, keys, i), f"{name}.after") for i in range(keys + 1))


def _cursor_part(tag: str, keys: int, index: int) -> Encode:
    return partial(_part_of_cursor, tag, keys, index)


def _part_of_cursor(tag: str, keys: int, index: int, value: object) -> object:
    return decode_cursor(str(value), tag, keys)[index]


class _Connection:
    """Reads the selection on a connection, whose filter is known."""

    def __init__(self, context: Context, where: plan.Condition) -> None:
        self._context = context
        self._where = where

    def entries(self, type_name: str, sets: Sequence[SelectionSetNode]) -> tuple[tuple[str, plan.PageExpr], ...]:
        collected = self._context.collector.collect(type_name, sets)
        return tuple((key, self._expression(type_name, fields)) for key, fields in collected.items())

    def _expression(self, type_name: str, fields: list[FieldNode]) -> plan.PageExpr:
        if fields[0].name.value == "__typename":
            return plan.Constant(type_name)
        context, output = self._context, self._context.output(type_name, fields[0])
        bare, sets = context.bare_type(output), selection_sets(fields)
        match output.means:
            case Means.NODES:
                return plan.PageNodes(_select(context, bare, sets))
            case Means.EDGES:
                return self._edges(bare, sets)
            case Means.TOTAL:
                return plan.Total()
            case Means.PAGE_INFO:
                return self._page_info(bare, sets)
            case Means.SUM:
                return self._sum(type_name, fields[0], ())
            case _:
                return self._groups(bare, sets)

    def _edges(self, type_name: str, sets: Sequence[SelectionSetNode]) -> plan.PageEdges:
        context = self._context
        entries: list[tuple[str, plan.EdgeNode | plan.EdgeCursor | plan.Claims | plan.Constant]] = []
        for key, fields in context.collector.collect(type_name, sets).items():
            if fields[0].name.value == "__typename":
                entries.append((key, plan.Constant(type_name)))
                continue
            output = context.output(type_name, fields[0])
            if output.means is Means.EDGE_CURSOR:
                entries.append((key, plan.EdgeCursor()))
                continue
            chosen = _select(context, context.bare_type(output), selection_sets(fields))
            is_node = output.means is Means.EDGE_NODE
            entries.append((key, plan.EdgeNode(chosen) if is_node else plan.Claims(chosen, link=True)))
        return plan.PageEdges(tuple(entries))

    def _page_info(self, type_name: str, sets: Sequence[SelectionSetNode]) -> plan.PageInfo:
        entries: list[tuple[str, str]] = []
        for key, fields in self._context.collector.collect(type_name, sets).items():
            name = fields[0].name.value
            entries.append((key, f"={type_name}" if name == "__typename" else name))
        return plan.PageInfo(tuple(entries))

    def _sum(self, type_name: str, field: FieldNode, keys: tuple[plan.GroupKey, ...]) -> plan.Sum:
        summed = measure(self._context, type_name, field)
        check_units(summed, self._where, keys)
        return plan.Sum(summed.path)

    def _groups(self, type_name: str, sets: Sequence[SelectionSetNode]) -> plan.Groups:
        context = self._context
        collected = context.collector.collect(type_name, sets)
        key_fields = {k: f for k, f in collected.items() if self._means(type_name, f[0]) is Means.KEY}
        keys = tuple(self._key(type_name, fields) for fields in key_fields.values())
        positions = {k: i for i, k in enumerate(key_fields)}
        entries: list[tuple[str, int | plan.GroupCount | plan.Sum | plan.Constant]] = []
        for key, fields in collected.items():
            match self._means(type_name, fields[0]):
                case None:
                    entries.append((key, plan.Constant(type_name)))
                case Means.KEY:
                    entries.append((key, positions[key]))
                case Means.COUNT:
                    entries.append((key, plan.GroupCount()))
                case _:
                    entries.append((key, self._sum(type_name, fields[0], keys)))
        return plan.Groups(keys, tuple(entries))

    def _means(self, type_name: str, field: FieldNode) -> Means | None:
        return None if field.name.value == "__typename" else self._context.output(type_name, field).means

    def _key(self, type_name: str, fields: list[FieldNode]) -> plan.GroupKey:
        output, sets = self._context.output(type_name, fields[0]), selection_sets(fields)
        chosen = _select(self._context, self._context.bare_type(output), sets) if sets else None
        return group_key(output, chosen)


def _select(context: Context, type_name: str, sets: Sequence[SelectionSetNode]) -> plan.Selection:
    """Selections hold pages and pages hold selections: the one late import that this takes."""
    from kaigraph.graphql.planning.select import select

    return select(context, type_name, sets)
