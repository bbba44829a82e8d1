"""Requests a second over HTTP: `kaigraph serve` on the embedded store, graphql-yoga in memory, uvicorn's static floor.

    python bench/peers_http.py [--quick] [--seconds 5] [--connections 1 8 32]

The peer has its nodes as objects in memory and resolvers that look them up: no database. The floor is a uvicorn that
answers every request with our answer to the first operation, made beforehand. Each is one process. Of ours, the cache
of answers is off, and on in a column of its own. All must give the same values; the order is rotated.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from made import Counts, counts_of, write
from operations import FIELDS, ONE_NODE, RELATIONS, THREE, Asked
from peers_client import Load, ask, body, load
from peers_csv import write_json
from peers_install import HERE, LOCKS, environment, node, script
from peers_neo4j import KAIGRAPH, VARIANTS, domain
from peers_operations import values
from peers_scrape import Scrape, scrape
from peers_servers import free_port, serving
from peers_table import show, verdict

OURS, KEPT, YOGA, FLOOR = "ours", "ours, answers kept", "yoga", "static floor"
ASKED = (ONE_NODE, FIELDS, RELATIONS, THREE)
Ports = Mapping[str, int]
Found = Mapping[str, Load]
Counted = Mapping[str, Scrape]  # by the servers of ours
Case = tuple[Asked, int, Found, Counted]


@contextmanager
def listening(folder: Path, counts: Counts) -> Iterator[Ports]:
    """All four, loaded and listening."""
    store, nodes = folder / "made.kai", folder / "nodes.json"
    command = [*KAIGRAPH, "load", *domain(folder), "--store", store]
    subprocess.run(command, check=True, stdout=sys.stderr)  # noqa: S603  # our own words
    write_json(folder, nodes)
    with ExitStack() as stack:
        ports = {name: free_port() for name in (OURS, KEPT, YOGA, FLOOR)}
        serve: list[str | Path] = [*KAIGRAPH, "serve", *domain(folder)[:4], "--store", store, "--log", "off"]
        for name, mebibytes in ((OURS, "0"), (KEPT, "64")):
            words = [*serve, "--port", str(ports[name]), "--cache-size", mebibytes]
            stack.enter_context(serving(words, ports[name]))
        shown = {**environment(), "DATA": str(nodes), "PORT": str(ports[YOGA])}
        stack.enter_context(serving([node(), script("yoga.mjs")], ports[YOGA], shown))
        answer = json.dumps({"data": ask(ports[OURS], body(ONE_NODE.text, ONE_NODE.variables(counts, 1)))})
        uvicorn: list[str | Path] = [sys.executable, "-m", "uvicorn", "--app-dir", LOCKS, "floor:app"]
        floor = [*uvicorn, "--no-access-log", "--log-level", "warning", "--port", str(ports[FLOOR])]
        stack.enter_context(serving(floor, ports[FLOOR], {**os.environ, "FLOOR_BODY": answer}))
        yield ports


def check(ports: Ports, counts: Counts) -> None:
    """All must give the same values."""
    for asked in ASKED:
        request = body(asked.text, asked.variables(counts, 3))
        if len({str(sorted(map(str, values(ask(ports[name], request)).items()))) for name in (OURS, KEPT, YOGA)}) > 1:
            sys.exit(f"{asked.name}: different answers")


def cases(ports: Ports, counts: Counts, options: argparse.Namespace) -> Iterator[Case]:
    """Each operation at each number of connections, another side first each time."""
    check(ports, counts)
    names = list(ports)
    for connections in options.connections:
        for asked in ASKED:
            bodies = [body(asked.text, asked.variables(counts, n)) for n in range(VARIANTS)]
            names = [*names[1:], names[0]]
            before = {name: scrape(ports[name]) for name in (OURS, KEPT)}
            found = {}
            for name in names:
                time.sleep(options.idle)
                found[name] = load(ports[name], bodies, connections, options.seconds)
            counted = {name: scrape(ports[name]).since(first) for name, first in before.items()}
            for name, own in counted.items():
                if own.operations != found[name].answers:
                    sys.exit(f"{asked.name}: {name} counted {own.operations}, and {found[name].answers} answers came")
            yield asked, connections, found, counted


def seen(found: Sequence[Case]) -> Iterator[tuple[object, ...]]:
    """What `/metrics` of our servers says of the same runs: it counted what came, warming up included."""
    for asked, connections, sides, counted in found:
        for name, own in counted.items():
            mean = own.seconds / own.operations * 1000 if own.operations else 0.0
            share = f"{own.kept / own.operations:.1%}" if own.operations else ""
            yield asked.name, connections, name, f"{sides[name].answers:,}", f"{own.operations:,}", f"{mean:.3f}", share


def rows(found: Sequence[Case]) -> Iterator[tuple[object, ...]]:
    """Requests a second of all, and the ratios; goals are of one object."""
    for asked, connections, sides, _ in found:
        us, floor, peer = (sides[name].rate for name in (OURS, FLOOR, YOGA))
        ratios = (verdict(us / peer, 4), verdict(us / floor, 0.333)) if asked is ONE_NODE else (us / peer, us / floor)
        times = (f"{sides[name].p50:.2f} / {sides[name].p99:.2f}" for name in (OURS, YOGA))
        yield asked.name, connections, us, sides[KEPT].rate, peer, floor, *ratios, *times


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 nodes only")
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=5.0, help="of each case")
    parser.add_argument("--idle", type=float, default=0.5, help="seconds between cases")
    options = parser.parse_args()
    heads = ("operation", "connections", *(f"{name}, req/s" for name in (OURS, KEPT, YOGA, FLOOR)))
    ratios = ("ours : yoga", "ours : floor", "ours p50/p99, ms", "yoga p50/p99, ms")
    HERE.mkdir(exist_ok=True)
    for nodes in options.nodes[:1] if options.quick else options.nodes:
        with tempfile.TemporaryDirectory(dir=HERE) as name:
            write(Path(name), nodes)
            with listening(Path(name), counts_of(nodes)) as ports:
                found = list(cases(ports, counts_of(nodes), options))
        show(f"{nodes:,} nodes over HTTP (`python bench/peers_http.py`)", (*heads, *ratios), rows(found))
        counts = ("operation", "connections", "server", "answers", "counted", "mean within, ms", "from the cache")
        show(f"{nodes:,} nodes: what `/metrics` counted", counts, seen(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
