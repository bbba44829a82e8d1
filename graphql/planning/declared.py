"""The variables that an operation declares: read once, then coerced for each request.

graphql-core coerces, and says what is wrong. It reads the declarations anew each time, which took a third of all that a
small operation takes: where every variable is a scalar and given, there is a shorter way to the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import cast

from graphql import (
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    type_from_ast,
)
from graphql.execution.values import get_variable_values

from kaigraph.graphql.document import VariablesRefused
from kaigraph.graphql.planning.shape import shape

Coerce = Callable[[object], object]


class Declared:
    """The variables of one operation."""

    def __init__(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> None:
        """Take an operation that is valid."""
        self._schema = schema
        self._nodes = operation.variable_definitions or ()
        self._types = {node.variable.name.value: _type(schema, node) for node in self._nodes}
        scalars = [(name, *_scalar(type_)) for name, type_ in self._types.items()]
        self._scalars = [(name, coerce, may) for name, coerce, may in scalars if coerce is not None]
        self._are_scalars = len(self._scalars) == len(self._types)

    def coerced(self, given: Mapping[str, object]) -> Mapping[str, object]:
        """The values of a request's variables.

        Raises:
            VariablesRefused: they do not fit.
        """
        if self._are_scalars:
            values = self._of_scalars(given)
            if values is not None:
                return values
        found = get_variable_values(self._schema, self._nodes, dict(given))
        if isinstance(found, list):
            raise VariablesRefused("the variables do not fit the operation", tuple(found))
        return found.coerced

    def shape(self, values: Mapping[str, object]) -> Hashable:
        """What of coerced values can change the plan (`kaigraph.graphql.planning.shape`), as they are declared."""
        if self._are_scalars:
            return tuple([(n, v if v is None or isinstance(v, bool) else "*") for n, v in values.items()])
        return tuple([(n, shape(type_, values[n])) for n, type_ in self._types.items() if n in values])

    def _of_scalars(self, given: Mapping[str, object]) -> Mapping[str, object] | None:
        """The values, if each was given and is as it should be; else it is not for us to say what they are."""
        values: dict[str, object] = {}
        for name, coerce, may_be_null in self._scalars:
            value = given.get(name, Undefined)
            if value is Undefined or (value is None and not may_be_null):
                return None
            try:
                values[name] = None if value is None else coerce(value)
            except Exception:  # as in graphql-core, a scalar may raise anything
                return None
        return values


def _type(schema: GraphQLSchema, node: VariableDefinitionNode) -> GraphQLInputType:
    return cast("GraphQLInputType", type_from_ast(schema, node.type))


def _scalar(type_: GraphQLInputType) -> tuple[Coerce | None, bool]:
    """What coerces a scalar, and whether it may be null."""
    bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    return (bare.coerce_input_value if isinstance(bare, GraphQLScalarType) else None), bare is type_
