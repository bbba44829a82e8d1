"""`kaigraph load`: bring a store to what the files say."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from kaigraph.cli import assemble
from kaigraph.cli.options import MEMORY, add_domain, add_engine
from kaigraph.cli.stores import is_server, open_any
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.store import Changes
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph load --store graph.kai
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "load",
        help="bring a database file to what the data say",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    add_engine(parser)
    what = "a database file (made if it is not there), or bolt://… or neo4j://…"
    parser.add_argument("--store", required=True, metavar="STORE", help=what)
    parser.add_argument("--add", action="store_true", help="keep what the file holds, and add the data to it")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Validate, write the difference, and say what changed."""
    if options.store == MEMORY:
        raise BadUse("a store in memory ends with this command", where="--store", hint="name a file")
    prepared = assemble.conforming(options, _there(options.store) if options.add else None)
    store = open_any(options.store, prepared.model, "write")
    try:
        changes = store.load(prepared.resolved)
    finally:
        store.close()
    sys.stdout.write(json.dumps(asdict(changes)) + "\n" if options.json else _text(options.store, changes))
    return 0


def _there(path: str) -> Dataset | None:
    """What a store holds already; nothing, where there is none."""
    if not is_server(path) and not Path(path).exists():
        return None
    store = open_any(path, None, "write" if is_server(path) else "read")
    try:
        return None if store.is_empty() else store.dataset()
    finally:
        store.close()


def _text(store: str, changes: Changes) -> str:
    if not changes:
        return f"{store}: nothing changed (version {changes.version})\n"
    counts = (("nodes", changes.nodes), ("facts", changes.facts))
    said = (f"{what}: {n.added} added, {n.removed} removed, {n.changed} changed" for what, n in counts)
    return f"{store}: {'; '.join(said)} (version {changes.version})\n"
