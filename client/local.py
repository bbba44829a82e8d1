"""A kaigraph in this process: over the data that ship in the package."""

from __future__ import annotations

from pathlib import Path

from kaigraph.client.client import Client


def shipped() -> Client:
    """A client of the data that ship in the package, loaded into memory."""
    from kaigraph import data
    from kaigraph.loaders.pipeline import Inputs, prepare
    from kaigraph.loaders.sqlite.store import open_store
    from kaigraph.ontology import DEFAULT_ONTOLOGY
    from kaigraph.shapes import DEFAULT_SHAPES

    prepared = prepare(Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (Path(data.__file__).parent,)))
    store = open_store(":memory:", prepared.model, "write")
    store.load(prepared.resolved)
    return Client(store)
