"""The shape of a request's variables: what of them can change the plan. With the operation it is the plan's cache key.

Enum names, booleans, null or not, the keys of input objects and the number of nested objects are part of it;
scalars and lists of scalars are not: they go into the statement as parameters.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
)


def shape(type_: GraphQLInputType, value: object) -> Hashable:
    """The shape of one coerced value of an input type."""
    bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if value is None or isinstance(value, bool):
        return value
    if isinstance(bare, GraphQLEnumType):
        return bare.serialize(value)
    if isinstance(bare, GraphQLList):
        return _shape_of_list(bare.of_type, value)
    if isinstance(bare, GraphQLInputObjectType) and isinstance(value, Mapping):
        return tuple(
            (name, shape(field.type, value[field.out_name or name]))
            for name, field in bare.fields.items()
            if (field.out_name or name) in value
        )
    return "*"


def _shape_of_list(item: GraphQLInputType, value: object) -> Hashable:
    items = value if isinstance(value, list) else [value]
    bare = item.of_type if isinstance(item, GraphQLNonNull) else item
    if isinstance(bare, GraphQLEnumType | GraphQLInputObjectType | GraphQLList):
        return ("list", *(shape(bare, v) for v in items))
    return "list"
