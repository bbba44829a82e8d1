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

Fragments = dict[str, bytes]


def introspected(
    api: Api, document: Document, operation: OperationDefinitionNode, values: Mapping[str, object]
) -> Collected | None:
    """The root fields by response key, or None where none of them is introspection."""
    if "__schema" not in document.text and "__type" not in document.text:
        return None
    fields = Collector(api, document.fragments, Variables(values)).collect(api.query, [operation.selection_set])
    return fields if any(f[0].name.value in INTROSPECTION for f in fields.values()) else None


def introspect(
    schema: GraphQLSchema, document: Document, operation: OperationDefinitionNode, given: Variables, fields: Collected
) -> Fragments:
    """What graphql-core answers to the introspection fields among `fields`, as JSON by response key."""
    nodes: list[FieldNode] = [n for found in fields.values() if found[0].name.value in INTROSPECTION for n in found]
    alone = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=tuple(nodes)),
    )
    definitions = (alone, *document.fragments.values())
    result = execute_sync(schema, DocumentNode(definitions=definitions), variable_values=dict(given.values))
    if result.errors:
        raise result.errors[0]
    return {key: orjson.dumps(value) for key, value in (result.data or {}).items()}


def together(fields: Collected, introspected: Fragments, data: bytes) -> bytes:
    """The whole `data`, in the order of `fields`: the store's answer with the introspection fields among it."""
    stored: dict[str, object] = orjson.loads(data)
    parts = (orjson.dumps(k) + b":" + (introspected.get(k) or orjson.dumps(stored[k])) for k in fields)
    return b"{" + b",".join(parts) + b"}"
