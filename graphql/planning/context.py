"""What every part of the planner shares while it plans one operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from graphql import FieldNode, GraphQLArgument, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema, parse_value

from kaigraph.graphql.api import Api, Output
from kaigraph.graphql.plan import Param, ParamRef
from kaigraph.graphql.planning.collect import Collector
from kaigraph.graphql.planning.given import Given, Leaf, Null, Variables, from_ast
from kaigraph.ontology.errors import BadOperation
from kaigraph.ontology.model import Model

Encode = Callable[[object], object]


class Derived(NamedTuple):
    """What the ontology and shapes say, the types derived from it, and the executable schema made from them."""

    model: Model
    api: Api
    schema: GraphQLSchema


class Context:
    """One operation being planned."""

    def __init__(
        self, derived: Derived, collector: Collector, variables: Variables, language: str | None = None
    ) -> None:
        """Start without parameters; where an operation does not say in which `language`, it is the Model's first."""
        self.model, self.api, self.schema = derived
        self.collector = collector
        self.variables = variables
        self.language = language or derived.model.languages[0]
        self.params: list[Param] = []

    def param(self, leaf: Leaf, encode: Encode, label: str) -> ParamRef:
        """Add a parameter for a leaf, and return its number."""
        self.params.append(_param(leaf, encode, label))
        return len(self.params) - 1

    def arguments(self, parent: str, field: FieldNode) -> dict[str, Given]:
        """The arguments of a field as given; by default where null or nothing was given; else left out."""
        types = self._types(parent, field.name.value)
        written = {a.name.value: a.value for a in field.arguments or ()}
        found: dict[str, Given] = {}
        for argument in self.output(parent, field).arguments:
            name, type_ = argument.name, types[argument.name].type
            value = from_ast(written[name], type_, self.variables) if name in written else None
            if (value is None or isinstance(value, Null)) and argument.default is not None:
                value = from_ast(parse_value(argument.default), type_, self.variables)
            if value is not None and not isinstance(value, Null):
                found[name] = value
        return found

    def _types(self, parent: str, field: str) -> Mapping[str, GraphQLArgument]:
        type_ = self.schema.type_map[parent]
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            raise TypeError(f"{parent} has no fields")
        found: Mapping[str, GraphQLArgument] = type_.fields[field].args
        return found

    def output(self, parent: str, field: FieldNode) -> Output:
        """What a field of a type means."""
        return self.api.types[parent].fields[field.name.value]

    def bare_type(self, output: Output) -> str:
        """The name of a field's type without list and non-null marks."""
        return output.type.strip("[]!")


def _param(leaf: Leaf, encode: Encode, label: str) -> Param:
    items = None if leaf.items is None else tuple(_param(i, _same, label) for i in leaf.items)
    return Param(encode, leaf.variable, leaf.path, leaf.constant, items, label)


def _same(value: object) -> object:
    return value


def refuse(message: str, where: Sequence[str] | str = "", hint: str = "") -> BadOperation:
    """An error of the client's, with the response keys that lead to it."""
    return BadOperation(message, where=where if isinstance(where, str) else ".".join(where), hint=hint)
