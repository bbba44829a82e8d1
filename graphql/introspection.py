"""Introspection falls through to graphql-core; what it answers is put among what the store answered, in order."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from graphql import DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode, execute_sync

from kaigraph.graphql.api import Api
from kaigraph.graphql.document import Document
from kaigraph.graphql.planning.collect import Collected, Collector
from kaigraph.graphql.planning.given import Variables
from kaigraph.graphql.planning.operation import INTROSPECTION


def introspected(
    api: Api, document: Document, operation: OperationDefinitionNode, values: Mapping[str, object]
) -> Collected | None:
    """The root fields by response key, or None where none of them is introspection."""
    if "__schema" not in document.text and "__type" not in document.text:
        return None
    fields = Collector(api, document.fragments, Variables(values)).collect(api.query, [operation.selection_set])
    return fields if any(f[0].name.value in INTROSPECTION for f in fields.values()) else None


def introspect(
    schema: GraphQLSchema,
    document: Document,
    operation: OperationDefinitionNode,
    values: Mapping[str, object],
    fields: Collected,
    data: bytes,
) -> bytes:
    """The whole `data`: the store's answer with the introspection fields among it."""
    nodes: list[FieldNode] = [n for found in fields.values() if found[0].name.value in INTROSPECTION for n in found]
    alone = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    result = execute_sync(
        schema, DocumentNode(definitions=(alone, *document.fragments.values())), variable_values=dict(values)
    )
    if result.errors:
        raise result.errors[0]
    known: dict[str, object] = {**orjson.loads(data), **(result.data or {})}
    return orjson.dumps({key: known[key] for key in fields})
