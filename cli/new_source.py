"""`kaigraph new-source`: a TriG file to fill in, from the text of a source."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from kaigraph.cli import assemble
from kaigraph.cli.options import add_domain, inputs_of
from kaigraph.loaders.curating.paragraphs import read_text
from kaigraph.loaders.curating.template import NewSource, next_number, template
from kaigraph.loaders.curating.voices import voices_of
from kaigraph.loaders.graph import Resolved
from kaigraph.ontology import Model
from kaigraph.ontology.datatypes.edtf import bounds
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph new-source article.txt --published 2025-10-01
  kaigraph new-source article.txt --id 005 --output data/005.trig
"""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "new-source",
        help="write a TriG file to fill in, from the text of a source",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    parser.add_argument("text", type=Path, metavar="TEXT_FILE", help="the text, a paragraph a line; it is not copied")
    parser.add_argument("--id", metavar="NNN", help="the source's name (default: the number after the last)")
    parser.add_argument("--published", metavar="DATE", help="when it was published, as EDTF: 2025-10-01, 2025-10/..")
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: data/NNN.trig")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the file, and say what to do with it."""
    text = read_text(options.text)
    model, resolved = assemble.unchecked(inputs_of(options))
    name = _name(options.id, resolved, model)
    source = NewSource(name, _published(options.published), text)
    output = options.output or Path("data", f"{name}.trig")
    prefixes = resolved.dataset.prefixes or model.prefixes
    _write(output, template(source, prefixes, model.languages))
    missing = "" if source.published else "core:published, "
    sys.stdout.write(
        f"{output}: {len(text.words)} paragraphs, {sum(text.words)} words\n"
        f"Fill in {missing}core:outlet, core:byline and core:inLanguage of source:{name}, then the claims;\n"
        "kaigraph validate --watch looks again at each change.\n"
    )
    return 0


def _name(wanted: str | None, resolved: Resolved, model: Model) -> str:
    """A local name that no source bears yet."""
    sources = voices_of(resolved.dataset.quads, model).sources
    taken = {re.split(r"[/#]", iri)[-1] for iri in sources}
    name = next_number(sorted(taken)) if wanted is None else wanted
    if not _NAME.fullmatch(name):
        raise BadUse(f"'{name}' is no name", where="--id", hint="use letters, digits, - and _, such as 005")
    if name in taken:
        raise BadUse(f"there is a source {name} already", where="--id", hint=f"take {next_number(sorted(taken))}")
    return name


def _published(date: str | None) -> str | None:
    if date is not None:
        try:
            bounds(date)
        except ValueError as error:
            raise BadUse(str(error), where="--published", hint="write it as 2025-10-01 or 2025-10/..") from error
    return date


def _write(path: Path, body: str) -> None:
    """Write a file that is not there yet."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(body)
    except FileExistsError as error:
        raise BadUse("there is such a file already", where=str(path), hint="name another with --output") from error
    except OSError as error:
        raise BadUse(f"cannot write: {error.strerror}", where=str(path), hint="name a place with --output") from error
