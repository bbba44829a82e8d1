"""What ASGI hands over, as the other modules want it: one request, with each header once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[bytes, bytes]
#: A status, headers, and a body, as they leave.
Response = tuple[int, list[Header], bytes]


class Request(NamedTuple):
    """One request. `path` is decoded, `query` is not; header names are lower case, as ASGI has them.

    `body` is None where it is still to be received, and `is_hosted`: it says once which host it means, as HTTP/1.1 asks
    of it.
    """

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    receive: Receive
    is_hosted: bool = True
    body: bytes | None = None

    def header(self, name: bytes) -> bytes:
        """A header's value, or nothing."""
        return self.headers.get(name, b"")


def request_of(scope: Scope, receive: Receive, body: bytes | None = None) -> Request:
    """The request of an ASGI scope, and its body, if that is there already."""
    headers = _once(scope["headers"])
    is_hosted = b"," not in headers.get(b"host", b",") or scope["http_version"] == "1.0"
    return Request(scope["method"], scope["path"], scope["query_string"], headers, receive, is_hosted, body)


async def send_all(response: Response, send: Send) -> None:
    """Send a response."""
    status, headers, body = response
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _once(listed: Sequence[Header]) -> Mapping[bytes, bytes]:
    """Headers by name. Proxies split a list over several lines of one name: together they are one list."""
    headers = dict(listed)
    if len(headers) == len(listed):
        return headers
    joined: dict[bytes, bytes] = {}
    for name, value in listed:
        joined[name] = joined[name] + b", " + value if name in joined else value
    return joined
