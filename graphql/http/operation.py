"""A GraphQL request out of JSON, or out of the parameters of an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

import orjson
from graphql import GraphQLError, OperationDefinitionNode, OperationType, parse

from kaigraph.graphql.document import MAX_TOKENS
from kaigraph.graphql.engine import Operation
from kaigraph.graphql.http.reply import Refused

_PARAMETERS = ("query", "variables", "operationName", "extensions")
_IN_JSON = ("variables", "extensions")
_SHAPE = "send an object {query, variables, operationName}"

_NAMED = re.compile(r"\s*query\s+([_A-Za-z]\w*)", re.ASCII)
_NAME = re.compile(r"[_A-Za-z]\w{0,99}", re.ASCII)


def from_json(body: bytes) -> Operation:
    """An operation from a request's body.

    Raises:
        Refused: it is no JSON, no object, or a part of it is of the wrong kind.
    """
    try:
        request = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _bad(f"the body is no JSON: {error}" if body else f"the body is empty: {_SHAPE}") from None
    if isinstance(request, list):
        raise _bad("operations in batches are not answered: send one request for each")
    if not isinstance(request, dict):
        raise _bad(f"the body is no JSON object: {_SHAPE}")
    return _checked(request)


def from_parameters(query: bytes) -> Operation:
    """An operation from the query part of an address. An empty parameter is as one that is not there.

    Raises:
        Refused: it is not UTF-8, a parameter comes twice, or holds what it should not.
    """
    try:
        listed = parse_qsl(query.decode("ascii"), errors="strict", max_num_fields=100)
    except ValueError:
        raise _bad("the parameters of the address are no percent-encoded UTF-8") from None
    given = [pair for pair in listed if pair[0] in _PARAMETERS]
    found: dict[str, object] = dict(given)
    if len(found) != len(given):
        raise _bad("a parameter of the address comes twice")
    return _checked(found | {name: _json(name, str(found[name])) for name in _IN_JSON if name in found})


def is_mutation(operation: Operation) -> bool:
    """Whether an operation that was refused would have changed something, had there been anything to change."""
    try:
        document = parse(operation.text, max_tokens=MAX_TOKENS, no_location=True)
    except (GraphQLError, RecursionError):
        return False
    listed = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    named = [d for d in listed if d.name and d.name.value == operation.name] if operation.name else listed
    return len(named) == 1 and named[0].operation is OperationType.MUTATION


def name_of(operation: Operation) -> str:
    """The name of an operation for logs, where its document has that name; else nothing."""
    if not operation.name:
        found = _NAMED.match(operation.text)
        return found[1][:100] if found else ""
    if not _NAME.fullmatch(operation.name):
        return ""
    stands = re.search(rf"\b(?:query|mutation|subscription)\s+{operation.name}\b", operation.text)
    return operation.name if stands else ""


def _json(name: str, text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _bad(f"{name} is no JSON") from None


def _checked(request: Mapping[str, object]) -> Operation:
    query, variables, name = request.get("query"), request.get("variables"), request.get("operationName")
    extensions = request.get("extensions")
    if not isinstance(query, str):
        raise _bad(f"query is missing or no text: {_SHAPE}")
    if variables is not None and not isinstance(variables, dict):
        raise _bad("variables is no JSON object")
    if name is not None and not isinstance(name, str):
        raise _bad("operationName is no text")
    if extensions is not None and not isinstance(extensions, dict):
        raise _bad("extensions is no JSON object")
    return Operation(query, variables, name or None)


def _bad(message: str) -> Refused:
    return Refused(400, "BAD_REQUEST", message)
