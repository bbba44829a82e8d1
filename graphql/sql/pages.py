"""Connections: one scalar sub-select that gives the finished JSON of a page.

    WITH f1 AS (what the filter lets through), p1 AS (the page, numbered) SELECT json_object(…)

Both are left out where they would be read once only.
"""

from __future__ import annotations

from kaigraph.graphql.plan import (
    TRUE,
    All,
    Claims,
    Constant,
    EdgeCursor,
    EdgeNode,
    Extent,
    Groups,
    Page,
    PageEdges,
    PageExpr,
    PageInfo,
    PageNodes,
    Selection,
    Sum,
    Total,
)
from kaigraph.graphql.sql import evidence, walk
from kaigraph.graphql.sql.conditions import condition, parameter
from kaigraph.graphql.sql.groups import groups, total_of
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of
from kaigraph.graphql.sql.ordering import Key, after, cursor, is_nullable, keys_of, order_by
from kaigraph.graphql.sql.source import Context, Row, Select, ends
from kaigraph.graphql.sql.text import block, lines, string, subquery
from kaigraph.graphql.sql.things import Select as SelectFunction
from kaigraph.loaders.sqlite_schema import quoted


def page(context: Context, parent: Row | None, given: Page, select: SelectFunction) -> Json:
    """The JSON object of a connection."""
    return _Page(context, parent, given, select).text()


