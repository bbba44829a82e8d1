"""Content negotiation: which of our representations a client's `Accept…` header likes best (RFC 9110, 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from kaigraph.graphql.http.reply import GRAPHQL_JSON, JSON

HTML = b"text/html"
IDENTITY = b"identity"

#: What /graphql answers in. Where a client likes several alike: the one it names itself, named first, then this order.
_SENT: Mapping[bytes, bytes] = {
    b"application/json": JSON,
    b"application/graphql-response+json": GRAPHQL_JSON,
    HTML: HTML,
}
_QUALITY = re.compile(rb"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_UTF_8 = {b"", b"utf-8", b"utf8"}
#: Bytes of a header that are read. Clients send some hundred; nobody makes a server sort thousands of ranges.
_READ = 2_000


class _Range(NamedTuple):
    """One part of a header: what it names, how much that is liked, and its place in the header."""

    name: bytes
    quality: float
    place: int


def media_of(accept: bytes, with_page: bool) -> bytes | None:
    """The media type to answer in, or None where the client takes none of ours. Without a header: JSON.

    Args:
        accept: the value of `Accept`.
        with_page: whether there is an HTML page to be had, too.
    """
    return _media_of(accept[:_READ], with_page)


def coding_of(accept: bytes, codings: tuple[bytes, ...]) -> bytes:
    """The content coding to answer in; `identity` where none of ours is liked.

    Args:
        accept: the value of `Accept-Encoding`.
        codings: what can be made, the preferred first.
    """
    return _coding_of(accept[:_READ], codings) if accept else IDENTITY


@lru_cache(maxsize=256)
def _media_of(accept: bytes, with_page: bool) -> bytes | None:
    if not accept.strip():
        return JSON
    ranges = [r for r, parameters in _ranges(accept) if parameters.get(b"charset", b"") in _UTF_8]
    liked = [(*_liking(media, ranges), media) for media in _SENT if media != HTML or with_page]
    best = max(liked, key=lambda found: found[:3])  # the first of equals: the order of _SENT
    return _SENT[best[3]] if best[0] else None


@lru_cache(maxsize=256)
def _coding_of(accept: bytes, codings: tuple[bytes, ...]) -> bytes:
    named = {r.name.removeprefix(b"x-"): r.quality for r, _ in _ranges(accept)}
    rest = named.get(b"*", 0.0)
    liked = max(codings, key=lambda coding: named.get(coding, rest))
    return liked if named.get(liked, rest) > 0 and named.get(liked, rest) >= named.get(IDENTITY, 0.0) else IDENTITY


def _liking(media: bytes, ranges: Iterable[_Range]) -> tuple[float, int, int]:
    """How much a type is liked: by the range that speaks of it most exactly; then how exactly, and how early."""
    general = media.partition(b"/")[0] + b"/*"
    exact = {media: 2, general: 1, b"*/*": 0}
    found = [(exact[r.name], -r.place, r.quality) for r in ranges if r.name in exact]
    if not found:
        return 0.0, 0, 0
    closeness, place, quality = max(found)
    return quality, closeness, place


def _ranges(header: bytes) -> Iterable[tuple[_Range, Mapping[bytes, bytes]]]:
    """The ranges of a header with their parameters; a part with a weight that is none is passed over."""
    for place, part in enumerate(header.lower().split(b",")):
        name, *rest = (piece.strip() for piece in part.split(b";"))
        parameters = dict(_parameter(piece) for piece in rest)
        weight = parameters.get(b"q", b"1")
        if name and _QUALITY.fullmatch(weight):
            yield _Range(name, float(weight), place), parameters


def _parameter(text: bytes) -> tuple[bytes, bytes]:
    name, _, value = text.partition(b"=")
    return name.strip(), value.strip().strip(b'"')
