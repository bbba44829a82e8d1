"""Connections: one list that holds the rows of the page and, each by a subquery of its own, what is said of all.

Counting beside collecting was faster than collecting everything and cutting (measured: 1.7 against 9 ms).
"""

from __future__ import annotations

from kaigraph.graphql.cypher import evidence
from kaigraph.graphql.cypher.conditions import filtered
from kaigraph.graphql.cypher.groups import groups, totals
from kaigraph.graphql.cypher.naming import Params, Part, Shape, Slot, constant, list_of_texts, record, same
from kaigraph.graphql.cypher.ordering import Key, after, cursor, keys_of, order_by
from kaigraph.graphql.cypher.rare import either, is_rare
from kaigraph.graphql.cypher.source import Context, Query, collect, subquery
from kaigraph.graphql.cypher.things import Select
from kaigraph.graphql.cypher.turning import items_of, turned
from kaigraph.graphql.framing import call, lines
from kaigraph.graphql.plan import (
    Claims,
    Constant,
    EdgeCursor,
    EdgeNode,
    Extent,
    Groups,
    IdLeaf,
    Leaf,
    Page,
    PageEdges,
    PageExpr,
    PageInfo,
    PageNodes,
    Path,
    Sum,
    Total,
)
from kaigraph.ontology.model import Iri


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
        self._keys = self._keys_of(self._query)
        self._sums = [e for _, e in given.entries if isinstance(e, Sum)]
        self._totals: Shape | None = None
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

    def _keys_of(self, query: Query) -> tuple[Key, ...]:
        return keys_of(query, self._page.order, self._class)

    @property
    def _class(self) -> Iri | None:
        """The class of all nodes of the list, if that is known."""
        source = self._page.source
        return source.cls if isinstance(source, Extent) else None

    def _node_id(self, query: Query) -> str:
        return self._context.names.id(query.node)

    def _rows(self) -> str:
        """The rows of the page in order and, to see whether there are more, one beyond."""
        query, item = self._query, list_of_texts(self._items)
        if len(self._items) <= 1:
            item = next(iter(self._items), "true")
        limit = f"LIMIT {self._context.param(self._page.first)}{' + 1' if self._is_cut else ''}"
        cut = f"WITH {query.carried}\n{order_by(self._keys, self._node_id(query))} {limit}"
        return collect(self._found(query, cut), f"RETURN {item}")

    def _found(self, query: Query, cut: str) -> str:
        """The nodes of the page, past the cursor, in order, and cut."""
        beyond = after(self._context, self._keys, self._node_id(query), self._page)
        if query.calls:  # what is followed for the order comes between
            self._give_order(query)
            return lines(query.clauses(), f"WITH {query.carried}\nWHERE {beyond}" if beyond else "", cut)
        query.conditions += [beyond] if beyond else []
        sorted_ = query.clauses()
        leaf = self._give_order(query)
        few = "" if leaf is None else is_rare(self._context, items_of(self._page.where), leaf, self._class or "")
        if not few:
            return lines(query.clauses(), cut)
        return either(few, query.node, lines(sorted_, cut), lines(query.clauses(), cut))

    def _give_order(self, query: Query) -> Leaf | None:
        """An index gives the order of a list only for nodes that have the key; where all have it, that is said.

        Gives the leaf that is ordered by, if an index does.
        """
        order = self._page.order[0].path if self._page.order else Path((), IdLeaf())
        if self._class is None or order.hops or query.is_turned:
            return None
        return order.leaf if query.order_through(order.leaf, self._class) else None

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
                return self._measured(0) if self._sums else self._slot(Part(self._total(), same))
            case PageInfo(entries):
                return self._info(entries)
            case Sum():
                return self._measured(1 + self._sums.index(entry))
            case Groups():
                return self._slot(groups(self._base(), entry, self._class, self._select))

    def _slot(self, part: Part) -> Shape:
        place, shape = self._slots.setdefault(part.text, len(self._slots)) + 1, part.shape
        return lambda slot, params: shape(slot[place], params)

    def _measured(self, place: int) -> Shape:
        """The total or a sum: where sums are asked for, all come of one pass."""
        if self._totals is None:
            self._totals = self._slot(totals(self._base(), self._sums, self._class))
        found = self._totals
        return lambda slot, params: found(slot, params)[place]  # type: ignore[index]  # a list, see `totals`

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
        keys = self._keys_of(query)
        beyond = after(self._context, keys, self._node_id(query), self._page)
        before = lines(query.clauses(), f"WITH {query.carried}", f"WHERE NOT {call('coalesce', beyond, 'false')}")
        return self._slot(Part(subquery("EXISTS", before, "RETURN 1"), lambda slot, _params: slot))


def _without_rows(shape: Shape) -> Shape:
    """What reads a page whose list starts with something else than its rows."""
    return lambda slot, params: shape([None, *slot], params)


def _size(params: Params, ref: int) -> int:
    size = params[ref]
    return size if isinstance(size, int) else 0
