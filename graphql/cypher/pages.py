"""Connections: one list that holds the rows of the page and, each by a subquery of its own, what is said of all.

Counting beside collecting was faster than collecting everything and cutting (measured: 1.7 against 9 ms).
"""

from __future__ import annotations

from kaigraph.graphql.cypher import evidence
from kaigraph.graphql.cypher.conditions import filtered
from kaigraph.graphql.cypher.groups import groups, total_of
from kaigraph.graphql.cypher.naming import Params, Part, Shape, Slot, constant, list_of_texts, record
from kaigraph.graphql.cypher.ordering import Key, after, cursor, keys_of, order_by
from kaigraph.graphql.cypher.source import Context, Query, collect, subquery
from kaigraph.graphql.cypher.things import Select
from kaigraph.graphql.cypher.turning import turned
from kaigraph.graphql.plan import (
    Claims,
    Constant,
    EdgeCursor,
    EdgeNode,
    Extent,
    Groups,
    IdLeaf,
    Page,
    PageEdges,
    PageExpr,
    PageInfo,
    PageNodes,
    Path,
    Sum,
    Total,
)
from kaigraph.graphql.sql.text import call, lines


def page(context: Context, parent: str, given: Page, select: Select) -> Part:
    """The JSON object of a connection; `parent` is the node it starts at, if it starts at one."""
    return _Page(context, parent, given, select).part()


