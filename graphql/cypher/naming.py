"""From the positional lists that a statement returns to named JSON.

Neo4j returns the keys of a map in an order of its own, so a statement returns lists only, and none of the names of an
operation is part of its text. A `Part` is one place in such a list with what makes JSON of the value found there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from kaigraph.graphql.framing import block, listed
from kaigraph.loaders.literals.numbers import number_key
from kaigraph.loaders.literals.sums import FloatSum, decimal_sum

#: A value as Neo4j's driver gives it. What it is, the statement decides.
Slot = Any
Params = Sequence[object]
Shape = Callable[[Slot, Params], object]

_INTEGER = re.compile(r"[+-]?[0-9]+")
_INT64 = 2**63
_DIGITS = 19  # of the greatest integer of 64 bits


@dataclass(frozen=True, slots=True)
class Part:
    """An expression, and the JSON of its value. Without a text, nothing is asked for: the JSON is known."""

    text: str
    shape: Shape


def constant(value: str | None) -> Part:
    """What is known beforehand."""
    return Part("", lambda _slot, _params: value)


def plain(text: str) -> Part:
    """A value that is JSON as it stands."""
    return Part(text, same)


def same(slot: Slot, _params: Params) -> object:
    """The value itself."""
    found: object = slot
    return found


def record(entries: Iterable[tuple[str, Part]]) -> Part:
    """A JSON object of entries, in their order, out of one list."""
    texts: dict[str, int] = {}
    named: list[tuple[str, int | None, Shape]] = []
    for key, part in entries:
        place = texts.setdefault(part.text, len(texts)) if part.text else None
        named.append((key, place, part.shape))
    text = list_of_texts(texts)
    if all(shape is same and place == i for i, (_, place, shape) in enumerate(named)):
        keys = tuple(key for key, _, _ in named)
        return Part(text, lambda slot, _params: dict(zip(keys, slot, strict=True)))
    return Part(text, lambda slot, params: _named(named, slot, params))


def _named(entries: list[tuple[str, int | None, Shape]], slot: Slot, params: Params) -> object:
    return {key: shape(None if place is None else slot[place], params) for key, place, shape in entries}


def list_of_texts(texts: Iterable[str]) -> str:
    """A Cypher list."""
    return block("[", listed(texts), "]")


def each(part: Part, text: str) -> Part:
    """A JSON list of what a list holds; `text` gives it."""
    shape = part.shape
    if shape is same:
        return plain(text)
    return Part(text, lambda slot, params: [shape(item, params) for item in slot])


def first(part: Part, text: str) -> Part:
    """The first of a list, or null."""
    shape = part.shape
    return Part(text, lambda slot, params: shape(slot[0], params) if slot else None)


def optional(part: Part) -> Part:
    """Null where there is none."""
    shape = part.shape
    return Part(part.text, lambda slot, params: None if slot is None else shape(slot, params))


def chosen(parts: Sequence[Part], text: str) -> Part:
    """One of several: a list of its number and its value."""
    shapes = tuple(part.shape for part in parts)
    return Part(text, lambda slot, params: shapes[slot[0]](slot[1], params))


def looked_up(text: str, names: Mapping[str, str], otherwise: str | None) -> Part:
    """A name by what stands for it in the store."""
    return Part(text, lambda slot, _params: names.get(slot, otherwise))


def applied(text: str, function: Callable[[Slot], object]) -> Part:
    """What a function makes of the value."""
    return Part(text, lambda slot, _params: function(slot))


# ------------------------------------------------------------------ values


def integer(text: str | None) -> int | None:
    """An integer as SQLite casts it: the digits in front, within 64 bits."""
    if text is None:
        return None
    found = _INTEGER.match(text)
    digits = "" if found is None else found[0].lstrip("+-0")
    size = int(digits or "0") if len(digits) <= _DIGITS else _INT64
    return max(-_INT64, -size) if text.startswith("-") else min(_INT64 - 1, size)


def whole(text: str | None) -> int | None:
    """The integer of a text; of one that is no number, and so has no key, none."""
    if text is not None and len(text) < _DIGITS and text.isascii() and text.isdigit():
        return int(text)
    return None if text is None or number_key(text) is None else integer(text)


def boolean(key: str | None) -> bool | None:
    """A boolean by its key."""
    return {"1": True, "0": False}.get(key or "")


def floating(text: str | None) -> float | None:
    """A float; nothing for what JSON has no number for."""
    try:
        value = math.nan if text is None else float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def exact_sum(slot: Slot) -> object:
    """Summed limbs as decimal text: high, middle, low, how many numbers there were, how many of them had limbs.

    Raises:
        SumTooLarge: a number was out of bounds.
    """
    high, middle, low, numbers, exact = slot
    return decimal_sum(high, middle, low, numbers, exact) if exact or numbers else None


def float_sum(texts: Iterable[str]) -> object:
    """The correctly rounded sum of floats, as text."""
    found = FloatSum()
    for text in texts:
        found.step(text)
    return found.final()


def dump(value: object) -> bytes:
    """The JSON text, as SQLite writes it."""
    return orjson.dumps(value)
