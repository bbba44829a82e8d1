"""A page read by walking the index on what it is ordered by, instead of sorting the class.

Of 210,000 nodes the first hundred by a key took 92 ms by sorting, and 0.4 ms so. There is a walk for each class that
nodes of the page's class have as their own (`reach`), and what they find is merged. Few rows let through by a filter
are found through the filter's own index, so there is no walk for those; and if a walk does not fill the page (the guess
was wrong, or what is left has no key) the page is sorted after all, in the same statement.
"""

from __future__ import annotations

from kaigraph.graphql.plan import All, Condition, Extent, Order, Page, Test, ValueLeaf
from kaigraph.graphql.sql.conditions import OPERATORS, parameter
from kaigraph.graphql.sql.estimate import estimated
from kaigraph.graphql.sql.leaves import tested
from kaigraph.graphql.sql.source import Context, Row, Select
from kaigraph.graphql.sql.text import block, lines, subquery
from kaigraph.loaders.layout import Wide
from kaigraph.loaders.sqlite_schema import quoted

#: Smaller classes are sorted faster than anybody notices.
SMALLEST = 1_000

#: A page of 100 out of m of N nodes is full after 100 N / m steps; sorting takes m, and a step costs 2.5 times as much.
_STEPS = 250

#: The part of a class that a walk may step over in vain before it is sorted after all.
_IN_VAIN = 4


def pays(context: Context, page: Page) -> bool:
    """Whether a walk is likely to end sooner than sorting."""
    source, wide = page.source, walked_by(context, page.order)
    if not isinstance(source, Extent) or wide is None:
        return False
    statistics, number = context.statistics, context.layout.classes.get(source.cls, -1)
    members = statistics.members.get(number, 0)
    keyed = statistics.rows(f"node {wide.part('key')}")
    found = min(keyed, estimated(statistics, context.layout, page.where, members))
    return members >= SMALLEST and found * found > _STEPS * members * statistics.concrete.get(number, 1)


def walked_by(context: Context, order: tuple[Order, ...]) -> Wide | None:
    """The column whose index gives the order: that of one key of the node itself."""
    if len(order) != 1 or order[0].path.hops or not isinstance(order[0].path.leaf, ValueLeaf):
        return None
    return context.layout.wide.get(order[0].path.leaf.field.property.iri)


class Walk:
    """The walk of one page along the index of one column."""

    def __init__(self, context: Context, page: Page) -> None:
        """Take a page that `pays`."""
        wide = walked_by(context, page.order)
        if not isinstance(page.source, Extent) or wide is None:
            raise TypeError("only a class in the order of one key is walked")
        self._context, self._page = context, page
        self._cls, self._wide, self._key = page.source.cls, wide, quoted(wide.part("key"))
        self._reach = context.alias("r")
        self._bounds = [t for t in conjuncts(page.where) if isinstance(t, Test) and _is_bound(t, page.order[0])]

    def start(self) -> tuple[Select, Row]:
        """The nodes of one class of `reach` in order, before the page's filter."""
        steps = self._context.alias("i")
        select = Select(block("(", self._steps(), f") AS {steps}"))
        select.conditions.append(self._is_member(steps))
        at_hand = {"id": f"{steps}.id", self._wide.part("key"): f"{steps}.k0"}
        return select, Row(self._context, select, f"{steps}.n", at_hand, "CROSS JOIN")

    def merged(self, found: str, limit: str) -> str:
        """What all walks find (`found` selects the numbers of one), as rows of n, id and k0."""
        context, walk, node = self._context, self._reach, self._context.alias("n")
        each = context.alias("j")
        rows = block("json_each((", block("SELECT json_group_array(n) FROM (", f"{found}\nLIMIT {limit}", ")"), "))")
        return lines(
            f"SELECT {node}.n AS n, {node}.id AS id, {node}.{self._key} AS k0",
            f"FROM reach AS {walk} CROSS JOIN {rows} AS {each} CROSS JOIN node AS {node} ON {node}.n = {each}.value",
            f"WHERE {walk}.class = {context.cls(self._cls)}",
        )

    def counted(self) -> str:
        """How many nodes the filter lets through, from the index alone; empty, if the filter asks for more."""
        if len(self._bounds) < len(conjuncts(self._page.where)) or not self._bounds:
            return ""
        walk, node = self._reach, self._context.alias("n")
        given = f"{node}.class = {walk}.concrete AND {node}.{self._key} IS NOT NULL{self._within(node + '.')}"
        one = f"SELECT count(*) FROM node AS {node}\nWHERE {given}\n  AND {self._is_member(node)}"
        each = f"SELECT sum({subquery(one)})\nFROM reach AS {walk} WHERE {walk}.class = {self._context.cls(self._cls)}"
        return f"coalesce({subquery(each)}, 0)"

    def _is_member(self, node: str) -> str:
        """A node may have a class as its own that is beside the page's: then not all nodes of it are in the page's."""
        member = self._context.alias("m")
        found = f"SELECT 1 FROM member AS {member} WHERE {member}.n = {node}.n AND {member}.class = {self._reach}.class"
        return f"({self._reach}.whole OR EXISTS ({found}))"

    def _steps(self) -> str:
        """The index, step by step. It has a limit always: SQLite drops the order of a sub-select that has none."""
        direction = " DESC" if self._page.order[0].descending else ""
        bounds = self._within("") + self._past()
        cls = self._context.cls(self._cls)
        # Of several walks none may end early: the others would go past it.
        steps = f"SELECT n, id, {self._key} AS k0 FROM node WHERE class = {self._reach}.concrete"
        several = f"(SELECT count(*) FROM reach WHERE class = {cls}) > 1"
        return lines(
            f"{steps} AND {self._key} IS NOT NULL{bounds}",
            f"ORDER BY {self._key}{direction}, id",
            f"LIMIT iif({several}, -1, (SELECT count / {_IN_VAIN} FROM extent WHERE class = {cls}))",
        )

    def _within(self, table: str) -> str:
        """Those tests of the filter that bound the walk."""
        key = table + self._key
        return "".join(f" AND {OPERATORS[t.op](key, *map(parameter, t.params))}" for t in self._bounds)

    def _past(self) -> str:
        """The cursor as a bound that an index can use; what is before it in a tie is left out later."""
        if self._page.after is None:
            return ""
        value, last = (parameter(p) for p in self._page.after)
        if self._page.order[0].descending:
            return f" AND ({self._key} <= {value} OR {last} IS NULL)"
        return f" AND {self._key} >= iif({last} IS NULL, '', {value})"


def either(walk: str, walked: str, sorted_: str, limit: str) -> str:
    """What the walk found, if it filled the page; else the page sorted. A limit of 0 keeps a side from being read."""
    full = f"(SELECT count(*) FROM {walk}) = {limit}"
    return lines(
        block("SELECT * FROM (", f"{walked}\nLIMIT iif({full}, {limit}, 0)", ")"),
        "UNION ALL",
        block("SELECT * FROM (", f"{sorted_}\nLIMIT iif({full}, 0, {limit})", ")"),
    )


def conjuncts(where: Condition) -> tuple[Condition, ...]:
    """What must all hold."""
    return where.items if isinstance(where, All) else (where,)


def _is_bound(given: Test, order: Order) -> bool:
    """Whether it is a range of the key that is walked along."""
    return (
        given.leaf == order.path.leaf
        and given.op in ("lt", "lte", "gt", "gte", "after", "onOrAfter")
        and isinstance(given.leaf, ValueLeaf)
        and tested(given.leaf, given.op) == "key"
    )
