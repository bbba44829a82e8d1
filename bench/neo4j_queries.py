"""`kaigraph serve` on Neo4j against the best Cypher that a person writes for the same graph, over HTTP.

    python bench/neo4j_queries.py [--quick] [--seconds 4] [--connections 1 8 32]
    python bench/neo4j_queries.py --statements     the statements alone, through the driver
    python bench/neo4j_queries.py --local          what should stay as fast when the data grow

The last column is what both processes spent on a request, ours ÷ by hand: it holds on a machine that is not quiet.
The other side is a bare uvicorn app with the async driver (bare_app.py) and the statements of by_hand.py. First the
answers must be the same, byte for byte. Then each pair of cases runs one after the other, in turn, several times; the
server idles between them, and the medians are compared. Our cache of answers is off.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from made import Counts, counts_of
from neo4j_made import KAIGRAPH, copy_of, domain, holding
from operations import EIGHT, LOCAL, Asked, Values
from peers_client import Load, body, load
from peers_servers import PASSWORD, Neo4j, free_port, serving
from peers_table import geometric_mean, show, verdict
from processor import children, spent

VARIANTS = 211  # other values in so many requests; a prime, as connections start apart
GOAL, FLAT = 1.15, 1.3
HEADS = ("req/s", "p50/p99, ms", "CPU, app + Neo4j, ms")
APP = Path(__file__).with_name("bare_app.py")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where both answer."""

    ours: int
    by_hand: int
    processes: tuple[tuple[int, int], tuple[int, int]]  # of each side: its own, and that of the database


@dataclass(frozen=True, slots=True)
class Run:
    """One load of one side, and what the two processes spent on a request, in ms of a processor."""

    load: Load
    app: float
    database: float


@contextmanager
def both(server: Neo4j, folder: Path) -> Iterator[Ports]:
    """Both servers over one database."""
    ports = (free_port(), free_port())
    environment = {**server.environment, "NEO4J_URI": server.uri, "NEO4J_PASSWORD": PASSWORD}
    options = ["--store", server.uri, "--port", str(ports[0]), "--cache-size", "0", "--log", "off"]
    ours = [*KAIGRAPH, "serve", *domain(folder, data=False), *options]
    bare = {**environment, "PORT": str(ports[1])}
    with ExitStack() as stack:
        database, processes = int((server.home / "pid").read_text()), []
        for words, port, its in ((ours, ports[0], environment), ([sys.executable, APP], ports[1], bare)):
            before = children()
            stack.enter_context(serving(words, port, its))
            processes.append(((children() - before).pop(), database))
        yield Ports(*ports, (processes[0], processes[1]))


def requests_of(asked: Asked, counts: Counts, copies: int = 1) -> tuple[list[bytes], list[bytes]]:
    """The same requests for both sides: one names the operation, the other brings its text."""
    values = [_moved(asked.variables(counts, n), n % copies) for n in range(VARIANTS)]
    return [body(asked.text, v) for v in values], [body(asked.name, v) for v in values]


def _moved(values: Values, copy: int) -> Values:
    return {name: copy_of(v, copy) if isinstance(v, str) else v for name, v in values.items()}


def check(ports: Ports, counts: Counts, operations: Sequence[Asked]) -> None:
    """End here if any answer differs."""
    for asked in operations:
        ours, by_hand = requests_of(asked, counts)
        for n in (0, 1, 2, 3, 7):
            found = _data(ports.ours, ours[n]), _data(ports.by_hand, by_hand[n])
            if found[0] != found[1]:
                sys.exit(f"{asked.name}: {found[0]!s:.1000}\nby hand: {found[1]!s:.1000}")


