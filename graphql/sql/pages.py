"""Connections: one scalar sub-select that gives the finished JSON of a page.

    WITH f1 AS (what the filter lets through), p1 AS (the page, numbered) SELECT json_object(…)

Both are left out where they would be read once only.
"""

from __future__ import annotations

from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import (
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
from kaigraph.graphql.sql import evidence
from kaigraph.graphql.sql.conditions import parameter
from kaigraph.graphql.sql.groups import groups, total_of
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of
from kaigraph.graphql.sql.ordering import Key, after, cursor
from kaigraph.graphql.sql.page_rows import PageRows
from kaigraph.graphql.sql.source import Context, Row
from kaigraph.graphql.sql.text import string, subquery
from kaigraph.graphql.sql.things import Select as SelectFunction


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
        self._read = PageRows(context, parent, given)
        self._rows = context.alias("p")
        self._first = parameter(given.first)

    def text(self) -> Json:
        body = json_object((key, self._entry(entry)) for key, entry in self._page.entries)
        tables = [*self._read.set_table(), *self._page_table()]
        if not tables:
            return body
        return json_of(lines("WITH", ",\n".join(tables), f"SELECT {body}"))

    def _page_table(self) -> list[str]:
        """The rows of the page and, to see whether there are more, one beyond."""
        if not self._read.is_numbered:
            return []
        found = self._read.select(f"{self._first} + 1", with_keys=True)
        return [block(f"{self._rows} AS MATERIALIZED (SELECT row_number() OVER () AS pos, * FROM (", found, "))")]

    def _entry(self, entry: PageExpr) -> str:
        match entry:
            case Constant(text):
                return string(text)
            case PageNodes(select):
                return self._list(select)
            case PageEdges():
                return self._edges(entry)
            case Total():
                return self._read.total()
            case PageInfo(entries):
                return self._info(entries)
            case Sum():
                return total_of(self._context, self._read.set, entry)
            case Groups():
                return groups(self._context, self._read.set, entry, self._select)

    def _list(self, select: Selection) -> Json:
        node = self._context.alias("n")
        row = Row.joined(self._context, None, node)
        item = self._select(row, select)
        if self._read.carries(row.used):
            found = self._read.select(self._first, with_keys=False, carried=tuple(row.used))
            return json_of(lines(f"SELECT {json_list(item)}", block("FROM (", found, f") AS {node}")))
        return self._listed(item, node, with_keys=False)

    def _listed(self, item: Json, node: str, *, with_keys: bool) -> Json:
        """The rows of the page as a JSON list. CROSS JOIN: they stay the outer loop, so their order stays too."""
        rows = self._rows
        join = f" CROSS JOIN node AS {node} ON {node}.n = {rows}.n" if node else ""
        if self._read.is_numbered:
            source = f"FROM {rows}{join} WHERE {rows}.pos <= {self._first}"
        else:
            source = block("FROM (", self._read.select(self._first, with_keys=with_keys), f") AS {rows}{join}")
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
                keys = [Key(f"{rows}.{k.column}", k.descending, k.nullable) for k in self._read.keys_in_set()]
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
        at = cursor(self._page, self._read.keys_in_set(), "id")
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
        beyond = after(self._read.keys_in_set(), "id", self._page)
        return _boolean(block("EXISTS (", f"SELECT 1 FROM {self._read.set}\nWHERE ({beyond}) IS NOT TRUE", ")"))


def _boolean(condition_: str) -> str:
    return block("json(iif(", f"{condition_}, 'true', 'false'", "))")
