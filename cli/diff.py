"""`kaigraph diff`: what some files add to the rest of the data, confirm, refine and contradict."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from kaigraph.cli import assemble
from kaigraph.cli.diff_text import as_dict, as_text
from kaigraph.cli.options import add_domain, inputs_of
from kaigraph.cli.wording import Wording
from kaigraph.loaders.curating.difference import difference
from kaigraph.loaders.files.read import read
from kaigraph.loaders.files.sources import find_files
from kaigraph.loaders.pipeline import Inputs

EXAMPLE = """example:
  kaigraph diff data/005.trig data/editors-005.trig
  kaigraph diff data/005.trig --json
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "diff",
        help="show what files add to the rest of the data, confirm, refine and contradict",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="the files in question, in --data or not")
    parser.add_argument("--lang", default="en", help="the language of labels and texts")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare the data without the files to the data with them."""
    inputs = inputs_of(options)
    without, whole = _without(inputs, options.files), replace(inputs, data=(*inputs.data, *options.files))
    model, resolved = assemble.unchecked(whole)
    found = difference(read(without.data, source=inputs.source), resolved, model)
    wording = Wording(resolved, model, options.lang)
    body = as_dict(found, wording)
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n" if options.json else as_text(found, wording))
    return 0


def _without(inputs: Inputs, files: list[Path]) -> Inputs:
    """The inputs without some files, however they are named."""
    left_out = {file.resolve() for file in find_files(files)}
    kept = (file for file in find_files(inputs.data) if file.resolve() not in left_out)
    return replace(inputs, data=tuple(kept))
