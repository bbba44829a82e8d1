"""`kaigraph VERB …`: finds the verb, and runs it. Nothing heavy is imported before errors and Ctrl-C are minded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kaigraph.cli.errors import run


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    return run(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    from kaigraph.cli.verbs import parser

    given = sys.argv[1:] if arguments is None else arguments
    options = parser(given[0] if given else "").parse_args(given)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
