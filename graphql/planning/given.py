"""What a client gave for an argument: literals and variables alike, as one tree of `Given`s.

Only structure is looked at here (which keys, how many list items, which enum names): every other value stays behind
a parameter, so that equal shapes give equal plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    coerce_input_literal,
    is_leaf_type,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar, or a list of scalars: a constant, a place in the variables, or (`items`) a list of such."""

    constant: object = None
    variable: str | None = None
    path: tuple[str | int, ...] = ()
    items: tuple[Leaf, ...] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """An enum value, by its name in the schema."""

    name: str


@dataclass(frozen=True, slots=True)
class Null:
    """An explicit null."""


@dataclass(frozen=True, slots=True)
class Keys:
    """An input object: what was given, in the order of the schema where a variable gave it, else as written."""

    items: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of input objects or enum values."""

    items: tuple[Given, ...]


Given = Leaf | Name | Null | Keys | Items


@dataclass(frozen=True, slots=True)
class Variables:
    """The coerced variables of one request."""

    values: Mapping[str, object]

    def has(self, name: str) -> bool:
        """Whether the variable was given or has a default."""
        return name in self.values


def leaf_of(given: Given) -> Leaf:
    """What was given for an argument of a scalar type."""
    if not isinstance(given, Leaf):
        raise TypeError("validation lets only scalars through here")
    return given


def from_ast(node: ValueNode, type_: GraphQLInputType, variables: Variables) -> Given | None:
    """Read an argument from the operation's text; None where it is a variable that was not given."""
    if isinstance(node, VariableNode):
        name = node.name.value
        return from_value(variables.values[name], type_, name, ()) if variables.has(name) else None
    if isinstance(node, NullValueNode):
        return Null()
    bare = _bare(type_)
    if isinstance(bare, GraphQLInputObjectType):
        return _object(node, bare, variables)
    if isinstance(bare, GraphQLList):
        return _list(node, bare, variables)
    value = coerce_input_literal(node, bare)
    return Name(str(bare.serialize(value))) if isinstance(bare, GraphQLEnumType) else Leaf(constant=value)


def _object(node: ValueNode, type_: GraphQLInputObjectType, variables: Variables) -> Keys:
    if not isinstance(node, ObjectValueNode):
        raise TypeError("validation lets only objects through here")
    given = {f.name.value: from_ast(f.value, type_.fields[f.name.value].type, variables) for f in node.fields}
    return Keys({name: value for name, value in given.items() if value is not None})


def _list(node: ValueNode, type_: GraphQLList[GraphQLInputType], variables: Variables) -> Given:
    nodes = node.values if isinstance(node, ListValueNode) else (node,)
    items = tuple(from_ast(n, type_.of_type, variables) or Null() for n in nodes)
    return _gather(items) if _is_scalar(type_.of_type) else Items(items)


def _gather(items: tuple[Given, ...]) -> Leaf:
    leaves = tuple(i if isinstance(i, Leaf) else Leaf() for i in items)
    if any(leaf.variable is not None for leaf in leaves):
        return Leaf(items=leaves)
    return Leaf(constant=[leaf.constant for leaf in leaves])


def from_value(value: object, type_: GraphQLInputType, variable: str, path: tuple[str | int, ...]) -> Given:
    """Read a coerced variable (or what lies at `path` in it)."""
    bare = _bare(type_)
    if value is None:
        return Null()
    if isinstance(bare, GraphQLEnumType):
        return Name(str(bare.serialize(value)))
    if isinstance(bare, GraphQLInputObjectType) and isinstance(value, Mapping):
        return _keys_of(value, bare, variable, path)
    if isinstance(bare, GraphQLList) and not _is_scalar(bare.of_type):
        many = value if isinstance(value, list) else [value]
        return Items(tuple(from_value(v, bare.of_type, variable, (*path, i)) for i, v in enumerate(many)))
    return Leaf(variable=variable, path=path)


def _keys_of(
    value: Mapping[str, object], type_: GraphQLInputObjectType, variable: str, path: tuple[str | int, ...]
) -> Keys:
    given: dict[str, Given] = {}
    for name, field in type_.fields.items():
        key = field.out_name or name
        if key in value:
            given[name] = from_value(value[key], field.type, variable, (*path, key))
    return Keys(given)


def _bare(type_: GraphQLInputType) -> GraphQLInputType:
    return type_.of_type if isinstance(type_, GraphQLNonNull) else type_


def _is_scalar(type_: GraphQLInputType) -> bool:
    """Whether a list of this type goes into the statement as one parameter."""
    bare = _bare(type_)
    return is_leaf_type(bare) and not isinstance(bare, GraphQLEnumType)
