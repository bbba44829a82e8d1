"""A page read by walking the index on what it is ordered by, instead of sorting the class.

Of 210,000 nodes the first hundred by a key took 92 ms by sorting, and 0.1 ms so. There is a walk for each class that
nodes of the page's class have as their own, and SQLite merges them as they go. Which classes those are was known when
the statement was compiled; the statement looks whether it still is so (`changed`), and sorts if not.

Without a filter beyond ranges of the key, what is left when a walk has ended has no key, and follows. With one, a walk
may step over many nodes in vain: it gives up after a part of the class, and then the page is sorted after all, in the
same statement. Few rows let through by a filter are found through the filter's own index: there is no walk for those.
"""

from __future__ import annotations

from collections.abc import Iterator

from kaigraph.graphql.framing import block, indented, lines
from kaigraph.graphql.plan import Extent, Order, Page, Test, ValueLeaf
from kaigraph.graphql.sql.conditions import OPERATORS, conjuncts, parameter
from kaigraph.graphql.sql.estimate import estimated
from kaigraph.graphql.sql.leaves import tested
from kaigraph.graphql.sql.ordering import Key, after
from kaigraph.graphql.sql.source import Context, Row, Select
from kaigraph.loaders.layout import Wide
from kaigraph.loaders.sqlite.schema import quoted

#: Smaller classes are sorted faster than anybody notices.
SMALLEST = 1_000

#: A page of 100 out of m of N nodes is full after 100 N / m steps; sorting takes m, and a step costs 2.5 times as much.
_STEPS = 250

#: Merging more of them costs more than asking each node for its class.
MOST_WALKS = 16

#: The part of a class that a walk may step over in vain before it is sorted after all.
_IN_VAIN = 2


