"""From options to something that answers: a store that holds the data, and an engine over it."""

from __future__ import annotations

import argparse
import sys

from kaigraph.cli.options import MEMORY, inputs_of
from kaigraph.graphql.answering import Answering
from kaigraph.graphql.derive import derive_api
from kaigraph.graphql.engine import Engine
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Prepared, prepare, vocabulary_of
from kaigraph.loaders.sqlite_store import open_store
from kaigraph.loaders.store import Store
from kaigraph.ontology import Model, make_model
from kaigraph.ontology.errors import KaigraphError


class DoesNotConform(KaigraphError):
    """Data that the shapes refuse; the report went to standard error."""

    code = "DOES_NOT_CONFORM"


def conforming(options: argparse.Namespace) -> Prepared:
    """The data that the options name, held to the shapes.

    Raises:
        DoesNotConform: they do not conform; the report has been printed.
    """
    prepared = prepare(inputs_of(options), getattr(options, "engine", "shacl"))
    if not prepared.report.conforms:
        sys.stderr.write(prepared.report.as_text("en"))
        raise DoesNotConform("the data do not conform: nothing was loaded", hint="see the report above")
    return prepared


def loaded(options: argparse.Namespace) -> tuple[Store, Model]:
    """A store with data in it: freshly loaded in memory, or a file as it is."""
    if options.store == MEMORY:
        prepared = conforming(options)
        store = open_store(MEMORY, prepared.model)
        store.load(prepared.resolved)
        return store, prepared.model
    inputs = inputs_of(options)
    vocabulary = vocabulary_of(inputs.ontology, inputs.shapes)
    model = make_model(vocabulary, used_classes_of(options.store))
    return open_store(options.store, model, read_only=True), model


def engine_of(store: Store, model: Model) -> Engine:
    """An engine over a store."""
    api = derive_api(model)
    return Engine(model, api, build_schema(api)._schema, Answering(store, model))  # Strawberry's door to graphql-core
