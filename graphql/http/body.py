"""A request's body: whole, in time, within its limit, decompressed."""

from __future__ import annotations

import zlib

from kaigraph.graphql.http.asgi import Request
from kaigraph.graphql.http.eager import in_time
from kaigraph.graphql.http.reply import Gone, Refused
from kaigraph.graphql.http.settings import Settings

#: What ends a connection: its rest cannot be told from the next request.
CLOSE = (b"connection", b"close")

#: Bytes of a body beyond its limit that are read, to nowhere. A client that is cut off mid-way sees no answer.
_DRAINED = 64_000_000

_GZIP = {b"gzip", b"x-gzip"}
_GZIP_WINDOW = 31  # zlib's own number for "a gzip header, and the largest window"


async def body_of(request: Request, settings: Settings) -> bytes:
    """The body of a request, as it was before it was compressed.

    Raises:
        Refused: it is too large, too slow, or compressed in a way that is not read here.
        Gone: the client left.
    """
    coding = request.header(b"content-encoding").strip().lower()
    if coding and coding not in _GZIP and coding != b"identity":
        said = coding.decode("latin-1")
        raise Refused(
            415, "UNSUPPORTED_ENCODING", f"the content encoding is {said}: send gzip, or none",
            ((b"accept-encoding", b"gzip"),),
        )  # fmt: skip
    if b"expect" in request.headers and int(request.header(b"content-length") or 0) > settings.max_request:
        raise _too_large(settings.max_request)  # it waits to be told to go on, and is told not to
    sent = await _in_time(request, settings) if request.body is None else request.body
    if len(sent) > settings.max_request:
        raise _too_large(settings.max_request)
    return _inflated(sent, settings.max_request) if coding in _GZIP else sent


async def _in_time(request: Request, settings: Settings) -> bytes:
    try:
        return await in_time(_read(request, settings.max_request), settings.body_seconds)
    except TimeoutError:
        message = f"the request was not complete after {settings.body_seconds:g} seconds"
        raise Refused(408, "REQUEST_TIMEOUT", message, (CLOSE,)) from None


async def _read(request: Request, most: int) -> bytes:
    message = await request.receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        body: bytes = message.get("body", b"")
        return body
    parts: list[bytes] = []
    size = 0
    while message["type"] == "http.request":
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most:
            parts.clear()
        if not message.get("more_body") or size > _DRAINED:
            break
        message = await request.receive()
    else:
        raise Gone
    if size > most:
        raise _too_large(most)
    return b"".join(parts)


def _inflated(body: bytes, most: int) -> bytes:
    """What was compressed, never more than one byte over the limit: a small body can hold gigabytes of zeros."""
    reader = zlib.decompressobj(_GZIP_WINDOW)
    try:
        found = reader.decompress(body, most + 1)
    except zlib.error:
        raise Refused(400, "BAD_REQUEST", "the body is no gzip, though its content encoding says so") from None
    if len(found) > most:
        raise _too_large(most)
    if not reader.eof or reader.unused_data:
        raise Refused(400, "BAD_REQUEST", "the body is not one whole gzip member")
    return found


def _too_large(most: int) -> Refused:
    return Refused(413, "REQUEST_TOO_LARGE", f"the request has more than {most} bytes", (CLOSE,))
