"""What an answer will hold, known before it comes: by response key, the scalar or the fields, out of the schema.

GraphQL lets fields of one response key be merged only if they are of one shape, so it does not matter on which of
several types a key was found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from kaigraph.client.schema import FieldType, Schema
from kaigraph.ontology.errors import BadUse

Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, slots=True)
class Shape:
    """One place of an answer. A leaf has a `scalar`; one that the schema does not know has neither."""

    scalar: str = ""
    fields: Mapping[str, Shape] = field(default_factory=dict)
    lists: int = 0

    @property
    def item(self) -> Shape:
        """What the list there holds."""
        return Shape(self.scalar, self.fields, self.lists - 1)


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation that is meant.

    Raises:
        BadUse: there is none, or it is not clear which.
    """
    found = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    meant = [d for d in found if name is None or (d.name is not None and d.name.value == name)]
    if len(meant) != 1:
        names = ", ".join(d.name.value for d in found if d.name is not None)
        raise BadUse(
            "it is not clear which operation is meant", where=name or "", hint=f"name one of: {names or 'none'}"
        )
    return meant[0]


def shape_of(schema: Schema, document: DocumentNode, operation: OperationDefinitionNode) -> Shape:
    """The shape of an operation's `data`."""
    return Shape(fields=_Shaper(schema, fragments_of(document)).fields([(schema.query, operation.selection_set)]))


def fragments_of(document: DocumentNode) -> Fragments:
    """The fragments of a document by name."""
    return {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}


def flat(fragments: Fragments, type_: str, selections: SelectionSetNode) -> Iterator[tuple[str, FieldNode]]:
    """The fields that are selected, with the type that each is selected on; fragments are gone through."""
    for node in selections.selections:
        if isinstance(node, FieldNode):
            yield type_, node
        elif isinstance(node, InlineFragmentNode):
            on = node.type_condition.name.value if node.type_condition else type_
            yield from flat(fragments, on, node.selection_set)
        elif isinstance(node, FragmentSpreadNode) and node.name.value in fragments:
            fragment = fragments[node.name.value]
            yield from flat(fragments, fragment.type_condition.name.value, fragment.selection_set)


def key_of(node: FieldNode) -> str:
    """The key of a field in the answer."""
    return node.alias.value if node.alias else node.name.value


_Selected = tuple[str, SelectionSetNode]


@dataclass(frozen=True, slots=True)
class _Shaper:
    schema: Schema
    fragments: Fragments

    def fields(self, selected: Iterable[_Selected]) -> dict[str, Shape]:
        found: dict[str, list[tuple[str, FieldNode]]] = {}
        for type_, selections in selected:
            for on, node in flat(self.fragments, type_, selections):
                found.setdefault(key_of(node), []).append((on, node))
        return {key: self._shape(nodes) for key, nodes in found.items()}

    def _shape(self, nodes: Sequence[tuple[str, FieldNode]]) -> Shape:
        known = [(self.schema.field(on, node.name.value), node) for on, node in nodes]
        types = [type_ for type_, _ in known if type_ is not None]
        if not types:
            return Shape()
        first: FieldType = types[0]
        if first.name in self.schema.leaves:
            return Shape(first.name, lists=first.lists)
        inner = [
            (type_.name, n.selection_set) for type_, n in known if type_ is not None and n.selection_set is not None
        ]
        return Shape(fields=self.fields(inner), lists=first.lists)
