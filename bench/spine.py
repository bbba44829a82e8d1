"""What the spine costs, as ratios taken side by side in one run on the data that ship.

    python bench/spine.py [--rounds 5]

Each pair is run in turn, A B A B …, so that a machine that slows down slows both; the median of each is compared.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import rdflib

from kaigraph.graphql.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, Prepared, prepare
from kaigraph.loaders.resolve import walkable
from kaigraph.loaders.sqlite_store import SqliteStore, open_store
from kaigraph.loaders.write_rdf import write
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.shapes import DEFAULT_SHAPES, validate

ROOT = Path(__file__).parent.parent


def compare(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The medians of both, in seconds, taken in turn after one run of each that does not count."""
    first()
    second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for action, taken in zip((first, second), times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def answers(prepared: Prepared, store: SqliteStore, rounds: int) -> tuple[float, float]:
    """A whole answer of the engine, against its statement alone on the same connection."""
    api = derive_api(prepared.model)
    engine = Engine(prepared.model, api, build_schema(api)._schema, Embedded(store))
    operation = Operation((ROOT / "examples/who-finances.graphql").read_text(encoding="utf-8"))
    plan, values = engine.prepare(operation)
    params = bind(plan.plan, values)
    return compare(lambda: store.run(plan.statement, params), lambda: engine.answer(operation), rounds * 100)


def gates(prepared: Prepared, rounds: int) -> tuple[float, float]:
    """The two SHACL engines on the resolved graph."""
    graph = list(walkable(prepared.resolved))
    return compare(
        lambda: validate(graph, prepared.vocabulary, "shacl"),
        lambda: validate(graph, prepared.vocabulary, "pyshacl"),
        rounds,
    )


def exports(prepared: Prepared, rounds: int) -> tuple[float, float]:
    """Turtle out: ours, sorted and nested, against rdflib's serialiser of the same graph."""
    triples = list(walkable(prepared.resolved))
    graph = rdflib.Graph().parse(data="".join(f"{t} .\n" for t in triples), format="nt")
    prefixes = prepared.resolved.dataset.prefixes
    return compare(
        lambda: write(triples, "turtle", prefixes, io.BytesIO()), lambda: graph.serialize(format="turtle"), rounds
    )


def main() -> int:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    prepared = prepare(Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (ROOT / "data",)))
    store = open_store(":memory:", prepared.model, "write")
    store.load(prepared.resolved)
    rows = (
        ("statement alone : whole answer (four hops)", answers(prepared, store, rounds)),
        ("gate, shacl : pyshacl", gates(prepared, rounds)),
        ("Turtle out, ours : rdflib", exports(prepared, rounds)),
    )
    sys.stdout.write(f"{len(prepared.resolved.facts)} facts, {rounds} rounds\n")
    for name, (ours, theirs) in rows:
        sys.stdout.write(f"{name:45} {ours * 1000:9.3f} ms {theirs * 1000:9.3f} ms  1 : {theirs / ours:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
