"""The relationship types of a perspective, which of them are hidden, and between what they lead."""

from __future__ import annotations

from kaigraph.bloom.ground import Ground
from kaigraph.bloom.keys import type_keys
from kaigraph.bloom.palette import CONFLICT, LINKS, WEAK
from kaigraph.bloom.records import TRUTH, Record, caption, rule, typed
from kaigraph.loaders.layout import SOURCE
from kaigraph.loaders.neo4j.mapping import ABOUT, DISPUTED, FROM, RESOURCE


def shown_types(ground: Ground) -> list[str]:
    """The types that people follow."""
    return sorted(ground.there.types - set(hidden_types(ground)))


def hidden_types(ground: Ground) -> list[str]:
    """Those for machines, and the twin of FROM."""
    twin = ground.mapping.type(SOURCE)
    return sorted(t for t in ground.there.types if t.endswith("_") or t.startswith("_") or t == twin)


def relationship_types(ground: Ground) -> list[Record]:
    """What they look like. The format has no other caption for a link than its type, or a property of it."""
    return [_type(t, ground) for t in shown_types(ground)]


def path_segments(ground: Ground) -> list[Record]:
    """Which labels each type that people follow links."""
    shown, labels = set(shown_types(ground)), {*ground.mapping.labels.values(), RESOURCE}
    found = sorted(s for s in ground.there.segments if s[1] in shown and {s[0], s[2]} <= labels)
    return [{"source": start, "relationshipType": type_, "target": end} for start, type_, end in found]


def _type(type_: str, ground: Ground) -> Record:
    against = type_ in ground.core("contradicts")
    weak = type_ in (ABOUT, FROM)
    keys = type_keys(type_, ground)
    disputed = rule((DISPUTED, TRUTH), "true", (CONFLICT, 3), type_)
    return {
        "id": type_,
        "name": type_,
        "properties": typed(keys, type_),
        "color": CONFLICT if against else WEAK if weak else LINKS,
        "size": 3 if against else 1,
        "textSize": 1,
        "textAlign": "top",
        "captions": [caption(type_, "relationship", shown=True, told=True)],
        "captionKeys": [],
        "styleRules": [disputed] if (DISPUTED, TRUTH) in keys and not against else [],
    }
