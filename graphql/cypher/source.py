"""What a subquery reads: a pattern, conditions on it, and the single things that its keys are read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from kaigraph.graphql.cypher.names import Names
from kaigraph.graphql.plan import Hop, ParamRef
from kaigraph.graphql.sql.text import block, lines
from kaigraph.loaders.neo4j.ids import id_key

Derive = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Given:
    """What a parameter of the statement is made from."""

    ref: ParamRef
    function: Derive | None = None
    many: bool = False

    def value(self, params: Sequence[object]) -> object:
        """The value, from those of the plan's parameters."""
        found = params[self.ref]
        if self.many:
            items = orjson.loads(str(found))
            return [item if self.function is None else self.function(item) for item in items]
        return found if self.function is None or not isinstance(found, str) else self.function(found)


class Context:
    """What one compilation shares: names in the database, aliases in the order of the plan, how parameters are read."""

    def __init__(self, names: Names) -> None:
        """Start counting."""
        self.names = names
        self.given: dict[str, Given] = {}
        self._used: dict[str, int] = {}

    def alias(self, letter: str) -> str:
        """A fresh alias: n1, n2 … for nodes, f1 … for facts."""
        self._used[letter] = self._used.get(letter, 0) + 1
        return f"{letter}{self._used[letter]}"

    def param(self, ref: ParamRef) -> str:
        """A parameter of the plan, as it is."""
        return self._param(f"p{ref}", Given(ref))

    def derived(self, ref: ParamRef, suffix: str, function: Derive, *, many: bool) -> str:
        """What a function makes of a parameter; of each of its items, if it is a list (in JSON)."""
        return self._param(f"p{ref}{suffix}", Given(ref, function, many))

    def id_param(self, ref: ParamRef, *, many: bool = False) -> str:
        """The key of an id, or of many."""
        return self.derived(ref, "id", id_key, many=many)

    def _param(self, name: str, given: Given) -> str:
        self.given[name] = given
        return f"${name}"

    def over(self, start: str, hop: Hop, end: str) -> str:
        """The pattern from a node over a hop to another."""
        kind = self.names.relationship(hop.property)
        return f"({start})<-[:{kind}]-({end})" if hop.inverse else f"({start})-[:{kind}]->({end})"


class Query:
    """Clauses in the making: what is matched, on which conditions, and what is followed from there."""

    def __init__(self, context: Context, node: str, pattern: str) -> None:
        """Match a pattern, of which `node` is the current node."""
        self.context = context
        self.node = node
        self.conditions: list[str] = []
        self.distinct = False
        self._pattern = pattern
        self.calls: list[str] = []
        self._ends: dict[tuple[Hop, ...], str] = {(): node}

    def follow(self, hops: tuple[Hop, ...]) -> str:
        """The node at the end of single-valued hops; null if there is none."""
        if hops not in self._ends:
            near, end = self.follow(hops[:-1]), self.context.alias("n")
            self.calls.append(_first_over(self.context, near, hops[-1], end))
            self._ends[hops] = end
        return self._ends[hops]

    @property
    def carried(self) -> str:
        """Every variable, for a WITH."""
        return ", ".join(self._ends.values())

    def clauses(self) -> str:
        """MATCH, WHERE and what is followed."""
        where = "WHERE " + "\n  AND ".join(c.replace("\n", "\n  ") for c in self.conditions) if self.conditions else ""
        distinct = f"WITH DISTINCT {self.node}" if self.distinct else ""
        return lines(f"MATCH {self._pattern}", where, distinct, *self.calls)

    def patterns(self, more: str) -> None:
        """Match more, from which the planner may start; the node comes once however often it is found."""
        self._pattern += f", {more}"
        self.distinct = True


def _first_over(context: Context, start: str, hop: Hop, end: str) -> str:
    """Where the data has several, the first by id."""
    return block(
        f"CALL ({start}) {{",
        lines(
            f"OPTIONAL MATCH {context.over(start, hop, end)}",
            f"WITH {end} ORDER BY {context.names.id(end)} LIMIT 1",
            f"RETURN {end}",
        ),
        "}",
    )


def collect(*clauses: str) -> str:
    """A subquery as a list."""
    return block("COLLECT {", " " + lines(*clauses) + " " if len(clauses) == 1 else lines(*clauses), "}")
