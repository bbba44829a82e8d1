"""Operations as text: read, bounded, validated; once a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    validate,
)

from kaigraph.ontology.errors import BadOperation

#: Bytes, tokens, nesting and fields (fragments written out) of one document. They keep parsing, validation and
#: planning within a fraction of a second, and the statement within what SQLite compiles (expression depth 1,000).
MAX_BYTES = 100_000
MAX_TOKENS = 10_000
MAX_DEPTH = 40
MAX_FIELDS = 2_000


class ParseFailed(BadOperation):
    """The text is no GraphQL document. `errors` are graphql-core's."""

    code = "GRAPHQL_PARSE_FAILED"

    def __init__(self, message: str, errors: tuple[GraphQLError, ...] = (), *, hint: str = "") -> None:
        """Take what is wrong and graphql-core's own errors, where there are any."""
        said = "; ".join(e.message for e in errors)
        super().__init__(f"{message}: {said}" if said else message, hint=hint)
        self.errors = errors


class ValidationFailed(ParseFailed):
    """The document does not fit the schema. `errors` are graphql-core's, with their suggestions."""

    code = "GRAPHQL_VALIDATION_FAILED"


class VariablesRefused(ParseFailed):
    """Variables that do not fit the operation. `errors` are graphql-core's."""

    code = "BAD_USER_INPUT"


class TooLarge(ParseFailed):
    """The document is longer, deeper or wider than a server should plan."""

    code = "OPERATION_TOO_LARGE"


class NoSuchOperation(BadOperation):
    """The document does not say which operation to run."""

    status = 422


@dataclass(frozen=True, slots=True)
class Document:
    """A validated document."""

    text: str
    operations: Mapping[str, OperationDefinitionNode]  # "" for the anonymous one
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation to run.

        Raises:
            NoSuchOperation: there is none of that name, or there are several and no name.
            BadOperation: it is not a query.
        """
        if not name and len(self.operations) != 1:
            names = ", ".join(sorted(self.operations))
            raise NoSuchOperation(f"the document has {len(self.operations)} operations", hint=f"name one of: {names}")
        found = self.operations.get(name) if name else next(iter(self.operations.values()))
        if found is None:
            names = ", ".join(sorted(n for n in self.operations if n)) or "none has a name"
            raise NoSuchOperation(f"there is no operation named {name!r}", hint=f"the names are: {names}")
        if found.operation is not OperationType.QUERY:
            raise BadOperation(f"a {found.operation.value} cannot be run", hint="the graph is read-only: ask a query")
        return found


def read_document(schema: GraphQLSchema, text: str) -> Document:
    """Parse and validate a document.

    Raises:
        ParseFailed: it is no GraphQL.
        TooLarge: it is beyond the limits of this module.
        ValidationFailed: it does not fit the schema.
    """
    document = _parse(text)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    _Extent(fragments).check(operations)
    errors = validate(schema, document, max_errors=20)
    if errors:
        raise ValidationFailed("the operation does not fit the schema", tuple(errors))
    return Document(text, {(o.name.value if o.name else ""): o for o in operations}, fragments)


def _parse(text: str) -> DocumentNode:
    size = len(text.encode())
    if size > MAX_BYTES:
        raise TooLarge(f"the document has {size} bytes", hint=f"at most {MAX_BYTES} are read")
    try:
        return parse(text, max_tokens=MAX_TOKENS)
    except GraphQLError as error:
        raise ParseFailed("the text is no GraphQL document", (error,)) from error
    except RecursionError:
        raise TooLarge("the document is nested too deeply", hint=f"at most {MAX_DEPTH} levels are read") from None


class _Extent:
    """How deep and wide operations are, fragments written out, without writing them out."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, tuple[int, int]] = {}

    def check(self, operations: list[OperationDefinitionNode]) -> None:
        """Raise TooLarge for the first operation beyond the limits."""
        for operation in operations:
            depth, fields = self._of(operation.selection_set)
            if depth > MAX_DEPTH:
                raise TooLarge(f"the operation is {depth} levels deep", hint=f"at most {MAX_DEPTH} are answered")
            if fields > MAX_FIELDS:
                raise TooLarge(f"the operation has {fields} fields", hint=f"at most {MAX_FIELDS} are answered")

    def _of(self, selections: SelectionSetNode | None) -> tuple[int, int]:
        depth = fields = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FragmentSpreadNode):
                inner = self._fragment(node.name.value)
            else:
                inner = self._of(getattr(node, "selection_set", None))
                if isinstance(node, FieldNode):
                    inner = inner[0] + 1, inner[1] + 1
            depth, fields = max(depth, inner[0]), fields + inner[1]
        return depth, fields

    def _fragment(self, name: str) -> tuple[int, int]:
        if name not in self._known:
            self._known[name] = (0, 0)  # a cycle counts nothing here: validation refuses it by name
            fragment = self._fragments.get(name)
            self._known[name] = self._of(fragment.selection_set if fragment else None)
        return self._known[name]
