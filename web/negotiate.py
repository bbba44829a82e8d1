"""Which of several media types an `Accept` header likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_RANGE = re.compile(r"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*((?:;.*)?)", re.ASCII)
_WEIGHT = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)")
_SAYS_WEIGHT = re.compile(r";\s*q\s*=")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
#: Characters of a header that are read. Nobody makes a server sort thousands of ranges.
_READ = 2_000


class _Range(NamedTuple):
    main: str
    sub: str
    weight: float

    def closeness(self, media: str) -> int:
        """How exactly it speaks of a media type; 0: not at all. Parameters (charset, profile) choose nothing."""
        if (self.main, self.sub) == ("*", "*"):
            return 1
        main, _, sub = media.partition("/")
        return 0 if main != self.main else 3 if sub == self.sub else 2 if self.sub == "*" else 0


def best_of(accept: str, offered: Sequence[str]) -> str | None:
    """The media type to answer in; `None` if the client takes none of them. Of equals, the one offered first.

    No header, an empty one, or one without a range that can be read: anything is fine.
    """
    plain = _QUOTED.sub("quoted", accept[:_READ].lower())  # what is quoted is a parameter's value, commas and all
    ranges = [found for part in plain.split(",") if (found := _range(part)) is not None]
    if not ranges:
        return offered[0]
    liked = [(_weight(media, ranges), media) for media in offered]
    best = max(weight for weight, _ in liked)
    return next(media for weight, media in liked if weight == best) if best else None


def _weight(media: str, ranges: Sequence[_Range]) -> float:
    """The weight of the range that speaks of a type most exactly."""
    speaking = [(r.closeness(media), r.weight) for r in ranges if r.closeness(media)]
    return max(speaking, default=(0, 0.0))[1]


def _range(part: str) -> _Range | None:
    found = _RANGE.fullmatch(part)
    if found is None:
        return None
    weight = _WEIGHT.search(found[3])
    if weight is None and _SAYS_WEIGHT.search(found[3]):
        return None  # a weight that is none: the range says nothing that can be known
    return _Range(found[1], found[2], float(weight[1]) if weight else 1.0)
