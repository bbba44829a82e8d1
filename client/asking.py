"""Who answers: a server over HTTP, or an engine in this process. Both take an operation and give JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from kaigraph.client.errors import QueryFailed, Unreachable
from kaigraph.ontology.errors import BadUse

Variables = Mapping[str, object]

#: An operation, its variables and its name in; `data` and `extensions` out.
Ask = Callable[[str, Variables, str | None], Mapping[str, Any]]

_ACCEPT = "application/graphql-response+json, application/json;q=0.9"


class HasBody(Protocol):
    """An answer."""

    @property
    def body(self) -> bytes:
        """Its JSON."""
        ...


class Answers(Protocol):
    """An engine: `kaigraph.graphql.engine.Engine`, or whatever answers as it does."""

    def answer(self, request: Any) -> HasBody:  # noqa: ANN401  # an engine's Operation, which is not imported for HTTP
        """The answer to an operation."""
        ...


def over_http(url: str, headers: Mapping[str, str], timeout: float) -> Ask:
    """Ask a server.

    Raises:
        BadUse: no address of HTTP.
    """
    if not url.lower().startswith(("http://", "https://")):
        raise BadUse("no address of a server", where=url, hint="give one such as http://localhost:8000/graphql")

    def ask(text: str, variables: Variables, name: str | None) -> Mapping[str, Any]:
        sent = json.dumps({"query": text, "variables": dict(variables), "operationName": name}).encode()
        own = {"Content-Type": "application/json", "Accept": _ACCEPT, **headers}
        request = Request(url, sent, own, method="POST")  # noqa: S310  # only http and https come here
        return _answered(_sent(request, url, timeout), url)

    return ask


def of_engine(engine: Answers, language: str | None = None, as_of: str | None = None) -> Ask:
    """Ask an engine in this process, in a language and as of a day."""
    from kaigraph.graphql.engine import Operation

    def ask(text: str, variables: Variables, name: str | None) -> Mapping[str, Any]:
        return _answered(engine.answer(Operation(text, variables, name, language, as_of)).body, "")

    return ask


def _sent(request: Request, url: str, timeout: float) -> bytes:
    try:
        with urlopen(request, timeout=timeout) as response:  # noqa: S310  # as above
            found: bytes = response.read()
            return found
    except HTTPError as error:
        return error.read()  # a status of GraphQL over HTTP: the errors are in the body
    except (URLError, HTTPException, OSError) as error:
        reason = getattr(error, "reason", None) or error
        hint = "is the server running, and is the address right?"
        raise Unreachable(f"no answer: {reason}", where=url, hint=hint) from error


def _answered(body: bytes, url: str) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise Unreachable("the answer is no JSON", where=url, hint="does the address end in /graphql?") from error
    if not isinstance(answer, dict) or not ("data" in answer or "errors" in answer):
        raise Unreachable("the answer is none of GraphQL", where=url, hint="does the address end in /graphql?")
    if answer.get("errors"):
        raise QueryFailed(answer["errors"])
    return answer
