"""From options to a Model, and to a store that holds the data."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

import strawberry

from kaigraph.cli.conforming import conforming
from kaigraph.cli.options import MEMORY, inputs_of
from kaigraph.cli.stores import AnyStore, once_there, open_any
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.files.read import read
from kaigraph.loaders.graph import Resolved
from kaigraph.loaders.neo4j.limits import NO_LIMITS, Limits
from kaigraph.loaders.pipeline import Inputs, used_classes, vocabulary_of
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology import Model, make_model


def unchecked(inputs: Inputs) -> tuple[Model, Resolved]:
    """Data read and resolved, but not held to the shapes: for those who are still writing them."""
    dataset = read(inputs.data, source=inputs.source)
    model = make_model(vocabulary_of(inputs.ontology, inputs.shapes), used_classes(dataset))
    return model, resolve(dataset, model)


@contextmanager
def opened(options: argparse.Namespace, limits: Limits = NO_LIMITS, wait: float = 0) -> Iterator[AnyStore]:
    """A store with data in it: freshly loaded in memory, or as it is; a server is waited for up to `wait` s."""
    if options.store == MEMORY:
        prepared = conforming(options)
        store: AnyStore = open_any(":memory:", prepared.model, "write")
        store.load(prepared.resolved)
    else:
        store = once_there(lambda: _as_it_is(options, limits), wait)
    try:
        yield store
    finally:
        store.close()


def _as_it_is(options: argparse.Namespace, limits: Limits) -> AnyStore:
    return open_any(options.store, model_of(options, _classes_in(options.store)), limits=limits)


def _classes_in(path: str) -> frozenset[str]:
    """The classes that a store's data use: they are part of its Model."""
    store = open_any(path, None)
    try:
        return store.info().used_classes
    finally:
        store.close()


def classes_named(options: argparse.Namespace) -> frozenset[str]:
    """The classes that the data of the options use; of the shipped domain, every class has a shape anyway."""
    inputs = inputs_of(options)
    return used_classes(read(inputs.data, source=inputs.source)) if options.data else frozenset()


def model_of(options: argparse.Namespace, used: frozenset[str] = frozenset()) -> Model:
    """The Model of the ontology and shapes that the options name."""
    inputs = inputs_of(options)
    return make_model(vocabulary_of(inputs.ontology, inputs.shapes), used)


def schema_of(model: Model) -> strawberry.Schema:
    """The schema of a Model."""
    return build_schema(derive_api(model))
