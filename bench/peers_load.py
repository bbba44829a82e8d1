"""Loading into Neo4j: `kaigraph load` against rdflib-neo4j, and `kaigraph load --bulk` against the importer alone.

    python bench/peers_load.py [--quick] [--rounds 1] [--profile]

Ours reads, resolves, validates and writes; rdflib-neo4j reads and writes. Each run has a fresh server that has just
started, and the whole process is timed, in turn. Bulk: from N-Triples to a server that answers (files, import, start),
against `neo4j-admin database import full` alone on ready-made CSV: that of a natural graph of the same data, and, since
ours holds more (keys, exact terms, claims), that of ours. `--profile` says where the time of ours goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from made import write
from peers_csv import write_csv
from peers_install import HERE, LOCKS, python
from peers_neo4j import KAIGRAPH, domain
from peers_servers import PASSWORD, Neo4j, neo4j
from peers_table import show, verdict

COMMAND = "`python bench/peers_load.py`"
#: Triples to nodes of made.py, and the goals: of loading, and of bulk.
SIZES = {100_000: (9_505, 4.0), 3_000_000: (285_000, 3.0)}
BULK_GOAL = 1.8
Rows = list[tuple[object, ...]]


def timed(action: Callable[[], object]) -> float:
    """How many seconds it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(*words: str | Path, server: Neo4j) -> None:
    """Run a command to its end."""
    with (HERE / "load.log").open("ab") as log:
        subprocess.run(words, check=True, env=server.environment, stdout=log, stderr=log)  # noqa: S603  # our own words


def fresh(server: Neo4j) -> None:
    """An empty server that has just started."""
    server.do("wipe")
    server.do("start")


def count(server: Neo4j, label: str = "Resource") -> tuple[object, object]:
    """How many nodes with a label there are, and relationships between two of them."""
    (nodes,) = server.rows(f"MATCH (n:{label}) RETURN count(n)")
    (links,) = server.rows(f"MATCH (:{label})-[r]->(:{label}) WHERE r._derived IS NULL RETURN count(r)")
    return nodes, links


def ours(server: Neo4j, folder: Path) -> float:
    """Seconds of `kaigraph load`."""
    fresh(server)
    return timed(lambda: run(*KAIGRAPH, "load", *domain(folder), "--store", server.uri, "--json", server=server))


def peer(server: Neo4j, folder: Path) -> float:
    """Seconds of rdflib-neo4j."""
    fresh(server)
    script = LOCKS / "load_rdflib.py"
    return timed(lambda: run(python(), script, server.uri, PASSWORD, folder / "data.nt", server=server))


def online(server: Neo4j, folder: Path, rounds: int) -> tuple[float, float]:
    """Both in turn: the medians. Both must have written the same number of links."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        links = set()
        for side, load in sorted(enumerate((ours, peer)), reverse=bool(turn % 2)):
            times[side].append(load(server, folder))
            links.add(count(server)[1])
        if len(links) > 1:
            sys.exit(f"they wrote different numbers of links: {links}")
    return statistics.median(times[0]), statistics.median(times[1])


def imported(server: Neo4j, *words: str, folder: Path | None = None) -> float:
    """Seconds of the importer alone, into a database that is not there."""
    server.do("wipe")
    return timed(lambda: server.do("admin", "database", "import", "full", *words, folder=folder))


def bulk(server: Neo4j, folder: Path) -> tuple[float, float, float, float]:
    """Seconds: to write the files, to import them, to start; and to import a natural graph."""
    natural = imported(server, "neo4j", *write_csv(folder, folder / "csv"))
    files = folder / "bulk"
    made = timed(lambda: run(*KAIGRAPH, "load", *domain(folder), "--bulk", files, "--json", server=server))
    own = imported(server, "neo4j", "@import.args", folder=files)
    return made, own, timed(lambda: server.do("start")), natural


def rows_of(triples: int, server: Neo4j, folder: Path, rounds: int) -> tuple[Rows, Rows]:
    """The rows of both tables for one size."""
    goal = SIZES[triples][1]
    us, them = online(server, folder, rounds)
    made, own, start, natural = bulk(server, folder)
    whole = made + own + start
    verdicts = (verdict(whole / time_, BULK_GOAL, least=False) for time_ in (natural, own))
    return [(f"{triples:,}", us, them, verdict(them / us, goal))], [
        (f"{triples:,}", made, own, start, whole, natural, *verdicts)
    ]


def profile(folder: Path) -> None:
    """Where the time goes before a store is touched, and in making the importer's files: the first functions."""
    from kaigraph.loaders.neo4j.bulk import write_bulk
    from kaigraph.loaders.pipeline import Inputs, prepare

    ontology, shapes, data = ((folder / name,) for name in ("ontology.ttl", "shapes.ttl", "data.nt"))
    inputs = Inputs(ontology, shapes, data)
    found = prepare(inputs)
    _profiled("read, resolve, validate", lambda: prepare(inputs))
    files = folder / "profiled"
    _profiled("write the files", lambda: write_bulk(files, found.resolved, found.model, lambda _, __: None))


def _profiled(name: str, action: Callable[[], object]) -> None:
    with cProfile.Profile() as profiler:
        took = timed(action)
    sys.stdout.write(f"\n{name}: {took:.1f} s under the profiler\n")
    pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(12)


def main(words: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="100,000 triples only")
    parser.add_argument("--triples", type=int, nargs="+", default=list(SIZES), choices=list(SIZES))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="nothing but a profile of ours")
    options = parser.parse_args(words)
    for triples in options.triples[:1] if options.quick else options.triples:
        HERE.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=HERE) as name, neo4j("load") as server:
            write(Path(name), SIZES[triples][0])
            if options.profile:
                profile(Path(name))
            else:
                tables(*rows_of(triples, server, Path(name), options.rounds))
    return 0


def tables(loads: Rows, bulks: Rows) -> None:
    """Print both."""
    show(f"Loading over Bolt ({COMMAND})", ("triples", "ours, s", "rdflib-neo4j, s", "times as fast"), loads)
    heads = ("triples", "files, s", "import, s", "start, s", "whole, s", "import of a natural graph, s")
    ratios = ("whole : import of a natural graph", "whole : own import")
    show(f"Bulk ({COMMAND})", (*heads, *ratios), bulks)


if __name__ == "__main__":
    sys.exit(main())
