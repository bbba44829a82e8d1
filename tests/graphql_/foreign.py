"""The foreign ontology with its data, as an engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, Prepared, prepare
from kaigraph.loaders.sqlite.store import SqliteStore, open_store

FOLDER = Path(__file__).parent.parent / "foreign"


@cache
def prepared() -> Prepared:
    """The foreign data, resolved."""
    return prepare(Inputs((FOLDER / "ontology.ttl",), (FOLDER / "shapes.ttl",), (FOLDER / "data.ttl",)))


@cache
def store() -> SqliteStore:
    """The foreign data in an embedded store."""
    opened = open_store(":memory:", prepared().model, "write")
    opened.load(prepared().resolved)
    return opened


@cache
def engine() -> Engine:
    """An engine over that store."""
    api = derive_api(prepared().model)
    return Engine(prepared().model, api, build_schema(api)._schema, Embedded(store()))
