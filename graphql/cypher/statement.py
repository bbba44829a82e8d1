"""The front door: a plan as one statement of one record and one column, `data`, and what makes JSON of it.

Equal plans give equal texts, whatever the names of their entries: names are no part of the text.
"""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.cypher.names import Names
from kaigraph.graphql.cypher.naming import Params, Part, Shape, Slot, constant, dump, first, plain, record
from kaigraph.graphql.cypher.pages import page
from kaigraph.graphql.cypher.records import selection
from kaigraph.graphql.cypher.source import Context, Given, collect
from kaigraph.graphql.cypher.things import listed
from kaigraph.graphql.framing import block, lines
from kaigraph.graphql.plan import ById, ByIds, Constant, DatasetInfo, Page, Plan, Root, Sources
from kaigraph.loaders.layout import SOURCE_CLASS
from kaigraph.loaders.neo4j.mapping import META, PLAIN, RESOURCE, mapping_of
from kaigraph.ontology.model import Model


class Statement(str):
    """The text of a statement, with how its parameters are made and its result is named."""

    _given: Mapping[str, Given]
    _shape: Shape

    def __new__(cls, text: str, given: Mapping[str, Given], shape: Shape) -> Statement:
        """Keep what belongs to a text with it, so that it is a text to whoever needs no more."""
        made = super().__new__(cls, text)
        made._given = dict(given)
        made._shape = shape
        return made

    def parameters(self, params: Params) -> dict[str, object]:
        """The statement's parameters, from those of the plan."""
        return {name: given.value(params) for name, given in self._given.items()}

    def json(self, data: Slot, params: Params) -> bytes:
        """The JSON of `data`, from the record that the statement returned."""
        return dump(self._shape(data, params))


def compile_plan(plan: Plan, model: Model) -> Statement:
    """The statement that answers a plan, in a database that holds data of a Model."""
    context = Context(Names(model, mapping_of(model)))
    data = record([(key, _root(context, root)) for key, root in plan.roots])
    return Statement(lines(context.header, f"RETURN {data.text} AS data"), context.given, data.shape)


def _root(context: Context, root: Root) -> Part:
    match root:
        case Constant(text):
            return constant(text)
        case ById(node_id, select):
            node = context.alias("n")
            found = selection(context, node, select)
            clause = f"MATCH {context.names.any_node(node, context.id_param(node_id))}"
            return first(found, collect(clause, f"RETURN {found.text or 'true'}"))
        case ByIds():
            return _by_ids(context, root)
        case DatasetInfo(entries):
            return record([(key, _dataset_part(context, part)) for key, part in entries])
        case Page():
            return page(context, "", root, selection)


def _by_ids(context: Context, root: ByIds) -> Part:
    """In the order of the list, null where there is no such node."""
    node, asked = context.alias("n"), context.id_param(root.ids, many=True)
    found = selection(context, node, root.select)
    text = collect(
        f"MATCH ({node}:{RESOURCE})",
        f"WHERE {context.names.id(node)} IN {asked}",
        f"RETURN [{context.names.shown_id(node)}, {found.text or 'true'}]",
    )
    ids = Given(root.ids, None, many=True)

    def shape(slot: Slot, params: Params) -> object:
        nodes = {node_id: found.shape(value, params) for node_id, value in slot}
        wanted = ids.value(params)
        return [nodes.get(i) for i in wanted] if isinstance(wanted, list) else []

    return Part(text, shape)


def _dataset_part(context: Context, part: str | Sources) -> Part:
    if isinstance(part, Sources):
        return _all_sources(context, part)
    if part.startswith("="):
        return constant(part[1:])
    key = {"version": "version", "modelHash": "model"}[part]
    meta = context.alias("n")
    return first(plain(""), collect(f"MATCH ({meta}:{META})", f"RETURN {meta}.{key}"))


def _all_sources(context: Context, given: Sources) -> Part:
    """Every source, and the one source of data without claims."""
    end = context.alias("n")
    union = lines(
        f"MATCH ({end}:{context.names.label(SOURCE_CLASS)})",
        f"RETURN {end}",
        "UNION",
        f"MATCH (:{META})-[:{PLAIN}]->({end})",
        f"RETURN {end}",
    )
    return listed(context, end, block("CALL () {", union, "}"), given.select, selection)
