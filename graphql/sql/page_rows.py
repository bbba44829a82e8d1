"""The nodes of a connection: what the filter lets through, and of that the page, in order.

A page is read in one of three ways: by a walk along an index (`kaigraph.graphql.sql.walk`), out of the filtered set
where that has a name, since more is read from it, or sorted as it comes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import TRUE, Extent, Groups, Hop, Page, PageEdges, PageInfo, PageNodes, Sum, Total
from kaigraph.graphql.sql import walk
from kaigraph.graphql.sql.conditions import condition, conjuncts
from kaigraph.graphql.sql.counting import counted
from kaigraph.graphql.sql.ordering import Key, after, is_nullable, keys_of, order_by
from kaigraph.graphql.sql.source import Context, Row, Select, ends
from kaigraph.graphql.sql.text import subquery
from kaigraph.loaders.sqlite.schema import quoted

_NONE: Mapping[str, str] = MappingProxyType({})

#: So many columns of a node may go through sorting; a hub has many nodes to sort.
_FEW = 8


class PageRows:
    """What one page reads."""

    def __init__(self, context: Context, parent: Row | None, given: Page) -> None:
        """Decide how it is read."""
        self._context, self._parent, self._page = context, parent, given
        kinds = [type(e) for _, e in given.entries]
        lists = sum(k in (PageNodes, PageEdges) for k in kinds)
        self.is_numbered = PageInfo in kinds or lists > 1
        is_listed, adds = lists > 0 or self.is_numbered, Groups in kinds or Sum in kinds
        looks_back, self._filtered = _looks_back(given), given.where != TRUE
        walks = is_listed and not (adds or looks_back) and walk.pays(context, given)
        self._walk = walk.Walk(context, given) if walks else None
        readers = is_listed + looks_back + (self._filtered and Total in kinds)
        self.set = context.alias("f") if not walks and (readers > 1 or adds) else ""

    def keys_in_set(self) -> tuple[Key, ...]:
        """The ordering keys as columns of the filtered set."""
        return tuple(Key(f"k{i}", o.descending, is_nullable(o)) for i, o in enumerate(self._page.order))

    def set_table(self) -> list[str]:
        """The filtered set. Without a filter it is cheaper to read it twice, through an index, than to keep it."""
        if not self.set:
            return []
        select, row = self._base()
        keys = keys_of(row, self._page.order)
        columns = ", ".join(
            [f"{row.number} AS n", f"{row.id} AS id", *(f"{k.column} AS k{i}" for i, k in enumerate(keys))]
        )
        hint = "MATERIALIZED" if self._filtered else "NOT MATERIALIZED"
        return [block(f"{self.set} AS {hint} (", select.text(columns), ")")]

    def carries(self, columns: Collection[str]) -> bool:
        """Whether the columns are read along with the order, for which each node was looked up already."""
        return isinstance(self._page.source, Hop) and not self.set and not self.is_numbered and len(columns) <= _FEW

    def select(self, limit: str, *, with_keys: bool, carried: tuple[str, ...] = ()) -> str:
        """The rows of the page in order: n, with keys id, k0 and so on, and those of the node that are carried."""
        if self._walk:
            ways = self._walked if self._walk.is_exact else self._tried
            return ways(self._walk, limit, with_keys=with_keys)
        if self.set:
            text, order = self._ordered(Select(self.set), None, with_keys=with_keys)
        else:
            select, row = self._base()
            more = {quoted(name): row.column(name) for name in carried}
            text, order = self._ordered(select, row, with_keys=with_keys, more=more)
        return lines(text, order, f"LIMIT {limit}")

    def total(self) -> str:
        """How many nodes the filter lets through."""
        if self.set and self._filtered:
            return f"(SELECT count(*) FROM {self.set})"
        source = self._page.source
        if isinstance(source, Extent) and not self._filtered:
            return f"coalesce((SELECT count FROM extent WHERE class = {self._context.cls(source.cls)}), 0)"
        found = counted(self._context, source, self._page.where) if isinstance(source, Extent) else ""
        return found or subquery(self._base()[0].text("count(*)"))

    def _base(self) -> tuple[Select, Row]:
        """Every node of the source that the filter lets through."""
        source = self._page.source
        select, row = self._of_class(source) if isinstance(source, Extent) else self._over(source)
        select.conditions += [condition(row, c) for c in conjuncts(self._page.where)]
        return select, row

    def _of_class(self, source: Extent) -> tuple[Select, Row]:
        context, alias = self._context, self._context.alias("m")
        select = Select(f"member AS {alias}")
        select.conditions.append(f"{alias}.class = {context.cls(source.cls)}")
        labels = {key: f"{alias}.{quoted(key)}" for key in map(context.layout.label_key, context.layout.languages)}
        return select, Row(context, select, f"{alias}.n", {"id": f"{alias}.id", **labels})

    def _over(self, source: Hop) -> tuple[Select, Row]:
        if self._parent is None:
            raise TypeError("a hop starts at a node")
        alias = self._context.alias("e")
        start, end = ends(source)
        select = Select(f"edge AS {alias}")
        select.conditions.append(f"{alias}.prop = {self._context.prop(source.property)}")
        select.conditions.append(f"{alias}.{start} = {self._parent.number}")
        return select, Row(self._context, select, f"{alias}.{end}")

    def _ordered(
        self, select: Select, row: Row | None, *, with_keys: bool, more: Mapping[str, str] = _NONE
    ) -> tuple[str, str]:
        """The rows after the cursor, and the order of the page; without a row, of the filtered set."""
        keys = self.keys_in_set() if row is None else keys_of(row, self._page.order)
        node_id, number = ("id", "n") if row is None else (row.id, row.number)
        beyond = after(keys, node_id, self._page)
        if beyond:
            select.conditions.append(beyond)
        columns = {"n": number, **more}
        if with_keys:
            columns |= {"id": node_id, **{f"k{i}": k.column for i, k in enumerate(keys)}}
        named = ", ".join(name if name == column else f"{column} AS {name}" for name, column in columns.items())
        return select.text(named), order_by(keys, node_id)

    def _walked(self, along: walk.Walk, limit: str, *, with_keys: bool) -> str:
        """The page by a walk, and behind it what has no key; sorted, if the class is no more what it was."""
        changed = along.changed()
        steps = along.steps("n, id, k0" if with_keys else "n", f"iif({changed}, 0, {limit})")
        select, row = self._base()
        left = f"iif({changed}, {limit}, 0)"
        if not along.bounded:
            left, key = limit, keys_of(row, self._page.order)[0].column
            select.conditions.append(f"({key} IS NULL OR {changed})")
        rest, order = self._ordered(select, row, with_keys=with_keys)
        return walk.one_after_the_other(steps, lines(rest, order, f"LIMIT {left}"), limit)

    def _tried(self, along: walk.Walk, limit: str, *, with_keys: bool) -> str:
        """The page by a walk that may give up, or else sorted."""
        name = self._context.alias("w")
        select, row = along.start()
        select.conditions += [condition(row, c) for c in along.rest]
        found = select.text(f"{row.number} AS n, {row.id} AS id, {keys_of(row, self._page.order)[0].column} AS k0")
        table = block(f"{name} AS MATERIALIZED (", lines(found, f"LIMIT {limit}"), ")")
        rest, order = self._ordered(*self._base(), with_keys=with_keys)
        walked = f"SELECT {'n, id, k0' if with_keys else 'n'} FROM {name}\n{order_by(self.keys_in_set(), 'id')}"
        return lines("WITH", table, walk.either(name, walked, lines(rest, order), limit))


def _looks_back(page: Page) -> bool:
    """Whether it asks for what is before its cursor."""
    info = [part for _, e in page.entries if isinstance(e, PageInfo) for _, part in e.entries]
    return "hasPreviousPage" in info and page.after is not None
