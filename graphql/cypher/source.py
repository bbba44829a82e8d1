"""What a subquery reads: a pattern, conditions on it, and the single things that its keys are read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import orjson

from kaigraph.graphql.cypher.names import Names
from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import Hop, Leaf, ParamRef
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.loaders.store import TooComplex
from kaigraph.ontology.model import Iri

Derive = Callable[[str], object]

#: Neo4j's time for planning doubles with each nested subquery: measured, 0.5 s at 10, 1 to 3 s at 13, 14 s at 17.
MOST_NESTED = 12


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
        self._once: dict[str, str] = {}
        self._depth = 0

    def alias(self, letter: str) -> str:
        """A fresh alias: n1, n2 … for nodes, f1 … for facts."""
        self._used[letter] = self._used.get(letter, 0) + 1
        return f"{letter}{self._used[letter]}"

    def once(self, letter: str, text: str) -> str:
        """The alias of what is worked out once, before all else. A CALL has to import it."""
        if text not in self._once:
            self._once[text] = self.alias(letter)
        return self._once[text]

    @property
    def header(self) -> str:
        """What is worked out once."""
        items = ", ".join(f"{text} AS {name}" for text, name in self._once.items())
        return f"WITH {items}" if items else ""

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Compile what is selected of nodes one step further away.

        Raises:
            TooComplex: it is further than Neo4j plans in reasonable time.
        """
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise TooComplex(f"the operation nests more than {MOST_NESTED} things or lists", hint="ask it in parts")
        try:
            yield
        finally:
            self._depth -= 1

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

    def __init__(self, context: Context, node: str, pattern: str = "", labels: Sequence[str] = ()) -> None:
        """Match the pattern that leads to the current node, or every node of a label."""
        self.context = context
        self.node = node
        self.conditions: list[str] = []
        self.calls: list[str] = []
        self._pattern = pattern
        self._start = ""
        self._labels = dict.fromkeys(labels)
        self._ends: dict[tuple[Hop, ...], str] = {(): node}

    def ask_through(self, label: str) -> None:
        """Match a label more, which every node of the others has: the one that an index is on."""
        self._labels[label] = None

    def order_through(self, leaf: Leaf, cls: Iri) -> bool:
        """Say that the nodes of a class have the key of a leaf, if they have, so that an index gives their order."""
        said = self.context.names.always(self.node, leaf, cls)
        if said is not None:
            self.conditions.append(said.condition)
            self.ask_through(said.label)
        return said is not None

    def start_from(self, clauses: str) -> None:
        """Find the node by other clauses, of which it comes out once."""
        self._start = clauses

    @property
    def is_turned(self) -> bool:
        """Whether the query starts from elsewhere."""
        return bool(self._start)

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
        return lines(self._match(bool(where)), where, *self.calls)

    def _match(self, with_where: bool) -> str:
        if self._start:
            return lines(self._start, f"WITH {self.node}" if with_where else "")
        return f"MATCH {self._pattern or _of_labels(self.node, self._labels)}"


def _of_labels(node: str, labels: Iterable[str]) -> str:
    return f"({node}:{'&'.join(labels)})"


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


def subquery(word: str, *clauses: str) -> str:
    """A subquery as an expression: COLLECT, COUNT or EXISTS."""
    body = lines(*clauses)
    return block(f"{word} {{", body if "\n" in body else f" {body} ", "}")


def collect(*clauses: str) -> str:
    """A subquery as a list."""
    return subquery("COLLECT", *clauses)
