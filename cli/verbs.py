"""Every verb of the command line."""

from __future__ import annotations

import argparse
from importlib.metadata import version

from kaigraph.cli import coverage, diff, export, load, new_source, query, schema, serve, validate

VERBS = (serve, load, validate, export, query, schema, new_source, coverage, diff)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="kaigraph",
        description="A knowledge graph of claims: load it, check it, ask it, export it.",
        epilog="exit codes: 0 done, 1 does not conform or not found, 2 bad use, 3 store not reachable",
    )
    top.add_argument("--version", action="version", version=f"kaigraph {version('kaigraph')}")
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for verb in VERBS:
        verb.add(verbs)
    return top
