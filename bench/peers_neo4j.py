"""`kaigraph serve` on Neo4j against @neo4j/graphql on graphql-yoga, each over its own graph of the same data.

    python bench/peers_neo4j.py [--quick] [--seconds 5] [--connections 1 8 32]

Two Neo4j servers with the same memory (Community has one database a server), both warm: ours as `kaigraph load` writes
it, the peer's as a person would lay it out (native types, plain names, indexes on what is looked up). First each
operation is asked of both, and the values of the answers must be the same. Then requests a second and latency: the
order is rotated, and servers idle a second between cases. Our cache of answers is off.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from made import Counts, counts_of, write
from operations import EIGHT, Asked
from peers_client import Load, ask, body, load
from peers_csv import INDEXES, write_csv
from peers_install import HERE, environment, node, script
from peers_operations import PEER, values
from peers_servers import PASSWORD, Neo4j, free_port, neo4j, serving
from peers_table import geometric_mean, show, verdict

KAIGRAPH = (sys.executable, "-m", "kaigraph.cli.main")
VARIANTS = 211  # other values in so many requests; a prime, as connections start apart
GOALS = {10_000: 2.6, 300_000: 5.0}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where both answer GraphQL."""

    ours: int
    peer: int


@dataclass(frozen=True, slots=True)
class Case:
    """One operation at one number of connections, on both sides."""

    name: str
    connections: int
    ours: Load
    peer: Load

    @property
    def lead(self) -> float:
        """How many times the peer's requests a second."""
        return self.ours.rate / self.peer.rate if self.peer.rate else float("inf")


def domain(folder: Path) -> list[str | Path]:
    """The options that name what made.py wrote."""
    return ["--ontology", folder / "ontology.ttl", "--shapes", folder / "shapes.ttl", "--data", folder / "data.nt"]


def load_ours(server: Neo4j, folder: Path) -> None:
    """Load by the command line, as people do."""
    server.do("start")
    command = [*KAIGRAPH, "load", *domain(folder), "--store", server.uri]
    subprocess.run(command, check=True, env=server.environment, stdout=sys.stderr)  # noqa: S603  # our own words


def load_peer(server: Neo4j, folder: Path) -> None:
    """Import the natural graph, and index what is looked up."""
    server.do("admin", "database", "import", "full", "neo4j", *write_csv(folder, folder / "csv"))
    server.do("start")
    server.ask(*INDEXES, "CALL db.awaitIndexes(600)")


@contextmanager
def both(nodes: int) -> Iterator[Ports]:
    """Both sides, loaded and listening."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=HERE)))
        write(folder, nodes)
        ours, peer = stack.enter_context(neo4j("ours")), stack.enter_context(neo4j("peer"))
        load_ours(ours, folder)
        load_peer(peer, folder)
        ports = Ports(free_port(), free_port())
        shown = {**environment(), "NEO4J_URI": peer.uri, "NEO4J_PASSWORD": PASSWORD, "PORT": str(ports.peer)}
        options = ["--store", ours.uri, "--port", str(ports.ours), "--cache-size", "0", "--log", "off"]
        stack.enter_context(serving([*KAIGRAPH, "serve", *domain(folder), *options], ports.ours, ours.environment))
        stack.enter_context(serving([node(), script("server.mjs")], ports.peer, shown))
        yield ports


def check(ports: Ports, counts: Counts) -> list[Asked]:
    """The operations that both can answer; both must give the same values."""
    able = [asked for asked in EIGHT if PEER[asked.name]]
    for asked in able:
        for n in (0, 1, 2, 3, 7):
            given = asked.variables(counts, n)
            ours = values(ask(ports.ours, body(asked.text, given)))
            peer = values(ask(ports.peer, body(PEER[asked.name] or "", given)))
            if ours != peer:
                sys.exit(f"{asked.name} {given}: ours alone {ours - peer!s:.300}; the peer alone {peer - ours!s:.300}")
    return able


def measure(asked: Asked, ports: Ports, counts: Counts, connections: int, options: argparse.Namespace) -> Case:
    """Both sides of one case, the one or the other first in turn."""
    found: dict[str, Load] = {}
    sides = [("ours", ports.ours, asked.text), ("peer", ports.peer, PEER[asked.name] or "")]
    if connections % 3 == 1:  # 1 of the numbers that are usual: each side comes first somewhere
        sides.reverse()
    for side, port, text in sides:
        bodies = [body(text, asked.variables(counts, n)) for n in range(VARIANTS)]
        time.sleep(options.idle)
        found[side] = load(port, bodies, connections, options.seconds)
    return Case(asked.name, connections, found["ours"], found["peer"])


def cases(ports: Ports, nodes: int, options: argparse.Namespace) -> list[Case]:
    """All cases, another operation first for each number of connections."""
    counts = counts_of(nodes)
    able = check(ports, counts)
    for asked in able:  # warm: caches of plans, of pages, and the just-in-time compilers
        measure(asked, ports, counts, 8, options)
    found = []
    for turn, connections in enumerate(options.connections):
        for asked in able[turn:] + able[:turn]:
            found.append(measure(asked, ports, counts, connections, options))
    return sorted(found, key=lambda c: (c.connections, [a.name for a in able].index(c.name)))


def report(nodes: int, found: Sequence[Case]) -> None:
    """The table of one size, and the goals."""
    show(
        f"{nodes:,} nodes: `kaigraph serve --store bolt://…` against @neo4j/graphql (`python bench/peers_neo4j.py`)",
        ("operation", "connections", "ours, req/s", "peer, req/s", "ratio", "ours p50/p99, ms", "peer p50/p99, ms"),
        [
            (c.name, c.connections, c.ours.rate, c.peer.rate, c.lead, *(_times(side) for side in (c.ours, c.peer)))
            for c in found
        ],
    )
    goal, rows = GOALS.get(nodes, GOALS[10_000]), []
    for connections in sorted({c.connections for c in found}):
        some = [c for c in found if c.connections == connections]
        least, tail = min(some, key=lambda c: c.lead), max(some, key=lambda c: c.ours.p99 / c.peer.p99)
        mean = verdict(geometric_mean(c.lead for c in some), goal)
        worst = f"{verdict(tail.ours.p99 / tail.peer.p99, 0.333, least=False)}, {tail.name}"
        rows.append((connections, mean, f"{verdict(least.lead, 1.6)}, {least.name}", worst))
    show("", ("connections", "geometric mean", "least", "p99, ours to the peer's, at worst"), rows)
    unable = ", ".join(a.name for a in EIGHT if not PEER[a.name])
    sys.stdout.write(f"\nThe peer cannot express: {unable}.\n")


def _times(side: Load) -> str:
    return f"{side.p50:.1f} / {side.p99:.1f}"


def main() -> int:
    """Load both sides, check that they agree, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 nodes only")
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=5.0, help="of each case")
    parser.add_argument("--idle", type=float, default=1.0, help="seconds between cases")
    options = parser.parse_args()
    os.environ.pop("NEO4J_URI", None)
    for nodes in options.nodes[:1] if options.quick else options.nodes:
        with both(nodes) as ports:
            report(nodes, cases(ports, nodes, options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
