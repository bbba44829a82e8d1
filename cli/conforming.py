"""From options to data that were held to the shapes: without GraphQL, which a load need not wait for."""

from __future__ import annotations

import argparse
import sys

from kaigraph.cli.options import inputs_of
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.pipeline import Prepared, prepare
from kaigraph.ontology.errors import KaigraphError


class DoesNotConform(KaigraphError):
    """Data that the shapes refuse; the report went to standard error."""

    code = "DOES_NOT_CONFORM"


def conforming(options: argparse.Namespace, beside: Dataset | None = None) -> Prepared:
    """The data that the options name, and a dataset that is there already, held to the shapes.

    Raises:
        DoesNotConform: they do not conform; the report has been printed.
    """
    prepared = prepare(inputs_of(options), options.engine, beside)
    if prepared.report.blocks:
        sys.stderr.write(prepared.report.as_text("en", prepared.resolved.dataset.prefixes))
        raise DoesNotConform("the data do not conform, and nothing was loaded", hint="see the report above")
    return prepared
