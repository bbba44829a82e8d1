"""What a SELECT reads: a first table, the joins that its expressions turn out to need, and conditions."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.plan import Hop
from kaigraph.graphql.sql.text import comment, subquery
from kaigraph.loaders.layout import Layout
from kaigraph.loaders.sqlite.schema import quoted
from kaigraph.loaders.sqlite.statistics import NOTHING, Statistics
from kaigraph.ontology.model import Iri


class Context:
    """What one compilation shares: the layout, what is known of the data, and aliases in the order of the plan."""

    def __init__(self, layout: Layout, statistics: Statistics = NOTHING) -> None:
        """Start counting."""
        self.layout = layout
        self.statistics = statistics
        self._used: dict[str, int] = {}

    def alias(self, letter: str) -> str:
        """A fresh alias: n1, n2 … for nodes, e1 … for edges."""
        self._used[letter] = self._used.get(letter, 0) + 1
        return f"{letter}{self._used[letter]}"

    def prop(self, iri: Iri) -> str:
        """The number of a property, with its name. One that the layout has not is found nowhere."""
        number = self.layout.numbers.get(iri, -1)
        return f"{number}{comment(self.layout.names.get(number, ''))}"

    def cls(self, iri: Iri) -> str:
        """The number of a class, with its name."""
        return f"{self.layout.classes.get(iri, -1)}{comment(iri.rpartition('#')[2].rpartition('/')[2])}"


class Select:
    """A SELECT in the making."""

    def __init__(self, first: str) -> None:
        """Read `first`, a table with its alias."""
        self._first = first
        self._joins: list[str] = []
        self.conditions: list[str] = []

    def join(self, text: str) -> None:
        """Add a join, once."""
        if text not in self._joins:
            self._joins.append(text)

    def text(self, columns: str, *tail: str) -> str:
        """The statement."""
        lines = [f"SELECT {columns}", f"FROM {self._first}", *self._joins]
        if self.conditions:
            lines.append("WHERE " + "\n  AND ".join(c.replace("\n", "\n  ") for c in self.conditions))
        return "\n".join([*lines, *tail])


class Row:
    """The current node, within a SELECT. Its own row is joined only if a column of it is asked for."""

    def __init__(
        self,
        context: Context,
        select: Select | None,
        number: str,
        at_hand: Mapping[str, str] | None = None,
        join: str = "JOIN",
    ) -> None:
        """Take the expression of its number, and of those columns that are at hand elsewhere.

        With "CROSS JOIN", what was read before stays the outer loop.
        """
        self.context = context
        self._join = join
        self.select = select
        self.number = number
        self._at_hand = at_hand or {}
        self._alias: str | None = None
        self.used: dict[str, None] = {}  # the columns that were asked for, in order

    @classmethod
    def joined(cls, context: Context, select: Select | None, alias: str) -> Row:
        """A node whose row is there as `alias`."""
        row = cls(context, select, f"{alias}.n")
        row._alias = alias  # the one other way to make a row
        return row

    @property
    def id(self) -> str:
        """Its id."""
        return self.column("id")

    def column(self, name: str) -> str:
        """A column of its row."""
        self.used[name] = None
        if name in self._at_hand:
            return self._at_hand[name]
        if self._alias is None:
            self._alias = self.context.alias("n")
            if self.select is None:
                raise TypeError("a node outside of a SELECT has no row")
            self.select.join(f"{self._join} node AS {self._alias} ON {self._alias}.n = {self.number}")
        plain = name in ("id", "iri", "class", "n")
        return f"{self._alias}.{name if plain else quoted(name)}"

    def follow(self, hops: tuple[Hop, ...]) -> Row:
        """The node at the end of single-valued hops, as a row that is null if there is none."""
        row = self
        for hop in hops:
            alias = self.context.alias("n")
            if row.select is None:
                raise TypeError("a node outside of a SELECT has no row")
            row.select.join(f"LEFT JOIN node AS {alias} ON {alias}.n = {first_over(self.context, hop, row.number)}")
            row = Row.joined(self.context, row.select, alias)
        return row


def ends(hop: Hop) -> tuple[str, str]:
    """The columns of an edge where a hop starts and where it ends."""
    return ("o", "s") if hop.inverse else ("s", "o")


def first_over(context: Context, hop: Hop, number: str) -> str:
    """The number of the one node over a hop: where the data has several, the first by id."""
    start, end = ends(hop)
    edge, node = context.alias("e"), context.alias("n")
    return subquery(
        f"SELECT {edge}.{end} FROM edge AS {edge} JOIN node AS {node} ON {node}.n = {edge}.{end}\n"
        f"WHERE {edge}.prop = {context.prop(hop.property)} AND {edge}.{start} = {number}\n"
        f"ORDER BY {node}.id LIMIT 1"
    )