def _data(port: int, request: bytes) -> str:
    """The data of an answer as text, its entries in their order."""
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("POST", "/graphql", request, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return json.dumps(answer.get("data") or answer)


def pair(
    asked: Asked, ports: Ports, counts: Counts, connections: int, options: argparse.Namespace
) -> tuple[list[Run], list[Run]]:
    """Ours and by hand in turn, so many rounds, each first in every other."""
    found: tuple[list[Run], list[Run]] = ([], [])
    sides = list(zip((0, 1), (ports.ours, ports.by_hand), requests_of(asked, counts), strict=True))
    for turn in range(options.rounds):
        for side, port, requests in sides if turn % 2 else sides[::-1]:
            time.sleep(options.idle)
            found[side].append(_run(port, requests, connections, options.seconds, ports.processes[side]))
    return found


def _run(port: int, requests: Sequence[bytes], connections: int, seconds: float, processes: tuple[int, int]) -> Run:
    before, start = [spent(pid) for pid in processes], time.perf_counter()
    found = load(port, requests, connections, seconds)
    many = max(1.0, found.rate * (time.perf_counter() - start))  # those that did not count went at the same rate
    app, database = ((spent(pid) - then) / many for pid, then in zip(processes, before, strict=True))
    return Run(found, app, database)


def over_http(nodes: int, options: argparse.Namespace) -> None:
    """The table of one size."""
    counts = counts_of(nodes)
    with holding(nodes) as (server, folder), both(server, folder) as ports:
        check(ports, counts, EIGHT)
        for asked in EIGHT:  # warm: caches of plans and pages, and the just-in-time compiler
            for port, requests in zip((ports.ours, ports.by_hand), requests_of(asked, counts), strict=True):
                load(port, requests, 8, options.warm)
        rows = []
        for turn, connections in enumerate(options.connections):
            for asked in (*EIGHT[turn:], *EIGHT[:turn]):
                ours, by_hand = pair(asked, ports, counts, connections, options)
                ratios = [o.load.p50 / h.load.p50 for o, h in zip(ours, by_hand, strict=True)]
                rows.append((asked.name, connections, _middle(ours), _middle(by_hand), median(ratios)))
    rows.sort(key=lambda row: ([a.name for a in EIGHT].index(row[0]), row[1]))
    heads = ("operation", "connections", *(f"{side}, {what}" for side in ("ours", "by hand") for what in HEADS))
    title = f"{nodes:,} nodes: our p50 ÷ by hand (`python bench/neo4j_queries.py`; goal ≤ {GOAL})"
    show(title, (*heads, "ratio", "of CPU"), [(n, c, *_cells(o), *_cells(h), r, _work(o, h)) for n, c, o, h, r in rows])
    missed = [f"{n} at {c} ({ratio:.2f})" for n, c, _, _, ratio in rows if ratio > GOAL]
    sys.stdout.write(f"\nMean {geometric_mean(r[4] for r in rows):.2f}. Missed: {', '.join(missed) or 'none'}.\n")


def _middle(runs: Sequence[Run]) -> Run:
    loads = [run.load for run in runs]
    load_ = Load(*(median(getattr(one, part) for one in loads) for part in ("rate", "p50", "p99")))
    return Run(load_, median(run.app for run in runs), median(run.database for run in runs))


def _cells(run: Run) -> tuple[float, str, str]:
    return run.load.rate, f"{run.load.p50:.2f} / {run.load.p99:.2f}", f"{run.app:.2f} + {run.database:.2f}"


def _work(ours: Run, by_hand: Run) -> float:
    return (ours.app + ours.database) / (by_hand.app + by_hand.database)


def local(options: argparse.Namespace) -> None:
    """Local operations at each size, one connection: the times, and how much the greatest is over the first."""
    sizes = [(10_000, 1), (100_000, 1)] + ([] if options.quick else [(100_000, 10)])
    found: dict[str, list[list[Run]]] = {asked.name: [[] for _ in sizes] for asked in LOCAL}
    with ExitStack() as stack:
        places = []
        for nodes, copies in sizes:  # all at once: they are measured in turn
            server, folder = stack.enter_context(holding(nodes, copies))
            places.append((stack.enter_context(both(server, folder)), counts_of(nodes), copies))
        for turn in range(options.rounds + 1):
            for at, (ports, counts, copies) in enumerate(places):
                for asked in LOCAL:
                    time.sleep(options.idle)
                    requests = requests_of(asked, counts, copies)[0]
                    one = _run(ports.ours, requests, 1, options.seconds, ports.processes[0])
                    found[asked.name][at] += [one] if turn else []  # the first warms
    rows = []
    for name, runs in found.items():
        middles = [_middle(each) for each in runs]
        times, work = [m.load.p50 for m in middles], [m.app + m.database for m in middles]
        cells = [f"{t:.2f} ({w:.2f})" for t, w in zip(times, work, strict=True)]
        rows.append((name, *cells, verdict(max(times) / times[0], FLAT, least=False), max(work) / work[0]))
    heads = ("operation", *(f"{nodes * copies:,} nodes" for nodes, copies in sizes), "greatest ÷ first", "of CPU")
    show("Local operations at one connection, p50 (CPU) in ms (`python bench/neo4j_queries.py --local`)", heads, rows)


def main() -> int:
    """Load, check that both sides agree, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 nodes only, and one round")
    parser.add_argument("--statements", action="store_true", help="the statements alone, through the driver")
    parser.add_argument("--local", action="store_true", help="local operations at three sizes")
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=2.0, help="of each case")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm", type=float, default=5.0, help="seconds of each operation before it counts")
    parser.add_argument("--idle", type=float, default=0.5, help="seconds between cases")
    options = parser.parse_args()
    os.environ.pop("NEO4J_URI", None)
    if options.quick:
        options.rounds, options.warm, options.nodes = 1, 1.0, options.nodes[:1]
    if options.local:
        local(options)
        return 0
    for nodes in options.nodes:
        if options.statements:
            from neo4j_statements import statements

            statements(nodes, options.rounds * 20)
        else:
            over_http(nodes, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