class _Page:
    """One page being compiled."""

    def __init__(self, context: Context, parent: str, given: Page, select: Select) -> None:
        self._context = context
        self._parent = parent
        self._page = given
        self._select = select
        self._is_cut = any(isinstance(e, PageInfo) for _, e in given.entries)  # rows are one more than shown
        self._query = self._base()
        self._keys = keys_of(self._query, given.order)
        self._items: dict[str, int] = {}  # what a row holds
        self._slots: dict[str, int] = {}  # what the page holds beside its rows

    def part(self) -> Part:
        entries = [(key, self._entry(entry)) for key, entry in self._page.entries]
        rows = [self._rows()] if self._items or self._is_cut else []
        if not rows:
            entries = [(key, _without_rows(shape)) for key, shape in entries]
        return Part(
            list_of_texts([*rows, *self._slots]),
            lambda slot, params: {key: shape(slot, params) for key, shape in entries},
        )

    # ---------------------------------------------------------------- what is read

    def _base(self) -> Query:
        """Every node of the source that the filter lets through."""
        context, source, node = self._context, self._page.source, self._context.alias("n")
        if not isinstance(source, Extent):
            return filtered(Query(context, node, context.over(self._parent, source, node)), self._page.where)
        query = Query(context, node, labels=[context.names.label(source.cls)])
        turned(context, query, self._page.where, source.cls)
        return query

    def _node_id(self, query: Query) -> str:
        return self._context.names.id(query.node)

    def _rows(self) -> str:
        """The rows of the page in order and, to see whether there are more, one beyond."""
        query, keys, limit = self._query, self._keys, self._context.param(self._page.first)
        beyond = after(self._context, keys, self._node_id(query), self._page)
        filtered_ = self._past(query, beyond)
        item = next(iter(self._items), "true") if len(self._items) <= 1 else list_of_texts(self._items)
        order = order_by(keys, self._node_id(query))
        return collect(
            query.clauses(),
            filtered_,
            f"WITH {query.carried}",
            f"{order} LIMIT {limit}{' + 1' if self._is_cut else ''}",
            f"RETURN {item}",
        )

    def _past(self, query: Query, beyond: str) -> str:
        """What follows the cursor: beside the filter if it asks the node alone, else when all is followed."""
        self._give_order(query)
        if not beyond:
            return ""
        if query.calls:
            return f"WITH {query.carried}\nWHERE {beyond}"
        query.conditions.append(beyond)
        return ""

    def _give_order(self, query: Query) -> None:
        """An index gives the order of a list only for nodes that have the key; where all have it, that is said."""
        source, order = self._page.source, self._page.order[0].path if self._page.order else Path((), IdLeaf())
        if isinstance(source, Extent) and not order.hops and not query.is_turned:
            query.order_through(order.leaf, source.cls)

    # ---------------------------------------------------------------- what is said

    def _entry(self, entry: PageExpr) -> Shape:
        """What an entry makes of the page's list."""
        match entry:
            case Constant(text):
                return constant(text).shape
            case PageNodes(select):
                return self._each(self._select(self._context, self._query.node, select))
            case PageEdges(entries):
                return self._each(record([(key, self._edge_part(part)) for key, part in entries]))
            case Total():
                return self._slot(Part(self._total(), lambda slot, _params: slot))
            case PageInfo(entries):
                return self._info(entries)
            case Sum():
                return self._slot(total_of(self._base(), entry))
            case Groups():
                return self._slot(groups(self._base(), entry, self._select))

    def _slot(self, part: Part) -> Shape:
        place, shape = self._slots.setdefault(part.text, len(self._slots)) + 1, part.shape
        return lambda slot, params: shape(slot[place], params)

    def _item(self, part: Part) -> Shape:
        """What a part makes of a row, which holds what all parts need of it."""
        if not part.text:
            return part.shape
        place, shape, items = self._items.setdefault(part.text, len(self._items)), part.shape, self._items
        return lambda row, params: shape(row if len(items) == 1 else row[place], params)

    def _shown(self, slot: Slot, params: Params) -> Slot:
        return slot[0][: params[self._page.first]] if self._is_cut else slot[0]

    def _each(self, part: Part) -> Shape:
        item = self._item(part if part.text else Part("true", part.shape))
        return lambda slot, params: [item(row, params) for row in self._shown(slot, params)]

    def _total(self) -> str:
        query = self._base()
        return subquery("COUNT", query.clauses())

    def _edge_part(self, part: EdgeNode | EdgeCursor | Claims | Constant) -> Part:
        match part:
            case Constant(text):
                return constant(text)
            case EdgeNode(select):
                return self._select(self._context, self._query.node, select)
            case EdgeCursor():
                return self._cursor()
            case Claims():
                return self._link_claims(part)

    def _cursor(self) -> Part:
        return cursor(self._page, self._keys, self._context.names.shown_id(self._query.node))

    def _link_claims(self, given: Claims) -> Part:
        """Of the edge between parent and node; the nodes of a class are at the end of none."""
        source, far = self._page.source, self._query.node
        if isinstance(source, Extent):
            return Part("", lambda _slot, _params: [])
        ends = (far, self._parent) if source.inverse else (self._parent, far)
        return evidence.link_claims(self._context, given, ends, source.property, self._select)

    def _info(self, entries: tuple[tuple[str, str], ...]) -> Shape:
        shapes = [
            (key, constant(part[1:]).shape if part.startswith("=") else self._info_part(part)) for key, part in entries
        ]
        return lambda slot, params: {key: shape(slot, params) for key, shape in shapes}

    def _info_part(self, part: str) -> Shape:
        if part == "hasNextPage":
            return lambda slot, params: len(slot[0]) > _size(params, self._page.first)
        if part == "hasPreviousPage":
            return self._has_previous()
        at = self._item(self._cursor())
        if part == "startCursor":
            return lambda slot, params: next((at(row, params) for row in self._shown(slot, params)[:1]), None)
        return lambda slot, params: next((at(row, params) for row in self._shown(slot, params)[-1:]), None)

    def _has_previous(self) -> Shape:
        if self._page.after is None:
            return lambda _slot, _params: False
        query = self._base()
        keys: tuple[Key, ...] = keys_of(query, self._page.order)
        beyond = after(self._context, keys, self._node_id(query), self._page)
        before = lines(query.clauses(), f"WITH {query.carried}", f"WHERE NOT {call('coalesce', beyond, 'false')}")
        return self._slot(Part(subquery("EXISTS", before, "RETURN 1"), lambda slot, _params: slot))


def _without_rows(shape: Shape) -> Shape:
    """What reads a page whose list starts with something else than its rows."""
    return lambda slot, params: shape([None, *slot], params)


def _size(params: Params, ref: int) -> int:
    size = params[ref]
    return size if isinstance(size, int) else 0
