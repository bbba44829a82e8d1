"""`kaigraph coverage`: what of each source has been turned into claims."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from kaigraph.cli import assemble
from kaigraph.cli.coverage_tables import as_markdown, tables, verdict
from kaigraph.cli.options import add_domain, inputs_of
from kaigraph.cli.table import as_table
from kaigraph.cli.wording import Wording
from kaigraph.loaders.curating.coverage import Covered, coverage

EXAMPLE = """example:
  kaigraph coverage --data data/
  kaigraph coverage --markdown > docs/data.md
"""
_HEAD = """# What the data hold

Generated: `kaigraph coverage --markdown > docs/data.md`. A test holds that it is current.
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "coverage",
        help="count the claims by source, paragraph, kind and certainty",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    parser.add_argument("--lang", default="en", help="the language of labels")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the counts as JSON")
    form.add_argument("--markdown", action="store_true", help="print a page of Markdown")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the counts."""
    model, resolved = assemble.unchecked(inputs_of(options))
    covered = coverage(resolved.dataset, model)
    if options.json:
        sys.stdout.write(json.dumps({"sources": [_as_dict(c) for c in covered]}, ensure_ascii=False, indent=2) + "\n")
        return 0
    wording = Wording(resolved, model, options.lang)
    form = _markdown if options.markdown else _text
    sys.stdout.write(form(covered, wording))
    return 0


def _text(covered: Sequence[Covered], wording: Wording) -> str:
    found = (f"{heading}\n\n{as_table({'data': rows})}\n" for heading, rows in tables(covered, wording))
    return "".join(found) + verdict(covered, wording) + "\n"


def _markdown(covered: Sequence[Covered], wording: Wording) -> str:
    found = (f"\n## {heading}\n\n{as_markdown(rows)}" for heading, rows in tables(covered, wording))
    return _HEAD + "".join(found) + f"\n{verdict(covered, wording)}\n"


def _as_dict(covered: Covered) -> dict[str, object]:
    return {
        "source": covered.source,
        "editorial": covered.is_editorial,
        "claims": covered.claims,
        "paragraphCount": covered.paragraph_count,
        "paragraphs": {str(n): count for n, count in covered.paragraphs.items() if n is not None},
        "skipped": {str(n): dict(sorted(reason.items())) for n, reason in covered.skipped.items()},
        "gaps": list(covered.gaps),
        "certainties": dict(covered.certainties),
        "kinds": dict(covered.kinds),
    }
