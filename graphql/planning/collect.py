"""Which fields an object of a type gets from a selection: the spec's CollectFields and MergeSelectionSets.

GraphQL specification, October 2021, sections 6.3.2 and 6.4.3. Fragments are known to be acyclic: validation came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLBoolean,
    GraphQLNonNull,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
)

from kaigraph.graphql.api import Api
from kaigraph.graphql.planning.given import Leaf, Variables, from_ast

Collected = dict[str, list[FieldNode]]


class Collector:
    """Collects fields for one operation and one set of variables."""

    def __init__(self, api: Api, fragments: Mapping[str, FragmentDefinitionNode], variables: Variables) -> None:
        """Take what the whole operation shares."""
        self._api = api
        self._fragments = fragments
        self._variables = variables

    def collect(self, type_name: str, sets: Iterable[SelectionSetNode]) -> Collected:
        """The fields that an object of type `type_name` gets, by response key, in order of first appearance."""
        found: Collected = {}
        seen: set[str] = set()
        for selection_set in sets:
            for field in self._fields(type_name, selection_set.selections, seen):
                found.setdefault(field.alias.value if field.alias else field.name.value, []).append(field)
        return found

    def _fields(self, type_name: str, selections: Iterable[SelectionNode], seen: set[str]) -> Iterator[FieldNode]:
        for node in selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._fits(type_name, node.type_condition.name.value):
                    yield from self._fields(type_name, node.selection_set.selections, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                yield from self._spread(type_name, node.name.value, seen)

    def _spread(self, type_name: str, name: str, seen: set[str]) -> Iterator[FieldNode]:
        seen.add(name)
        fragment = self._fragments[name]
        if self._fits(type_name, fragment.type_condition.name.value):
            yield from self._fields(type_name, fragment.selection_set.selections, seen)

    def _fits(self, type_name: str, condition: str) -> bool:
        return condition == type_name or type_name in self._api.possible.get(condition, ())

    def _included(self, node: SelectionNode) -> bool:
        given = {d.name.value: self._condition(d) for d in node.directives or () if d.name.value in ("skip", "include")}
        return not given.get("skip", False) and given.get("include", True)

    def _condition(self, directive: DirectiveNode) -> bool:
        argument = (directive.arguments or ())[0]
        value = from_ast(argument.value, GraphQLNonNull(GraphQLBoolean), self._variables)
        if isinstance(value, Leaf) and value.variable is not None:
            return bool(self._variables.values[value.variable])
        return isinstance(value, Leaf) and bool(value.constant)


def selection_sets(fields: Iterable[FieldNode]) -> list[SelectionSetNode]:
    """The selection sets of merged fields."""
    return [f.selection_set for f in fields if f.selection_set is not None]
