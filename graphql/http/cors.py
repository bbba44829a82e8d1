"""Cross-origin reading, for the origins that the server's owner names. No credentials: there are none here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaigraph.graphql.http.asgi import Header, Request

_EXPOSED = (b"access-control-expose-headers", b"ETag, Retry-After, X-Request-ID")
_VARY = (b"vary", b"Origin")
_NAMES = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1000}")


@dataclass(frozen=True, slots=True)
class Cors:
    """Who may read answers in a browser. `*` among the origins is anybody; none is nobody but ourselves."""

    origins: frozenset[bytes]

    def headers(self, request: Request) -> tuple[Header, ...]:
        """What every response to a request carries."""
        if not self.origins:
            return ()
        if b"*" in self.origins:
            return ((b"access-control-allow-origin", b"*"), _EXPOSED)
        origin = request.header(b"origin")
        if origin not in self.origins:
            return (_VARY,)
        return ((b"access-control-allow-origin", origin), _EXPOSED, _VARY)

    def preflight(self, request: Request, methods: bytes) -> tuple[Header, ...]:
        """What the answer to a browser's question before the request carries, beside `headers`."""
        if not self.origins or not request.header(b"access-control-request-method"):
            return ()
        asked = request.header(b"access-control-request-headers")
        allowed = asked if _NAMES.fullmatch(asked) else b"Content-Type"
        return (
            (b"access-control-allow-methods", methods),
            (b"access-control-allow-headers", allowed),
            (b"access-control-max-age", b"7200"),
        )


def cors_of(origins: tuple[str, ...]) -> Cors:
    """The permission for some origins, as browsers write them: no path, no slash at the end."""
    return Cors(frozenset(origin.rstrip("/").lower().encode() for origin in origins))
