"""An error as an answer."""

from __future__ import annotations

import orjson
from graphql import GraphQLError

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.document import ParseFailed
from kaigraph.ontology.errors import KaigraphError


def failed(error: KaigraphError) -> Answer:
    """The answer that says what went wrong, with a code and what to do."""
    listed = [_formatted(e, error) for e in error.errors] if isinstance(error, ParseFailed) else []
    return Answer(error.status, _errors(listed or [_plain(error)]), retry_after=error.retry_after)


def _formatted(error: GraphQLError, cause: KaigraphError) -> dict[str, object]:
    return {**error.formatted, "extensions": {"code": cause.code}}


def _plain(error: KaigraphError) -> dict[str, object]:
    place = f"{error.where}: " if error.where else ""
    extensions = {"code": error.code} | ({"hint": error.hint} if error.hint else {})
    return {"message": f"{place}{error.message}", "extensions": extensions}


def _errors(errors: list[dict[str, object]]) -> bytes:
    return orjson.dumps({"errors": errors})
