"""What goes back: a status, a media type, a body; and what refuses a request on the way."""

from __future__ import annotations

from typing import NamedTuple

import orjson

from kaigraph.graphql.http.asgi import Header

JSON = b"application/json; charset=utf-8"
GRAPHQL_JSON = b"application/graphql-response+json; charset=utf-8"

#: Kept by nobody: errors, answers to POST, what tells how the process does.
NO_STORE = b"no-store"
#: Kept by anybody, and asked again each time: a load can change it at any moment.
NO_CACHE = b"no-cache"


class Reply(NamedTuple):
    """One response before it is encoded.

    Args:
        status: the HTTP status.
        media: the body's media type.
        body: the body, as it is before compression.
        cache: what `Cache-Control` says.
        tagged: whether it has an ETag, and If-None-Match is heeded.
        vary: the headers of the request that it depends on, beside those of encoding.
        headers: further headers.
        code: the error's code, for logs and figures; it is not sent from here.
        operation: the operation's name, for logs.
    """

    status: int
    media: bytes
    body: bytes
    cache: bytes = NO_STORE
    tagged: bool = False
    vary: bytes = b""
    headers: tuple[Header, ...] = ()
    code: str = ""
    operation: str = ""


class Refused(Exception):
    """A request that gets no further: a status, a code, a sentence, and headers such as `Allow`."""

    def __init__(self, status: int, code: str, message: str, headers: tuple[Header, ...] = ()) -> None:
        """Take what goes into the response."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers

    def reply(self, media: bytes = JSON) -> Reply:
        """The response: one error, in the form that GraphQL's errors have."""
        return Reply(self.status, media, error_json(self.code, self.message), headers=self.headers, code=self.code)


class Gone(Exception):
    """The client left before its request was complete. There is nobody to answer."""


def error_json(code: str, message: str, hint: str = "") -> bytes:
    """The body of one error."""
    extensions = {"code": code} | ({"hint": hint} if hint else {})
    return orjson.dumps({"errors": [{"message": message, "extensions": extensions}]})
