"""`kaigraph export`: the graph, or everything that was said, as RDF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kaigraph.cli import assemble
from kaigraph.cli.options import add_domain, add_engine, add_store
from kaigraph.cli.stores import AnyStore
from kaigraph.loaders.rdf.export import FORMATS, describe, export_dataset_to, export_graph_to
from kaigraph.loaders.rdf.jsonld_context import full_context
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph export --format turtle --output graph.ttl
  kaigraph export --format trig --all
  kaigraph export --format jsonld --all --output everything.jsonld
  kaigraph export --context --output context.jsonld
  kaigraph export --node https://w3id.org/kaigraph/source/editors
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "export",
        help="write the graph as Turtle, N-Triples, RDF/XML, JSON-LD, TriG or N-Quads",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    add_store(parser)
    add_engine(parser)
    parser.add_argument("--format", choices=FORMATS, default="turtle", help="turtle unless told")
    parser.add_argument("--all", action="store_true", help="the whole dataset: every claim, not the resolved graph")
    parser.add_argument("--node", metavar="IRI", help="one node with what describes it")
    parser.add_argument("--context", action="store_true", help="the whole JSON-LD context, and no data")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here, whole or not at all")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write to standard output or a file."""
    _check(options)
    with assemble.opened(options) as store:
        if options.output is None:
            _export(store, options, sys.stdout.buffer)
        else:
            with _whole(options.output) as out:
                _export(store, options, out)
    return 0


def _check(options: argparse.Namespace) -> None:
    if options.all and not FORMATS[options.format]:
        graphs = ", ".join(name for name, holds in FORMATS.items() if holds)
        raise BadUse(f"{options.format} has no named graphs", where="--all", hint=f"use --format {graphs}")
    if options.context and (options.all or options.node):
        raise BadUse("a context holds no data", where="--context", hint="leave --all and --node away")


def _export(store: AnyStore, options: argparse.Namespace, out: IO[bytes]) -> None:
    if options.context:
        context = full_context(store.model, store.info().prefixes).text("  ")
        out.write(f'{{\n  "@context": {context}\n}}\n'.encode())
    elif options.node:
        out.write(describe(store, options.node, options.format, everything=options.all or None))
    elif options.all:
        export_dataset_to(store, options.format, out)
    else:
        export_graph_to(store, options.format, out)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    """All or nothing: a file that a reader opens is the old one or the new one. What is no file is written to."""
    target = path.resolve()
    is_file = target.is_file() or not target.exists()
    part = target.with_name(target.name + ".part")
    try:
        with (part if is_file else target).open("wb") as out:
            yield out
        if is_file:
            part.replace(target)
    except OSError as error:
        raise BadUse(f"cannot write: {error.strerror}", where=str(path)) from error
    finally:
        if is_file:
            part.unlink(missing_ok=True)
