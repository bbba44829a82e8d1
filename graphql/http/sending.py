"""From a Reply to bytes: encoding, tags, and the headers that every response has."""

from __future__ import annotations

from kaigraph.graphql.http.accept import IDENTITY
from kaigraph.graphql.http.asgi import Header, Request
from kaigraph.graphql.http.cors import Cors
from kaigraph.graphql.http.encode import coding_for, encoded
from kaigraph.graphql.http.kept import Kept
from kaigraph.graphql.http.reply import Reply
from kaigraph.graphql.http.tags import is_known, tag_of

_NO_SNIFFING = (b"x-content-type-options", b"nosniff")
_OK, _NO_CONTENT, _NOT_MODIFIED = 200, 204, 304


class Sending:
    """Makes responses of replies, and keeps what was compressed."""

    def __init__(self, cors: Cors) -> None:
        """Take who may read in a browser."""
        self._cors = cors
        self._kept = Kept()

    async def response(self, request: Request, reply: Reply, request_id: bytes) -> tuple[int, list[Header], bytes]:
        """The status, headers and body that leave. The body is there for HEAD, too: whoever sends it leaves it out."""
        coding = coding_for(request.header(b"accept-encoding"), reply.media, reply.body)
        headers = self._headers(request, reply, request_id)
        if reply.tagged and reply.status == _OK:
            tag = tag_of(reply.media, reply.body, coding, self._kept)
            headers.append((b"etag", tag))
            if b"if-none-match" in request.headers and is_known(request.headers[b"if-none-match"], tag):
                return _NOT_MODIFIED, headers, b""
        if reply.status == _NO_CONTENT:
            return _NO_CONTENT, headers, b""
        body = reply.body if coding == IDENTITY else await encoded(reply.body, coding, self._kept)
        if coding != IDENTITY:
            headers.append((b"content-encoding", coding))
        headers += ((b"content-type", reply.media), (b"content-length", b"%d" % len(body)))
        return reply.status, headers, body

    def _headers(self, request: Request, reply: Reply, request_id: bytes) -> list[Header]:
        vary = reply.vary + b", Accept-Encoding" if reply.vary else b"Accept-Encoding"
        return [
            (b"cache-control", reply.cache),
            (b"vary", vary),
            (b"x-request-id", request_id),
            _NO_SNIFFING,
            *reply.headers,
            *self._cors.headers(request),
        ]
