"""What whoever runs the server can choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits and permissions of one server.

    Args:
        max_request: bytes of a request's body, after it was decompressed.
        max_response: bytes of an answer, before it is compressed.
        body_seconds: how long a request's body may take to arrive.
        origins: what `Origin`s may read answers in a browser; `*` is any.
    """

    max_request: int = 1_000_000
    max_response: int = 64_000_000
    body_seconds: float = 10.0
    origins: tuple[str, ...] = ()
