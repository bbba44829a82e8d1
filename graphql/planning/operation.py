"""A whole operation into a plan."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import FieldNode, FragmentDefinitionNode, OperationDefinitionNode

from kaigraph.graphql import plan
from kaigraph.graphql.api import Means, Output
from kaigraph.graphql.planning.collect import Collector, selection_sets
from kaigraph.graphql.planning.context import Context, Derived
from kaigraph.graphql.planning.encode import id_list
from kaigraph.graphql.planning.given import Variables, leaf_of
from kaigraph.graphql.planning.pages import page
from kaigraph.graphql.planning.select import select

INTROSPECTION = frozenset({"__schema", "__type"})


def plan_operation(
    derived: Derived,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    values: Mapping[str, object],
    language: str | None = None,
) -> plan.Plan:
    """Plan a validated operation for variables of this shape. Introspection fields are left out.

    Args:
        derived: what operations are planned by.
        operation: one operation of a validated document.
        fragments: the fragments of that document.
        values: the variables, coerced as graphql-core does it.
        language: the tag of a language of the Model, for where none is asked for.

    Raises:
        BadOperation: an argument that no plan can serve, naming where it stands.
    """
    variables = Variables(values)
    context = Context(derived, Collector(derived.api, fragments, variables), variables, language)
    collected = context.collector.collect(derived.api.query, [operation.selection_set])
    roots = tuple(
        (key, _root(context, fields)) for key, fields in collected.items() if fields[0].name.value not in INTROSPECTION
    )
    return plan.Plan(roots, tuple(context.params))


def _root(context: Context, fields: list[FieldNode]) -> plan.Root:
    query = context.api.query
    if fields[0].name.value == "__typename":
        return plan.Constant(query)
    output = context.output(query, fields[0])
    given = context.arguments(query, fields[0])
    sets = selection_sets(fields)
    if output.means is Means.PAGE:
        return page(context, output, plan.Extent(output.cls or ""), given, sets)
    if output.means is Means.DATASET:
        return _dataset(context, output, fields)
    chosen = select(context, context.bare_type(output), sets)
    if output.means is Means.NODE:
        return plan.ById(context.param(leaf_of(given["id"]), str, "id"), chosen)
    return plan.ByIds(context.param(leaf_of(given["ids"]), id_list, "ids"), chosen)


def _dataset(context: Context, output: Output, fields: list[FieldNode]) -> plan.DatasetInfo:
    name = context.bare_type(output)
    entries: list[tuple[str, str | plan.Sources]] = []
    for key, inner in context.collector.collect(name, selection_sets(fields)).items():
        if inner[0].name.value == "__typename":
            entries.append((key, f"={name}"))
            continue
        part = context.output(name, inner[0])
        sets = selection_sets(inner)
        entries.append((key, plan.Sources(select(context, context.bare_type(part), sets)) if sets else part.part))
    return plan.DatasetInfo(tuple(entries))
