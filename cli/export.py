"""`kaigraph export`: the graph, or everything that was said, as RDF."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kaigraph.cli import assemble
from kaigraph.cli.options import add_domain, add_engine, add_store
from kaigraph.loaders.export import FORMATS, describe, export_dataset, export_graph
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph export --format turtle --output graph.ttl
  kaigraph export --format trig --all
  kaigraph export --node https://w3id.org/kaigraph/source/editors
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "export",
        help="write the graph as Turtle, TriG or N-Quads",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    add_store(parser)
    add_engine(parser)
    parser.add_argument("--format", choices=FORMATS, default="turtle")
    parser.add_argument("--all", action="store_true", help="the whole dataset: every claim, not the resolved graph")
    parser.add_argument("--node", metavar="IRI", help="one node with what describes it")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here, whole or not at all")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write to standard output or a file."""
    if options.all and options.format == "turtle":
        raise BadUse("Turtle has no named graphs", where="--all", hint="use --format trig or nquads")
    with assemble.opened(options) as store:
        if options.node:
            body = describe(store, options.node, options.format)
        elif options.all:
            body = export_dataset(store, options.format)
        else:
            body = export_graph(store, options.format)
    if options.output is None:
        sys.stdout.buffer.write(body)
    else:
        _write(options.output, body)
    return 0


def _write(path: Path, body: bytes) -> None:
    """All or nothing: a file that a reader opens is the old one or the new one. What is no file is written to."""
    target = path.resolve()
    part = target.with_name(target.name + ".part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(body)
        else:
            part.write_bytes(body)
            part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadUse(f"cannot write: {error.strerror}", where=str(path)) from error
