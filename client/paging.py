"""An operation with its one list made into pages: the cursor goes in, and what is needed for the next comes out."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    IntValueNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    print_ast,
)

from kaigraph.client.schema import Schema
from kaigraph.client.shape import flat, fragments_of, key_of, operation_of
from kaigraph.ontology.errors import BadUse

#: The response key and the variable that are added; both are taken away again before anybody sees them.
KEY = "kaigraphPage"
VARIABLE = "kaigraphAfter"

#: The fields of a connection that hold its items.
_LISTS = frozenset({"nodes", "edges"})


@dataclass(frozen=True, slots=True)
class Paged:
    """The text of an operation in pages, the response key of its connection, and those of the lists in that."""

    text: str
    key: str
    lists: tuple[str, ...]


def paged(schema: Schema, document: DocumentNode, name: str | None, size: int) -> Paged:
    """Make pages of the one connection at an operation's root.

    Raises:
        BadUse: there is not just one, or it has a cursor already.
    """
    operation = operation_of(document, name)
    found = [node for node in operation.selection_set.selections if _is_connection(schema, node)]
    if len(found) != 1:
        hint = "ask for one list in the outermost braces, with { nodes { … } } or { edges { … } }"
        raise BadUse(f"pages are of one list, and the operation has {len(found)}", hint=hint)
    field = found[0]
    assert isinstance(field, FieldNode)  # noqa: S101  # that is what _is_connection says
    if any(a.name.value == "after" for a in field.arguments or ()):
        raise BadUse("the list has a cursor already", where=field.name.value, hint="leave `after` away")
    selected = (_page(field, size) if node is field else node for node in operation.selection_set.selections)
    changed = _with_variable(operation, SelectionSetNode(selections=tuple(selected)))
    definitions = (changed if d is operation else d for d in document.definitions)
    text = print_ast(DocumentNode(definitions=tuple(definitions)))
    inside = flat(fragments_of(document), "", field.selection_set) if field.selection_set else ()
    lists = dict.fromkeys(key_of(node) for _, node in inside if node.name.value in _LISTS)
    return Paged(text, key_of(field), tuple(lists))


def _is_connection(schema: Schema, node: object) -> bool:
    type_ = schema.field(schema.query, node.name.value) if isinstance(node, FieldNode) else None
    return type_ is not None and schema.is_connection(type_.name)


def _page(field: FieldNode, size: int) -> FieldNode:
    arguments = [*(field.arguments or ()), _argument("after", VariableNode(name=NameNode(value=VARIABLE)))]
    if not any(a.name.value == "first" for a in arguments):
        arguments.append(_argument("first", IntValueNode(value=str(size))))
    inner = (_field("hasNextPage"), _field("endCursor"))
    page = FieldNode(
        name=NameNode(value="pageInfo"),
        alias=NameNode(value=KEY),
        arguments=(),
        directives=(),
        selection_set=SelectionSetNode(selections=inner),
    )
    asked = field.selection_set.selections if field.selection_set else ()
    return FieldNode(
        name=field.name,
        alias=field.alias,
        arguments=tuple(arguments),
        directives=field.directives,
        selection_set=SelectionSetNode(selections=(*asked, page)),
    )


def _with_variable(operation: OperationDefinitionNode, selections: SelectionSetNode) -> OperationDefinitionNode:
    cursor = VariableDefinitionNode(
        variable=VariableNode(name=NameNode(value=VARIABLE)),
        type=NamedTypeNode(name=NameNode(value="String")),
        directives=(),
    )
    return OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=(*(operation.variable_definitions or ()), cursor),
        directives=operation.directives,
        selection_set=selections,
    )


def _argument(name: str, value: VariableNode | IntValueNode) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=value)


def _field(name: str) -> FieldNode:
    return FieldNode(name=NameNode(value=name), arguments=(), directives=())
