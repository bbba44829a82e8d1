"""Options that several verbs share, and what they default to: the domain that ships in the package."""

from __future__ import annotations

import argparse
from pathlib import Path

from pyoxigraph import NamedNode

from kaigraph import data
from kaigraph.loaders.files.read import DEFAULT_SOURCE
from kaigraph.loaders.pipeline import Inputs
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.shapes import DEFAULT_SHAPES

MEMORY = "memory:"


def default_data() -> Path:
    """The folder of the data that ship in the package."""
    return Path(data.__file__).parent


def add_domain(parser: argparse.ArgumentParser) -> None:
    """Add `--ontology`, `--shapes`, `--data` and `--source`."""
    parser.add_argument("--ontology", type=Path, nargs="+", metavar="PATH", help="ontology files or folders")
    parser.add_argument("--shapes", type=Path, nargs="+", metavar="PATH", help="SHACL files or folders")
    parser.add_argument("--data", type=Path, nargs="+", metavar="PATH", help="data files or folders")
    parser.add_argument(
        "--source",
        type=_iri,
        default=DEFAULT_SOURCE,
        metavar="IRI",
        help="the one source of data that brings no claims",
    )


def _iri(text: str) -> str:
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"not an absolute IRI: {text!r}") from error


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add `--store`."""
    parser.add_argument(
        "--store",
        default=MEMORY,
        metavar="STORE",
        help="memory: (default), the path of a database file, or bolt://… or neo4j://…",
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add `--engine`."""
    parser.add_argument("--engine", choices=("shacl", "pyshacl"), default="shacl", help="the SHACL engine")


def inputs_of(options: argparse.Namespace) -> Inputs:
    """The inputs that the options name, or the shipped ones. Shapes default to none beside a foreign ontology."""
    foreign = options.ontology is not None
    shapes = options.shapes if options.shapes is not None else [] if foreign else [DEFAULT_SHAPES]
    files = options.data if options.data is not None else [] if foreign else [default_data()]
    return Inputs(tuple(options.ontology or [DEFAULT_ONTOLOGY]), tuple(shapes), tuple(files), options.source)
