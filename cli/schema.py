"""`kaigraph schema`: the API as SDL, or the names that had to be changed."""

from __future__ import annotations

import argparse
import sys

from kaigraph.cli import assemble
from kaigraph.cli.options import add_domain

EXAMPLE = """example:
  kaigraph schema > schema.graphql
  kaigraph schema --names
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "schema",
        help="print the API's schema",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    parser.add_argument("--names", action="store_true", help="list the names that could not be what the IRIs suggest")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print SDL or renamings."""
    model = assemble.model_of(options, assemble.classes_named(options))
    if not options.names:
        sys.stdout.write(assemble.schema_of(model).as_str() + "\n")
        return 0
    for renaming in model.renamings:
        sys.stdout.write(f"{renaming.given}\t{renaming.wanted}\t{renaming.iri}\t{renaming.reason}\n")
    return 0