class _Page:
    """One page being compiled."""

    def __init__(self, context: Context, parent: Row | None, given: Page, select: SelectFunction) -> None:
        self._context = context
        self._parent = parent
        self._page = given
        self._select = select
        kinds = [type(e) for _, e in given.entries]
        self._lists = sum(k in (PageNodes, PageEdges) for k in kinds)
        self._numbered = PageInfo in kinds or self._lists > 1
        self._filtered = given.where != TRUE
        self._walks = self._may_walk(kinds) and walk.pays(context, given)
        self._set = "" if self._walks else self._named_set(kinds)
        self._rows = context.alias("p")
        self._first = parameter(given.first)

    def _looks_back(self) -> bool:
        """Whether it asks for what is before its cursor."""
        info = [part for _, e in self._page.entries if isinstance(e, PageInfo) for _, part in e.entries]
        return "hasPreviousPage" in info and self._page.after is not None

    def _may_walk(self, kinds: list[type[PageExpr]]) -> bool:
        """Whether all it needs of the class is a page and a count."""
        lists = self._lists > 0 or self._numbered
        return lists and not (Groups in kinds or Sum in kinds or self._looks_back())

    def _named_set(self, kinds: list[type[PageExpr]]) -> str:
        """The name of the filtered set, if more than one part reads it."""
        readers = (self._lists > 0 or self._numbered) + self._looks_back() + (self._filtered and Total in kinds)
        aggregates = Groups in kinds or Sum in kinds
        return self._context.alias("f") if readers > 1 or aggregates else ""

    def text(self) -> Json:
        body = json_object((key, self._entry(entry)) for key, entry in self._page.entries)
        tables = [*self._set_table(), *self._page_table()]
        if not tables:
            return body
        return json_of(lines("WITH", ",\n".join(tables), f"SELECT {body}"))

    # ---------------------------------------------------------------- what is read

    def _base(self) -> tuple[Select, Row]:
        """Every node of the source that the filter lets through."""
        context, source = self._context, self._page.source
        if isinstance(source, Extent):
            alias = context.alias("m")
            select = Select(f"member AS {alias}")
            select.conditions.append(f"{alias}.class = {context.cls(source.cls)}")
            labels = {key: f"{alias}.{quoted(key)}" for key in map(context.layout.label_key, context.layout.languages)}
            row = Row(context, select, f"{alias}.n", {"id": f"{alias}.id", **labels})
        else:
            if self._parent is None:
                raise TypeError("a hop starts at a node")
            alias = context.alias("e")
            start, end = ends(source)
            select = Select(f"edge AS {alias}")
            select.conditions.append(f"{alias}.prop = {context.prop(source.property)}")
            select.conditions.append(f"{alias}.{start} = {self._parent.number}")
            row = Row(context, select, f"{alias}.{end}")
        return self._let_through(select, row)

    def _let_through(self, select: Select, row: Row) -> tuple[Select, Row]:
        if self._filtered:
            where = self._page.where
            select.conditions += [condition(row, c) for c in (where.items if isinstance(where, All) else (where,))]
        return select, row

    def _set_table(self) -> list[str]:
        """The filtered set. Without a filter it is cheaper to read it twice, through an index, than to keep it."""
        if not self._set:
            return []
        select, row = self._base()
        keys = keys_of(row, self._page.order)
        columns = ", ".join(
            [f"{row.number} AS n", f"{row.id} AS id", *(f"{k.column} AS k{i}" for i, k in enumerate(keys))]
        )
        hint = "MATERIALIZED" if self._filtered else "NOT MATERIALIZED"
        return [block(f"{self._set} AS {hint} (", select.text(columns), ")")]

    def _page_table(self) -> list[str]:
        """The rows of the page and, to see whether there are more, one beyond."""
        if not self._numbered:
            return []
        found = self._page_select(f"{self._first} + 1", with_keys=True)
        return [block(f"{self._rows} AS MATERIALIZED (SELECT row_number() OVER () AS pos, * FROM (", found, "))")]

    def _keys_in_set(self) -> tuple[Key, ...]:
        """The ordering keys as columns of the filtered set."""
        return tuple(Key(f"k{i}", o.descending, is_nullable(o)) for i, o in enumerate(self._page.order))

    def _page_select(self, limit: str, *, with_keys: bool) -> str:
        """The rows of the page in order: n, id, k0 and so on."""
        if self._walks:
            return self._walked(limit, with_keys=with_keys)
        if self._set:
            text, order = self._ordered(Select(self._set), None, with_keys=with_keys)
        else:
            text, order = self._ordered(*self._base(), with_keys=with_keys)
        return lines(text, order, f"LIMIT {limit}")

    def _ordered(self, select: Select, row: Row | None, *, with_keys: bool) -> tuple[str, str]:
        """The rows after the cursor, and the order of the page; without a row, of the filtered set."""
        keys = self._keys_in_set() if row is None else keys_of(row, self._page.order)
        node_id, number = ("id", "n") if row is None else (row.id, row.number)
        beyond = after(keys, node_id, self._page)
        if beyond:
            select.conditions.append(beyond)
        columns = {"n": number}
        if with_keys:
            columns |= {"id": node_id, **{f"k{i}": k.column for i, k in enumerate(keys)}}
        named = ", ".join(name if name == column else f"{column} AS {name}" for name, column in columns.items())
        return select.text(named), order_by(keys, node_id)

    def _walked(self, limit: str, *, with_keys: bool) -> str:
        """The page by a walk along an index, or sorted if that does not fill it."""
        name, along = self._context.alias("w"), walk.Walk(self._context, self._page)
        steps, _ = self._ordered(*self._let_through(*along.start()), with_keys=False)
        keys = order_by(self._keys_in_set(), "id")
        table = block(f"{name} AS MATERIALIZED (", lines(along.merged(steps, limit), keys, f"LIMIT {limit}"), ")")
        columns = "n, id, k0" if with_keys else "n"
        rest, order = self._ordered(*self._base(), with_keys=with_keys)
        found = lines(f"SELECT {columns} FROM {name}", keys)
        return lines("WITH", table, walk.either(name, found, lines(rest, order), limit))

    # ---------------------------------------------------------------- what is said

    def _entry(self, entry: PageExpr) -> str:
        match entry:
            case Constant(text):
                return string(text)
            case PageNodes(select):
                return self._list(select)
            case PageEdges():
                return self._edges(entry)
            case Total():
                return self._total()
            case PageInfo(entries):
                return self._info(entries)
            case Sum():
                return total_of(self._context, self._set, entry)
            case Groups():
                return groups(self._context, self._set, entry, self._select)

    def _total(self) -> str:
        if self._set and self._filtered:
            return f"(SELECT count(*) FROM {self._set})"
        source = self._page.source
        if isinstance(source, Extent) and not self._filtered:
            return f"coalesce((SELECT count FROM extent WHERE class = {self._context.cls(source.cls)}), 0)"
        counted = walk.Walk(self._context, self._page).counted() if self._walks else ""
        if counted:
            return counted
        select, _ = self._base()
        return subquery(select.text("count(*)"))

    def _list(self, select: Selection) -> Json:
        node = self._context.alias("n")
        return self._listed(self._select(Row.joined(self._context, None, node), select), node, with_keys=False)

    def _listed(self, item: Json, node: str, *, with_keys: bool) -> Json:
        """The rows of the page as a JSON list. CROSS JOIN: they stay the outer loop, so their order stays too."""
        rows = self._rows
        join = f" CROSS JOIN node AS {node} ON {node}.n = {rows}.n" if node else ""
        if self._numbered:
            source = f"FROM {rows}{join} WHERE {rows}.pos <= {self._first}"
        else:
            source = block("FROM (", self._page_select(self._first, with_keys=with_keys), f") AS {rows}{join}")
        return json_of(lines(f"SELECT {json_list(item)}", source))

    def _edges(self, entry: PageEdges) -> Json:
        node = self._context.alias("n") if any(isinstance(e, EdgeNode) for _, e in entry.entries) else ""
        item = json_object((key, self._edge_part(part, node)) for key, part in entry.entries)
        return self._listed(item, node, with_keys=True)

    def _edge_part(self, part: EdgeNode | EdgeCursor | Claims | Constant, node: str) -> str:
        match part:
            case Constant(text):
                return string(text)
            case EdgeNode(select):
                return self._select(Row.joined(self._context, None, node), select)
            case EdgeCursor():
                rows = self._rows
                keys = [Key(f"{rows}.{k.column}", k.descending, k.nullable) for k in self._keys_in_set()]
                return cursor(self._page, tuple(keys), f"{rows}.id")
            case Claims():
                return self._link_claims(part)

    def _link_claims(self, given: Claims) -> str:
        """Of the edge between parent and node; the nodes of a class are at the end of none."""
        source, far = self._page.source, f"{self._rows}.n"
        if isinstance(source, Extent) or self._parent is None:
            return "json_array()"
        near, prop = self._parent.number, self._context.prop(source.property)
        link = (far, prop, near) if source.inverse else (near, prop, far)
        return evidence.link_claims(self._parent, given, link, self._select)

    def _info(self, entries: tuple[tuple[str, str], ...]) -> Json:
        return json_object(
            (key, string(part[1:]) if part.startswith("=") else self._info_part(part)) for key, part in entries
        )

    def _info_part(self, part: str) -> str:
        rows, first = self._rows, self._first
        at = cursor(self._page, self._keys_in_set(), "id")
        match part:
            case "hasNextPage":
                return _boolean(f"EXISTS (SELECT 1 FROM {rows} WHERE pos > {first})")
            case "hasPreviousPage":
                return self._has_previous()
            case "startCursor":
                return subquery(f"SELECT {at}\nFROM {rows} WHERE pos = 1 AND pos <= {first}")
            case _:
                return subquery(f"SELECT {at}\nFROM {rows} WHERE pos <= {first}\nORDER BY pos DESC LIMIT 1")

    def _has_previous(self) -> str:
        if self._page.after is None:
            return "json('false')"
        beyond = after(self._keys_in_set(), "id", self._page)
        return _boolean(block("EXISTS (", f"SELECT 1 FROM {self._set}\nWHERE ({beyond}) IS NOT TRUE", ")"))


def _boolean(condition_: str) -> str:
    return block("json(iif(", f"{condition_}, 'true', 'false'", "))")
