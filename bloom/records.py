"""Small records that a perspective repeats many times."""

from __future__ import annotations

from collections.abc import Container, Iterable
from hashlib import sha256

Record = dict[str, object]

TEXT, LIST, WHOLE, TRUTH = "string", "array", "bigint", "boolean"

#: What a style rule applies.
COLOUR, SIZE = "colour", "size"
BOTH = (COLOUR, SIZE)


def digits(*parts: str, count: int = 13) -> int:
    """A number of so many digits that is the same for the same parts: exports have milliseconds there."""
    least = int(10 ** (count - 1))
    return least + int(sha256("\0".join(parts).encode()).hexdigest(), 16) % (9 * least)


def is_hidden(key: str) -> bool:
    """Whether a key is for machines: what it is compared by, and what stands beside a text."""
    return key.startswith("_") or "." in key


def caption(key: str, kind: str, *, shown: bool, told: bool) -> Record:
    """A caption: `shown` beside its node or link, `told` when it is pointed at."""
    found: Record = {"inTooltip": told, "isCaption": shown, "styles": [], "key": key, "type": kind}
    return found | {"isGdsData": False} if kind == "property" else found


def typed(keys: Iterable[tuple[str, str]], of: str) -> list[Record]:
    """The keys of a label or a type, with what they hold."""
    return [{"propertyKey": key, "type": of, "dataType": holds} for key, holds in keys]


def rule(
    based_on: tuple[str, str], value: str, style: tuple[str, float], *parts: str, applies: Container[str] = BOTH
) -> Record:
    """A style for what has a value. It may apply its colour or its size alone: rules of each go together."""
    key, holds = based_on
    colour, size = style
    return {
        "id": f"rule:{digits(*parts, key, value)}",
        "type": "single",
        "size": size,
        "minSize": 1,
        "maxSize": 2,
        "minColor": colour,
        "midColor": colour,
        "maxColor": colour,
        "minPoint": "unprocessed",
        "maxPoint": "unprocessed",
        "applyColor": COLOUR in applies,
        "applySize": SIZE in applies,
        "applyCaption": False,
        "textAlign": "top",
        "textSize": 1,
        "captions": [],
        "color": colour,
        "isTimeZoneConvertEnabled": False,
        "selectedTimeZone": "Z",
        "basedOn": f"{key}_{holds}",
        "valuesMapper": [],
        "existingValues": [],
        "minColorValue": "",
        "minSizeValue": "",
        "maxColorValue": "",
        "maxSizeValue": "",
        "conditionValue": value,
        "rangeValue": None,
        "condition": "equals",
    }
