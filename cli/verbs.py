"""Every verb of the command line."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.metadata import version

#: A module of this folder each.
VERBS = ("serve", "load", "validate", "export", "query", "schema", "new-source", "coverage", "diff", "bloom")


def parser(verb: str = "") -> argparse.ArgumentParser:
    """The command line with one verb, so that no other's modules are waited for; with all, where none is named."""
    top = argparse.ArgumentParser(
        prog="kaigraph",
        description="A knowledge graph of claims: load it, check it, ask it, export it.",
        epilog="exit codes: 0 done, 1 does not conform or not found, 2 bad use, 3 store not reachable",
    )
    top.add_argument("--version", action="version", version=f"kaigraph {version('kaigraph')}")
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for name in (verb,) if verb in VERBS else VERBS:
        import_module(f"kaigraph.cli.{name.replace('-', '_')}").add(verbs)
    return top
