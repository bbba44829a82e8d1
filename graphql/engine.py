"""From the text of an operation to the bytes of its answer: document → plan → one statement → JSON.

Documents are cached by text, statements by document, operation and the shape of its variables. The JSON that the
store returns is not taken apart here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson
from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import get_variable_values

from kaigraph.graphql.api import Api
from kaigraph.graphql.cache import Cache
from kaigraph.graphql.document import Document, ParseFailed, VariablesRefused, read_document
from kaigraph.graphql.introspection import Fragments, introspect, introspected, together
from kaigraph.graphql.plan import Param, Plan
from kaigraph.graphql.planning.collect import Collected
from kaigraph.graphql.planning.given import Variables
from kaigraph.graphql.planning.operation import plan_operation
from kaigraph.graphql.planning.shape import shape_of_variables
from kaigraph.ontology.errors import BadOperation, KaigraphError
from kaigraph.ontology.model import Model


class Answering(Protocol):
    """A store that answers plans."""

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        ...

    def run(self, statement: str, params: Sequence[object]) -> tuple[bytes, str]:
        """The JSON of `data`, and the data version that it was read at."""
        ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One request."""

    text: str
    variables: Mapping[str, object] | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: its HTTP status where the media type is application/graphql-response+json, and its JSON.

    `version` is that of the data it was read from; None, where an error came first.
    """

    status: int
    body: bytes
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, its statement, and the root fields, where some of them are introspection."""

    plan: Plan
    statement: str
    fields: Collected | None


#: Entries, not bytes: a plan with its statement takes some 20 kB. More helps only clients that write values into texts.
CACHED = 1_000

#: Introspection answers can have megabytes each, and clients know two or three of them.
INTROSPECTED = 8


class Engine:
    """Answers operations over one store."""

    def __init__(self, model: Model, api: Api, schema: GraphQLSchema, store: Answering) -> None:
        """Take what was derived from the Model, and a store that holds data of it."""
        self._model = model
        self._api = api
        self._schema = schema
        self._store = store
        self._documents: Cache[str, Document] = Cache(CACHED)
        self._prepared: Cache[Hashable, Prepared] = Cache(CACHED)
        self._introspected: Cache[Hashable, Fragments] = Cache(INTROSPECTED)

    def answer(self, request: Operation) -> Answer:
        """The answer to a request; errors are answers too."""
        try:
            return self._answer(request)
        except KaigraphError as error:
            return _failed(error)

    async def answer_async(self, request: Operation) -> Answer:
        """The same, for an event loop."""
        return self.answer(request)

    def prepare(self, request: Operation) -> tuple[Prepared, Mapping[str, object]]:
        """The plan and statement for a request, and its coerced variables.

        Raises:
            BadOperation: it cannot be planned.
        """
        document = self._document(request.text)
        operation = document.operation(request.name)
        values = self._coerce(operation, request.variables or {})
        key = (request.text, request.name, shape_of_variables(self._schema, operation, values))
        return self._prepared.get(key, lambda: self._plan(document, operation, values)), values

    def _plan(self, document: Document, operation: OperationDefinitionNode, values: Mapping[str, object]) -> Prepared:
        plan = plan_operation(self._model, self._api, self._schema, operation, document.fragments, values)
        fields = introspected(self._api, document, operation, values)
        return Prepared(plan, self._store.compile(plan), fields)

    def _coerce(self, operation: OperationDefinitionNode, given: Mapping[str, object]) -> Mapping[str, object]:
        values = get_variable_values(self._schema, operation.variable_definitions or (), dict(given))
        if isinstance(values, list):
            raise VariablesRefused("the variables do not fit the operation", tuple(values))
        return values.coerced

    def _answer(self, request: Operation) -> Answer:
        prepared, values = self.prepare(request)
        data, version = self._store.run(prepared.statement, bind(prepared.plan, values))
        if prepared.fields:
            data = together(prepared.fields, self._introspect(request, prepared.fields), data)
        body = b'{"data":' + data + b',"extensions":' + orjson.dumps({"dataVersion": version}) + b"}"
        return Answer(200, body, version)

    def _introspect(self, request: Operation, fields: Collected) -> Fragments:
        document = self._document(request.text)
        operation = document.operation(request.name)
        given = request.variables or {}
        key = (request.text, request.name, orjson.dumps(given, option=orjson.OPT_SORT_KEYS))
        return self._introspected.get(
            key, lambda: introspect(self._schema, document, operation, Variables(given), fields)
        )

    def _document(self, text: str) -> Document:
        return self._documents.get(text, lambda: read_document(self._schema, text))


def bind(plan: Plan, values: Mapping[str, object]) -> tuple[object, ...]:
    """The values of a plan's parameters.

    Raises:
        BadOperation: a value that cannot be compared (no date, no number), with where it stands.
    """
    return tuple(_bound(param, values) for param in plan.params)


def _bound(param: Param, values: Mapping[str, object]) -> object:
    try:
        return param.encode(_value(param, values))
    except BadOperation as error:
        raise error.__class__(error.message, where=param.label, hint=error.hint) from error


def _value(param: Param, values: Mapping[str, object]) -> object:
    if param.items is not None:
        return [_value(item, values) for item in param.items]
    if param.variable is None:
        return param.constant
    found: object = values[param.variable]
    for step in param.path:
        found = found[step]  # type: ignore[index]  # coerced variables: the path was walked when the plan was made
    return found


def _failed(error: KaigraphError) -> Answer:
    listed = [_formatted(e, error) for e in error.errors] if isinstance(error, ParseFailed) else []
    return Answer(error.status, _errors(listed or [_plain(error)]))


def _formatted(error: GraphQLError, cause: KaigraphError) -> dict[str, object]:
    return {**error.formatted, "extensions": {"code": cause.code}}


def _plain(error: KaigraphError) -> dict[str, object]:
    place = f"{error.where}: " if error.where else ""
    extensions = {"code": error.code} | ({"hint": error.hint} if error.hint else {})
    return {"message": f"{place}{error.message}", "extensions": extensions}


def _errors(errors: list[dict[str, object]]) -> bytes:
    return orjson.dumps({"errors": errors})
