"""The front door: a plan as one statement of two columns, the finished JSON of `data` and the data version.

Parameters are $1, $2 … in the order of `Plan.params`. Equal plans give equal texts, on data that are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from kaigraph.graphql.framing import lines
from kaigraph.graphql.plan import ById, ByIds, Constant, DatasetInfo, Page, ParamRef, Plan, Root, Sources
from kaigraph.graphql.sql.conditions import parameter
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of, json_or_null
from kaigraph.graphql.sql.pages import page
from kaigraph.graphql.sql.records import selection
from kaigraph.graphql.sql.source import Context, Row
from kaigraph.graphql.sql.text import string
from kaigraph.graphql.sql.things import listed
from kaigraph.loaders.layout import SOURCE_CLASS, layout_of
from kaigraph.loaders.sqlite.statistics import NOTHING, Statistics
from kaigraph.ontology.model import Model

_VERSION = "(SELECT value FROM meta WHERE key = 'version')"
_MODEL = "(SELECT value FROM meta WHERE key = 'model')"


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement that answers a plan."""

    text: str


def compile_plan(plan: Plan, model: Model, statistics: Statistics = NOTHING) -> Statement:
    """The statement that answers a plan, in a store of a Model; what is known of the data decides only how fast."""
    context = Context(layout_of(model), statistics)
    data = json_object((key, _root(context, root)) for key, root in plan.roots)
    return Statement(f"SELECT {data} AS data,\n{_VERSION} AS version")


def _root(context: Context, root: Root) -> str:
    match root:
        case Constant(text):
            return string(text)
        case ById(node_id, select):
            alias = context.alias("n")
            found = selection(Row.joined(context, None, alias), select)
            return json_or_null(
                lines(f"SELECT {found}", f"FROM node AS {alias} WHERE {alias}.id = {parameter(node_id)}")
            )
        case ByIds(ids, select):
            row = Row.joined(context, None, context.alias("n"))
            return _by_ids(ids, row, selection(row, select))
        case DatasetInfo(entries):
            return _dataset(context, entries)
        case Page():
            return page(context, None, root, selection)


def _by_ids(ids: ParamRef, row: Row, found: Json) -> Json:
    """In the order of the list, null where there is no such node."""
    alias = row.number.removesuffix(".n")
    item = json_or_null(f"SELECT {found} WHERE {row.number} IS NOT NULL")
    return json_of(
        lines(
            f"SELECT {json_list(item)}",
            f"FROM json_each({parameter(ids)}) AS asked LEFT JOIN node AS {alias} ON {alias}.id = asked.value",
        )
    )


def _dataset(context: Context, entries: tuple[tuple[str, str | Sources], ...]) -> Json:
    return json_object((key, _dataset_part(context, part)) for key, part in entries)


def _dataset_part(context: Context, part: str | Sources) -> str:
    if isinstance(part, Sources):
        sources = f"SELECT n FROM member WHERE class = {context.cls(SOURCE_CLASS)}"
        numbers = f"SELECT c.n FROM node AS c WHERE c.n IN ({sources} UNION SELECT source FROM plain) ORDER BY c.id"
        return listed(Row(context, None, "0"), numbers, part.select, selection)
    if part.startswith("="):
        return string(part[1:])
    return {"version": _VERSION, "modelHash": _MODEL}[part]