def pays(context: Context, page: Page) -> bool:
    """Whether a walk is likely to end sooner than sorting."""
    source, wide = page.source, walked_by(context, page.order)
    if not isinstance(source, Extent) or wide is None:
        return False
    statistics = context.statistics
    members = statistics.members.get(context.layout.classes.get(source.cls, -1), 0)
    keyed = statistics.rows(f"node {wide.part('key')}")
    found = min(keyed, estimated(statistics, context.layout, page.where, members))
    stepped = members if len(_own(context, source)) <= MOST_WALKS else max(members, keyed)
    return members >= SMALLEST and found * found > _STEPS * stepped


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
        self._cls, self._key = context.cls(page.source.cls), quoted(wide.part("key"))
        self._name = wide.part("key")
        self._own = _own(context, page.source)
        tests = conjuncts(page.where)
        self._bounds = [t for t in tests if isinstance(t, Test) and _is_bound(t, page.order[0])]
        self.rest = tuple(t for t in tests if t not in self._bounds)
        self.bounded = bool(self._bounds)

    @property
    def is_exact(self) -> bool:
        """Whether the walk finds all that has a key, and nothing in vain."""
        return not self.rest and len(self._own) <= MOST_WALKS

    def start(self) -> tuple[Select, Row]:
        """The nodes in order, before what of the filter is no bound."""
        limit = f"coalesce((SELECT count / {_IN_VAIN} FROM extent WHERE class = {self._cls}), 0)"
        steps = self._context.alias("i")
        # A limit always: SQLite drops the order of a sub-select that has none.
        select = Select(block("(", self.steps("n, id, k0", f"iif({self.changed()}, 0, {limit})"), f") AS {steps}"))
        at_hand = {"id": f"{steps}.id", self._name: f"{steps}.k0"}
        return select, Row(self._context, select, f"{steps}.n", at_hand, "CROSS JOIN")

    def steps(self, columns: str, limit: str) -> str:
        """The nodes in order, of all walks: those columns of n, id and k0."""
        walks = "\nUNION ALL\n".join(map(self._walk, self._classes()))
        order = f"ORDER BY k0{' DESC' if self._page.order[0].descending else ''}, id\nLIMIT {limit}"
        return lines(f"SELECT {columns} FROM (", indented(f"{walks}\n{order}"), ")")

    def changed(self) -> str:
        """Whether the page's class has got nodes of other classes than those walked."""
        if len(self._own) > MOST_WALKS:
            return "0"
        whole, parts = (", ".join(str(c) for c, w in self._own if w is is_whole) for is_whole in (True, False))
        known = " OR ".join(
            ([f"whole AND concrete IN ({whole})"] if whole else []) + ([f"concrete IN ({parts})"] if parts else [])
        )
        return f"EXISTS (SELECT 1 FROM reach WHERE class = {self._cls} AND NOT ({known}))"

    def _classes(self) -> Iterator[str]:
        """What tells the nodes of each walk. Beyond some, one walk over all nodes asks for the class at every step."""
        if len(self._own) > MOST_WALKS:
            whole = f"SELECT concrete FROM reach WHERE class = {self._cls} AND whole"
            yield f"(class IN ({whole}) OR {self._is_member('node')})"
            return
        for number, is_whole in self._own:
            # A node may have a class as its own that is beside the page's: then not all nodes of it are in the page's.
            yield f"class = {number}" + ("" if is_whole else f" AND {self._is_member('node')}")

    def _walk(self, class_: str) -> str:
        found = f"{class_}{self._within()}{self._past()}"
        return f"SELECT n, id, {self._key} AS k0 FROM node WHERE {found}"

    def _is_member(self, node: str) -> str:
        return f"EXISTS (SELECT 1 FROM member AS m WHERE m.n = {node}.n AND m.class = {self._cls})"

    def _within(self) -> str:
        """Those tests of the filter that bound the walk; without one, that there is a key."""
        key = self._key
        bounds = [OPERATORS[t.op](key, *map(parameter, t.params)) for t in self._bounds] or [f"{key} IS NOT NULL"]
        return "".join(f" AND {bound}" for bound in bounds)

    def _past(self) -> str:
        """The cursor, and before it as a bound that an index can use."""
        if self._page.after is None:
            return ""
        value, last = (parameter(p) for p in self._page.after)
        descending = self._page.order[0].descending
        bound = f"{self._key} >= iif({last} IS NULL, '', {value})"
        if descending:
            bound = f"({self._key} <= {value} OR {last} IS NULL)"
        return f" AND {bound} AND {after((Key(self._key, descending, nullable=False),), 'id', self._page)}"


def _own(context: Context, source: Extent) -> tuple[tuple[int, bool], ...]:
    """The classes that nodes of a class have as their own, and whether all nodes of those are in it."""
    number = context.layout.classes.get(source.cls, -1)
    return context.statistics.reach.get(number, ((number, True),))


def one_after_the_other(walked: str, rest: str, limit: str) -> str:
    """What the walk found, then the rest, of which nothing is read if the page is full."""
    return lines(
        block("SELECT * FROM (", walked, ")"),
        "UNION ALL",
        block("SELECT * FROM (", rest, ")"),
        f"LIMIT {limit}",
    )


def either(walk: str, walked: str, sorted_: str, limit: str) -> str:
    """What the walk found, if it filled the page; else the page sorted. A limit of 0 keeps a side from being read."""
    full = f"(SELECT count(*) FROM {walk}) = {limit}"
    return lines(
        block("SELECT * FROM (", f"{walked}\nLIMIT iif({full}, {limit}, 0)", ")"),
        "UNION ALL",
        block("SELECT * FROM (", f"{sorted_}\nLIMIT iif({full}, 0, {limit})", ")"),
    )


def _is_bound(given: Test, order: Order) -> bool:
    """Whether it is a range of the key that is walked along."""
    return (
        given.leaf == order.path.leaf
        and given.op in ("lt", "lte", "gt", "gte", "after", "onOrAfter")
        and isinstance(given.leaf, ValueLeaf)
        and tested(given.leaf, given.op) == "key"
    )
