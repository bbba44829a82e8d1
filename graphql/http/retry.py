"""What a response says of an answer that is none yet."""

from __future__ import annotations

import orjson

from kaigraph.graphql.http.asgi import Header


def retry_of(seconds: int | None) -> tuple[Header, ...]:
    """`Retry-After`, where asking again can help."""
    return () if seconds is None else ((b"retry-after", b"%d" % seconds),)


def code_of(body: bytes) -> str:
    """The code of the first error in an answer without data."""
    code: str = orjson.loads(body)["errors"][0]["extensions"]["code"]
    return code
