"""`kaigraph validate`: hold data to the shapes and report."""

from __future__ import annotations

import argparse
import sys
import time

from kaigraph.cli.options import add_domain, add_engine, inputs_of
from kaigraph.cli.watch import watch
from kaigraph.loaders.pipeline import prepare
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph validate --data data/ --format text --lang ko
  kaigraph validate --watch
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
    parser.add_argument(
        "--watch", action="store_true", help="look again when a file changes: a line each; Ctrl-C ends it"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 if something in it keeps the data out."""
    if options.watch:
        return _watch(options)
    prepared = prepare(inputs_of(options), options.engine)
    report = prepared.report
    if options.format == "json":
        text = report.as_json()
    elif options.format == "turtle":
        text = report.as_rdf()
    else:
        text = report.as_text(options.lang, prepared.resolved.dataset.prefixes)
    sys.stdout.write(text.rstrip("\n") + "\n")
    return 1 if report.blocks else 0


def _watch(options: argparse.Namespace) -> int:
    if options.format != "text":
        raise BadUse("a watch prints lines of text", where="--format", hint="leave --format or --watch away")
    watch(inputs_of(options), options.engine, _say)
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')}  {line}\n")
    sys.stdout.flush()
