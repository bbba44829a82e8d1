"""From the Api to a Strawberry schema, which owns validation and introspection.

The planner executes, so no field has a resolver. Types are given to Strawberry as the definitions that its decorators
would make: a dataclass for each of some thousand types takes many times longer.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any, cast

import strawberry
from graphql import GraphQLInputObjectType
from strawberry.annotation import StrawberryAnnotation
from strawberry.schema.config import StrawberryConfig
from strawberry.schema_directives import OneOf
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional
from strawberry.types.enum import EnumValue, StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.scalar import ScalarDefinition
from strawberry.types.union import StrawberryUnion

from kaigraph.graphql.api import Api, Argument, EnumType, Input, InputType, Output, Type, Union
from kaigraph.graphql.schema_scalars import scalar

#: What Strawberry takes as a type: a class of ours or Python's, a list or an optional of one, an enum, a union.
Shape = Any

_BUILT_IN: dict[str, Shape] = {"String": str, "Int": int, "Float": float, "Boolean": bool, "ID": strawberry.ID}


def build_schema(api: Api) -> strawberry.Schema:
    """The schema of an Api. It raises ValueError if the Api is no valid GraphQL."""
    types = _Types(api)
    objects = [types.named[name] for name in api.possible["Node"]]
    config = StrawberryConfig(scalar_map=types.scalars)
    schema = strawberry.Schema(query=types.named[api.query], types=objects, config=config)
    for made in schema._schema.type_map.values():
        if isinstance(made, GraphQLInputObjectType) and made.name in api.inputs:
            # Strawberry looks at @oneOf only when it coerces; graphql-core's validation should, too.
            made.is_one_of = api.inputs[made.name].one_of
    return schema


def print_sdl(api: Api) -> str:
    """The schema in SDL: types sorted by name, fields in the order of the Api."""
    return build_schema(api).as_str().rstrip() + "\n"


class _Field(StrawberryField):
    """A field whose type is known beforehand."""

    def __init__(self, made: Output | Input, ready: Shape) -> None:
        super().__init__(python_name=made.name, graphql_name=made.name, description=made.description or None)
        self.name = made.name
        self.ready = ready

    def resolve_type(self, *, type_definition: StrawberryObjectDefinition | None = None) -> Shape:
        """The type, which depends on nothing."""
        return self.ready


class _Ready(StrawberryAnnotation):
    """An annotation whose type is known beforehand."""

    def resolve(self, **_: object) -> Shape:
        """The type, which depends on nothing."""
        return self.raw_annotation


class _Types:
    """Every named type of an Api, as Strawberry knows it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.named: dict[str, Shape] = dict(_BUILT_IN)
        self._shapes: dict[str, Shape] = {}
        self._fields: dict[int, _Field] = {}
        self.named.update({name: type(name, (str,), {}) for name in api.scalars})
        self.scalars: dict[object, ScalarDefinition] = {
            self.named[name]: scalar(name, text) for name, text in api.scalars.items()
        }
        self.named.update({name: _enum(enum) for name, enum in api.enums.items()})
        self._declare()
        self.named.update({name: self._union(union) for name, union in api.unions.items()})
        self._complete()

    def _declare(self) -> None:
        """Make all classes, without fields: they refer to each other."""
        for name in sorted(self.api.types, key=lambda name: (len(self.api.types[name].interfaces), name)):
            self.named[name] = self._class(self.api.types[name])
        for name, made in self.api.inputs.items():
            self.named[name] = _input_class(made)

    def _class(self, made: Type) -> type:
        cls = type(made.name, (), {"__module__": __name__})
        above = [self.named[name].__strawberry_definition__ for name in made.interfaces]
        return _define(cls, made, interfaces=above, is_interface=made.is_interface)

    def _union(self, union: Union) -> StrawberryUnion:
        members = tuple(_Ready(self.named[name]) for name in union.members)
        return StrawberryUnion(union.name, members, union.description or None)

    def _complete(self) -> None:
        """Give every class its fields."""
        for name, made in self.api.types.items():
            self.named[name].__strawberry_definition__.fields.extend(map(self._output, made.fields.values()))
        for name, entries in self.api.inputs.items():
            self.named[name].__strawberry_definition__.fields.extend(map(self._input, entries.fields.values()))

    def _output(self, output: Output) -> _Field:
        """The field of an output; one that several types share is made once."""
        field = self._fields.get(id(output))
        if field is None:
            field = self._fields[id(output)] = _Field(output, self._shape(output.type))
            field._arguments = [self._argument(argument) for argument in output.arguments]
        return field

    def _input(self, entry: Input) -> _Field:
        return _Field(entry, self._shape(entry.type))

    def _argument(self, argument: Argument) -> StrawberryArgument:
        shape = self._shape(argument.type)
        made = StrawberryArgument(argument.name, argument.name, _Ready(shape), description=argument.description or None)
        if argument.default is not None:
            enum = self.named[argument.type] if argument.type in self.api.enums else None
            made.default = enum.wrapped_cls(argument.default) if enum else json.loads(argument.default)
        return made

    def _shape(self, written: str) -> Shape:
        """A type as SDL writes it, `[Class!]!`, as Strawberry knows it."""
        if written not in self._shapes:
            inner = self._inner(written.removesuffix("!"))
            self._shapes[written] = inner if written.endswith("!") else StrawberryOptional(inner)
        return self._shapes[written]

    def _inner(self, written: str) -> Shape:
        return StrawberryList(self._shape(written[1:-1])) if written.startswith("[") else self.named[written]


def _input_class(made: InputType) -> type:
    cls = type(made.name, (), {"__module__": __name__})
    return _define(cls, made, is_input=True, directives=[OneOf()] if made.one_of else [])


def _define(
    cls: type,
    made: Type | InputType,
    *,
    interfaces: list[StrawberryObjectDefinition] | None = None,
    is_interface: bool = False,
    is_input: bool = False,
    directives: list[object] | None = None,
) -> type:
    """Give a class the definition that Strawberry looks for, without fields yet."""
    cast("Any", cls).__strawberry_definition__ = StrawberryObjectDefinition(
        name=made.name, origin=cls, description=made.description or None, interfaces=interfaces or [],
        is_interface=is_interface, is_input=is_input, extend=False, directives=directives or [],
        is_type_of=None, resolve_type=None, fields=[],
    )  # fmt: skip
    return cls


def _enum(made: EnumType) -> StrawberryEnumDefinition:
    """An enum whose values are their own names, so that a coerced one is a plain text to the planner."""
    members = {f"V{number}": name for number, name in enumerate(made.choices)}  # no name is wrong in Python
    wrapped = cast("Any", StrEnum)(made.name, members)
    values = [EnumValue(c.name, c.name, description=c.description or None) for c in made.choices.values()]
    return StrawberryEnumDefinition(wrapped, made.name, values, made.description or None)
