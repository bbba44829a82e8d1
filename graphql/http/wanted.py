"""What a request asks for beside its operation: a language, and a day of the past.

`Accept-Language` is HTTP's own (RFC 9110, 12.5.4; the "lookup" of RFC 4647, 3.4), `Accept-Datetime` that of Memento
(RFC 7089, 2.1.1), which may also be a day as ISO 8601 writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from functools import lru_cache

from kaigraph.graphql.engine import Operation
from kaigraph.graphql.http.asgi import Request
from kaigraph.graphql.http.reply import Refused

#: The headers that an answer depends on.
NAMES = b"Accept-Language, Accept-Datetime"

_HEADERS = 200  # browsers of one office send a handful


def wanted(operation: Operation, request: Request, languages: tuple[str, ...]) -> Operation:
    """The operation with what the headers of its request say.

    Raises:
        Refused: a date that is none.
    """
    headers = request.headers
    if b"accept-language" not in headers and b"accept-datetime" not in headers:
        return operation
    language = language_of(request.header(b"accept-language"), languages)
    return replace(operation, language=language, as_of=_day_of(request.header(b"accept-datetime")))


@lru_cache(_HEADERS)
def language_of(header: bytes, languages: tuple[str, ...]) -> str | None:
    """The tag among `languages` that a client likes best; None if that is the first, or there is none."""
    for liked in _liked(header.decode("latin-1")):
        found = _looked_up(liked, languages)
        if found is not None:
            return None if found == languages[0] else found
    return None


def _liked(header: str) -> list[str]:
    """The ranges of a header, the best liked first; what has no weight above 0 is not wanted."""
    weighted = [(weight, text) for weight, text in map(_weighted, header.lower().split(",")) if weight > 0]
    return [text for _, text in sorted(weighted, key=lambda pair: -pair[0])]


def _weighted(item: str) -> tuple[float, str]:
    text, _, parameter = item.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0, text.strip()
    try:
        return float(value), text.strip()
    except ValueError:
        return 0.0, ""


def _looked_up(liked: str, languages: tuple[str, ...]) -> str | None:
    """The language that a range means, without its last parts where that is needed: `ko-KR` is `ko`."""
    if liked == "*":
        return languages[0]
    return next((tag for tag in _shortened(liked) if tag in languages), None)


def _shortened(tag: str) -> Iterator[str]:
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


@lru_cache(_HEADERS)
def _day_of(header: bytes) -> str | None:
    text = header.decode("latin-1").strip()
    try:
        return _day(text).isoformat() if text else None
    except ValueError:
        hint = "write it as 2025-03-01, or as HTTP writes dates"
        raise Refused(400, "BAD_REQUEST", f"Accept-Datetime is no date: {hint}") from None


def _day(text: str) -> date:
    if text[:1].isdigit():
        return date.fromisoformat(text)
    at = parsedate_to_datetime(text)
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).date()
