"""`kaigraph load`: bring a store to what the files say."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kaigraph.cli.conforming import conforming
from kaigraph.cli.numbers import at_least
from kaigraph.cli.opening import opening
from kaigraph.cli.options import MEMORY, add_domain, add_engine
from kaigraph.cli.progress import Progress
from kaigraph.cli.stores import AnyStore, is_server, open_any
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.neo4j.limits import ONE_TRANSACTION
from kaigraph.loaders.sqlite.store import SqliteStore
from kaigraph.loaders.store import Changes
from kaigraph.ontology.errors import BadUse

if TYPE_CHECKING:
    from kaigraph.loaders.neo4j.bulk import Bulk

EXAMPLE = """example:
  kaigraph load --store graph.kai
  kaigraph load --store bolt://localhost
  kaigraph load --bulk import
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
    where = parser.add_mutually_exclusive_group(required=True)
    what = "a database file (made if it is not there), or bolt://… or neo4j://…"
    where.add_argument("--store", metavar="STORE", help=what)
    where.add_argument("--bulk", type=Path, metavar="DIR", help="write what neo4j-admin imports into a new folder")
    parser.add_argument("--add", action="store_true", help="keep what the file holds, and add the data to it")
    limit = f"how many nodes and facts one transaction of Neo4j takes; more are written in steps ({ONE_TRANSACTION})"
    parser.add_argument("--transaction-limit", type=at_least(0), metavar="N", help=limit)
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Validate, write the difference, and say what changed."""
    _check(options)
    there = _there(options.store) if options.add else None
    sys.stdout.write(_bulk(options) if options.bulk else _stored(options, there))
    return 0


def _bulk(options: argparse.Namespace) -> str:
    from kaigraph.loaders.neo4j.bulk import write_bulk

    prepared = conforming(options)
    with _told(options) as progress:
        bulk = write_bulk(options.bulk, prepared.resolved, prepared.model, progress)
    return json.dumps(asdict(bulk)) + "\n" if options.json else _bulk_text(bulk)


def _stored(options: argparse.Namespace, there: Dataset | None) -> str:
    with opening(options.store) as open_it:
        prepared = conforming(options, there)
        with _told(options) as progress, open_it(prepared.model) as store:
            changes = _load(store, prepared.resolved, options, progress)
    return json.dumps(asdict(changes)) + "\n" if options.json else _text(options.store, changes)


def _check(options: argparse.Namespace) -> None:
    if options.store == MEMORY:
        raise BadUse("a store in memory ends with this command", where="--store", hint="name a file")
    if options.bulk and options.add:
        raise BadUse("an import makes a new database", where="--add", hint="leave it out, or name a --store")
    if options.transaction_limit is not None and not (options.store and is_server(options.store)):
        raise BadUse("only Neo4j writes in steps", where="--transaction-limit", hint="leave it out")


def _load(
    store: AnyStore, resolved: Resolved, options: argparse.Namespace, progress: Callable[[int, int], None]
) -> Changes:
    if isinstance(store, SqliteStore):
        return store.load(resolved)
    limit = ONE_TRANSACTION if options.transaction_limit is None else options.transaction_limit
    return store.load(resolved, limit=limit, progress=progress)


@contextmanager
def _told(options: argparse.Namespace) -> Iterator[Callable[[int, int], None]]:
    """How far it has come, on standard error; a program that reads JSON is told nothing."""
    if options.json:
        yield lambda done, size: None
        return
    progress = Progress(sys.stderr, "nodes and facts")
    try:
        yield progress
    finally:
        progress.end()


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


def _bulk_text(bulk: Bulk) -> str:
    return (
        f"{bulk.folder}: {bulk.nodes} nodes, {bulk.facts} facts (version {bulk.version})\n"
        f"  import them, with the server stopped: {bulk.command}\n"
        "  then start it and run: kaigraph load --store …, which makes the indexes\n"
    )
