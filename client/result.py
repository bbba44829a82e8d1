"""An answer: nested as it was asked, as rows, or as a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kaigraph.client.shape import Shape
from kaigraph.ontology.errors import BadUse

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """One answer. `data` has Python's types; `version` is the data version that it was read at."""

    data: Mapping[str, Any]
    shape: Shape
    version: str = ""

    def rows(self, at: str | None = None) -> list[Row]:
        """The rows of one list: nested objects are columns `a.b`, nested lists stay lists. Every row has every column.

        Args:
            at: which list, as `things.nodes`; unless told, the first (in breadth), or one row if there is none.

        Raises:
            BadUse: there is no such list.
        """
        table, items = self._table(at)
        columns = list(columns_of(table))
        return [{name: _cell(item, path) for name, path, _ in columns} for item in items]

    def columns(self, at: str | None = None) -> dict[str, Shape]:
        """The columns of those rows and what they hold."""
        return {name: shape for name, _, shape in columns_of(self._table(at)[0])}

    def to_pandas(self, at: str | None = None) -> pd.DataFrame:
        """The rows as a pandas frame: decimals are `Decimal`, whole numbers `Int64`, days `date`.

        Raises:
            NotInstalled: pandas is missing.
            BadUse: there is no such list.
        """
        from kaigraph.client.pandas_frame import frame

        return frame(self.columns(at), self.rows(at))

    def to_polars(self, at: str | None = None) -> pl.DataFrame:
        """The rows as a polars frame: decimals are `Decimal` of the scale they need, lists are lists of structs.

        Raises:
            NotInstalled: polars is missing.
            BadUse: there is no such list.
        """
        from kaigraph.client.polars_frame import frame

        return frame(self.columns(at), self.rows(at))

    def _table(self, at: str | None) -> tuple[Shape, list[Any]]:
        path = _first_list(self.shape) if at is None else at.split(".")
        if path is None:
            return self.shape, [self.data]
        shape: Shape = self.shape
        found: Any = self.data
        for step in path:
            if shape.lists or step not in shape.fields:
                raise BadUse("the answer has no such list", where=at or "", hint=f"there is {_lists(self.shape)}")
            shape, found = shape.fields[step], (found or {}).get(step)
        if shape.lists != 1:
            raise BadUse("this is no list", where=at or "", hint=f"there is {_lists(self.shape)}")
        return shape.item, list(found or [])


def columns_of(shape: Shape, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...], Shape]]:
    """The columns of a row: name, path and what they hold."""
    if not shape.fields or shape.lists:
        yield ".".join(above) or "value", above, shape
        return
    for key, inner in shape.fields.items():
        yield from columns_of(inner, (*above, key))


def _cell(item: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401  # a value of any scalar
    for step in path:
        if not isinstance(item, dict):
            return None
        item = item.get(step)
    return item


def _first_list(shape: Shape) -> list[str] | None:
    return next((path for path, found in _in_breadth(shape) if found.lists == 1), None)


def _lists(shape: Shape) -> str:
    found = [".".join(path) for path, inner in _in_breadth(shape) if inner.lists == 1]
    return ", ".join(found) or "no list in it"


def _in_breadth(shape: Shape) -> Iterator[tuple[list[str], Shape]]:
    """Every place that no list encloses, the outer ones first."""
    level: list[tuple[list[str], Shape]] = [([], shape)]
    while level:
        yield from level
        level = [([*path, key], inner) for path, at in level if not at.lists for key, inner in at.fields.items()]
