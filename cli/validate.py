"""`kaigraph validate`: hold data to the shapes and report."""

from __future__ import annotations

import argparse
import sys

from kaigraph.cli.options import add_domain, add_engine, inputs_of
from kaigraph.loaders.pipeline import prepare

EXAMPLE = """example:
  kaigraph validate --data data/ --format text --lang ko
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "validate",
        help="hold data to the shapes",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    add_engine(parser)
    parser.add_argument("--format", choices=("text", "json", "turtle"), default="text", help="the form of the report")
    parser.add_argument("--lang", default="en", help="the language of messages, where the shapes have it")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 if the data do not conform."""
    report = prepare(inputs_of(options), options.engine).report
    text = {"json": report.as_json, "turtle": report.as_rdf, "text": lambda: report.as_text(options.lang)}
    sys.stdout.write(text[options.format]().rstrip("\n") + "\n")
    return 0 if report.conforms else 1
