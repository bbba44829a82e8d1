"""The operations by Strawberry as it comes: a resolver a field, each with a statement of its own on the same file.

The types have the names of ours, so that the same text is asked. Rows are read whole, once a node; what is over a
property is asked for a node at a time (the N+1 that a planner is there to avoid).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, Protocol, cast

import apsw
import orjson
import strawberry
from made import EX
from operations import Asked, Values
from strawberry.types import Info

from kaigraph.loaders.layout import Layout
from kaigraph.loaders.literals.keys import number_key

Row = dict[str, Any]
_COLUMNS = ("n", "id", "class", "label_en", "code", "title", "size", "price", "made", "rating", "state", "weight",
            "founded", "_size")  # fmt: skip
_SELECT = "SELECT " + ", ".join(f'x."{c}"' for c in _COLUMNS)


class Reading:
    """The statements of resolvers."""

    def __init__(self, connection: apsw.Connection, layout: Layout) -> None:
        """Take the open file, and where things lie in it."""
        self.connection = connection
        self.numbers = {iri.removeprefix(EX): n for iri, n in layout.numbers.items()}
        self.classes = {iri.removeprefix(EX): n for iri, n in layout.classes.items()}

    def rows(self, tail: str, *values: object) -> list[Row]:
        """Nodes."""
        found = self.connection.execute(f"{_SELECT} {tail}", values)
        return [dict(zip(_COLUMNS, row, strict=True)) for row in found]

    def far(self, node: Row, prop: str, limit: int) -> list[Row]:
        """Nodes over a property."""
        tail = "FROM edge e JOIN node x ON x.n = e.o WHERE e.s = ? AND e.prop = ? ORDER BY x.id LIMIT ?"
        return self.rows(tail, node["n"], self.numbers[prop], limit)


READING: Reading


@strawberry.enum
class Direction(Enum):
    """Of an order."""

    ASC = "ASC"
    DESC = "DESC"


@strawberry.input
class Order:
    """One key."""

    code: Direction | None = None
    size: Direction | None = None


@strawberry.input
class Sizes:
    """Tests of a number."""

    gte: int | None = None


@strawberry.input
class Where:
    """A filter."""

    size: Sizes | None = None


class _WithRow(Protocol):
    row: Row


def _text(name: str) -> Any:  # noqa: ANN401  # what Strawberry calls a field
    """A field that is a column."""

    def resolve(self: _WithRow) -> str | None:
        return cast("str | None", self.row[name])

    return strawberry.field(resolver=resolve)


@strawberry.type
class Region:
    """A region."""

    row: strawberry.Private[Row]
    label: str | None = _text("label_en")


@strawberry.type
class Place:
    """A place."""

    row: strawberry.Private[Row]
    label: str | None = _text("label_en")

    @strawberry.field
    def region(self) -> Region | None:
        """Where it lies."""
        return next((Region(row=r) for r in READING.far(self.row, "region", 1)), None)


@strawberry.interface
class Thing:
    """Whatever has a code."""

    row: strawberry.Private[Row]
    label: str | None = _text("label_en")
    code: str | None = _text("code")


@strawberry.type
class Maker(Thing):
    """A maker."""

    founded: str | None = _text("founded")

    @strawberry.field
    def place(self) -> Place | None:
        """Where it is."""
        return next((Place(row=r) for r in READING.far(self.row, "place", 1)), None)


@strawberry.type
class Part(Thing):
    """A part."""

    weight: str | None = _text("weight")


@strawberry.type
class Tag:
    """A tag."""

    row: strawberry.Private[Row]
    label: str | None = _text("label_en")


@strawberry.type
class Parts:
    """A list of parts."""

    nodes: list[Part]


@strawberry.type
class Tags:
    """A list of tags."""

    nodes: list[Tag]


@strawberry.type
class Work(Thing):
    """A work."""

    title: str | None = _text("title")
    price: str | None = _text("price")
    made: str | None = _text("made")
    state: str | None = _text("state")

    @strawberry.field
    def size(self) -> int | None:
        """A number."""
        return None if self.row["size"] is None else int(self.row["size"])

    @strawberry.field
    def rating(self) -> float | None:
        """A number."""
        return None if self.row["rating"] is None else float(self.row["rating"])

    @strawberry.field
    def maker(self) -> Maker | None:
        """Who made it."""
        return next((Maker(row=r) for r in READING.far(self.row, "maker", 1)), None)

    @strawberry.field
    def parts(self, first: int = 50) -> Parts:
        """What it has."""
        return Parts(nodes=[Part(row=r) for r in READING.far(self.row, "parts", first)])

    @strawberry.field
    def tags(self, first: int = 50) -> Tags:
        """What it is tagged with."""
        return Tags(nodes=[Tag(row=r) for r in READING.far(self.row, "tags", first)])


@strawberry.type
class PageInfo:
    """About a page."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Works:
    """A page of works."""

    rows: strawberry.Private[list[Row]]
    least: strawberry.Private[str | None]
    first: strawberry.Private[int]

    @strawberry.field
    def nodes(self) -> list[Work]:
        """The page."""
        return [Work(row=r) for r in self.rows[: self.first]]

    @strawberry.field
    def total_count(self) -> int:
        """How many there are."""
        text = "SELECT count(*) FROM node WHERE class = ? AND _size >= ?"
        return int(READING.connection.execute(text, (READING.classes["Work"], self.least or "")).get)

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Whether there are more."""
        shown = self.rows[: self.first]
        return PageInfo(has_next_page=len(self.rows) > self.first, end_cursor=shown[-1]["id"] if shown else None)


@strawberry.type
class Things:
    """A page of things."""

    nodes: list[Thing]


@strawberry.type
class Query:
    """The roots."""

    @strawberry.field
    def node(self, id: strawberry.ID) -> Thing | None:  # noqa: A002  # the name that the operation has
        """One node."""
        return next((Work(row=r) for r in READING.rows("FROM node x WHERE x.id = ?", str(id))), None)

    @strawberry.field
    def works(self, first: int, order_by: list[Order], where: Where | None = None) -> Works:
        """A page of works by code, or by size from one on."""
        least = number_key(str(where.size.gte)) if where and where.size else None
        key = "_code" if order_by[0].code else "_size"
        text = f"FROM node x WHERE x.class = ? AND {key} >= ? ORDER BY {key}, id LIMIT ?"
        return Works(rows=READING.rows(text, READING.classes["Work"], least or "", first + 1), least=least, first=first)

    @strawberry.field
    def things(self, info: Info, first: int, order_by: list[Order]) -> Things:
        """The last things by code."""
        kinds = {READING.classes[name]: kind for name, kind in (("Work", Work), ("Part", Part), ("Maker", Maker))}
        rows = READING.rows("FROM node x WHERE _code IS NOT NULL ORDER BY _code DESC, id LIMIT ?", first)
        return Things(nodes=[kinds[r["class"]](row=r) for r in rows])


SCHEMA = strawberry.Schema(query=Query, types=[Work, Part, Maker])


class Resolvers:
    """The schema over one file."""

    def __init__(self, connection: apsw.Connection, layout: Layout) -> None:
        """Take the open file."""
        global READING  # noqa: PLW0603  # resolvers find their database so
        READING = Reading(connection, layout)

    def answers(self, asked: Asked) -> Callable[[Values], str]:
        """What answers an operation: its `data` as JSON."""

        def answer(values: Values) -> str:
            result = SCHEMA.execute_sync(asked.text, variable_values=dict(values))
            if result.errors:
                raise RuntimeError(str(result.errors))
            return orjson.dumps(result.data).decode()

        return answer
