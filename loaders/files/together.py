"""Two datasets as one: what a load with `--add` validates and writes."""

from __future__ import annotations

from kaigraph.loaders.graph import Dataset


def together(one: Dataset, other: Dataset) -> Dataset:
    """Both datasets as one. Of two IRIs for a prefix the smaller is kept, so that order does not matter."""
    quads = tuple(sorted({*one.quads, *other.quads}, key=str))
    names = sorted({*one.prefixes, *other.prefixes})
    prefixes = {n: min(d.prefixes[n] for d in (one, other) if n in d.prefixes) for n in names}
    places = {**one.places, **other.places}
    described = {**one.described, **other.described}
    return Dataset(quads, prefixes, places, one.is_claims or other.is_claims, other.source, described)
