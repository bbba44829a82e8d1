"""Load what was resolved into a store, alone or beside what is there."""

from __future__ import annotations

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolve import resolve
from kaigraph.loaders.sqlite_store import SqliteStore
from kaigraph.loaders.store import Changes
from kaigraph.ontology.model import Model


def load(store: SqliteStore, resolved: Resolved, model: Model, *, add: bool = False) -> Changes:
    """Make the store hold what was resolved; with `add`, beside what it holds, ranked and resolved anew together.

    The caller has validated `resolved`. To validate the whole before, resolve `together(store.dataset(), …)` first.

    Raises:
        StoreRefused: the store holds data of another Model.
        StoreUnavailable: the store cannot be written.
    """
    if add and not store.is_empty():
        resolved = resolve(together(store.dataset(), resolved.dataset), model)
    return store.load(resolved)


def together(one: Dataset, other: Dataset) -> Dataset:
    """Both datasets as one. Of two IRIs for a prefix the smaller is kept, so that order does not matter."""
    quads = tuple(sorted({*one.quads, *other.quads}, key=str))
    names = sorted({*one.prefixes, *other.prefixes})
    prefixes = {n: min(d.prefixes[n] for d in (one, other) if n in d.prefixes) for n in names}
    places = {**one.places, **other.places}
    return Dataset(quads, prefixes, places, one.is_claims or other.is_claims, other.source)
