"""Answers of the embedded store, as ratios taken side by side in one run (docs/measurements.md).

    python bench/embedded.py [--nodes 10000 300000] [--rounds 30] [--folder bench/.peers/made]

For each of six operations a whole answer of ours (text in, JSON out, answer cache off) against the best hand-written
SQL on the same file, against pyoxigraph with the same data, and against plain Strawberry resolvers on the same file.
All are asked in changing order, with other values each time, and the medians of the processor's time are compared
(nothing here waits: a busy machine shows less in it). Answers are checked to be equal first.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import orjson
from by_lookups import Lookups
from by_resolvers import Resolvers
from made import counts_of, write
from operations import SIX, Asked, Values
from sql_by_hand import Asking

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, prepare, vocabulary_of
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology import make_model

FOLDER = Path(__file__).parent / ".peers" / "made"
#: Ours is asked for at least so long in all, or so many rounds; slow peers are asked less often.
ENOUGH = 20.0  # s for one operation

_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")

Ask = Callable[[Values], object]


def loaded(folder: Path, nodes: int) -> SqliteStore:
    """A file with the made data, which is kept for the next run."""
    here, file = folder / str(nodes), folder / f"{nodes}.kai"
    ontology, shapes, data = here / "ontology.ttl", here / "shapes.ttl", here / "data.nt"
    if not data.exists():
        write(here, nodes)
    if not file.exists():
        prepared = prepare(Inputs((ontology,), (shapes,), (data,)))
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        store = open_store(part, prepared.model, "write")
        store.load(prepared.resolved)
        store.close()
        part.rename(file)
    return open_store(file, make_model(vocabulary_of((ontology,), (shapes,))))


def ours(store: SqliteStore) -> Engine:
    """An engine as `serve` has it."""
    api = derive_api(store.model)
    return Engine(store.model, api, build_schema(api)._schema, Embedded(store))


def same(first: object, second: object) -> bool:
    """Whether two answers are equal, but for cursors, whose form is one's own, and 1.50, which pyoxigraph makes 1.5."""
    return _bare(first) == _bare(second)


def _bare(value: object) -> object:
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k != "endCursor"}
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return value.rstrip("0").rstrip(".")
    return [_bare(v) for v in value] if isinstance(value, list) else value


def measured(asked: Asked, ways: Mapping[str, Ask], nodes: int, rounds: int) -> dict[str, float]:
    """The median of each way, in ms, asked in turn."""
    counts, times = counts_of(nodes), {name: list[float]() for name in ways}
    end = time.monotonic() + ENOUGH
    for n in range(-1, rounds):
        values = asked.variables(counts, n + 1)
        for name, ask in Random(n).sample(list(ways.items()), len(ways)):  # noqa: S311  # an order, no secret
            start = time.thread_time()
            ask(values)
            if n >= 0:  # the first run of each makes its plan and reads its pages
                times[name].append(time.thread_time() - start)
        if n >= 2 and time.monotonic() > end:  # noqa: PLR2004  # three are the fewest that have a median
            break
    return {name: statistics.median(found) * 1000 for name, found in times.items()}


def ways_of(asked: Asked, engine: Engine, hand: Asking, lookups: Lookups, resolvers: Resolvers) -> dict[str, Ask]:
    """The ways to one answer, ours first; each gives JSON."""
    return {
        "ours": lambda values: engine.answer(Operation(asked.text, values)).body,
        "SQL by hand": hand.answers(asked.name),
        "pyoxigraph": lookups.answers(asked.name),
        "resolvers": resolvers.answers(asked),
    }


def check(asked: Asked, ways: Mapping[str, Ask], nodes: int) -> None:
    """Stop if one way answers otherwise."""
    values = asked.variables(counts_of(nodes), 1)
    found = {name: orjson.loads(str(_text(ask(values)))) for name, ask in ways.items()}
    wanted = found.pop("ours")["data"]
    for name, answer in found.items():
        if not same(wanted, answer):
            sys.exit(f"{asked.name}: {name} answers otherwise\n{orjson.dumps(wanted)[:2000]!r}\n{str(answer)[:2000]}")


def _text(answer: object) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)


def main() -> int:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args()
    sys.stdout.write("| nodes | operation | ours | SQL by hand | pyoxigraph | resolvers |\n|---|---|---|---|---|---|\n")
    for nodes in given.nodes:
        store = loaded(given.folder, nodes)
        engine, hand = ours(store), Asking(store.connection, store.layout)
        lookups, resolvers = Lookups(given.folder / str(nodes) / "data.nt"), Resolvers(store.connection, store.layout)
        for asked in SIX:
            ways = ways_of(asked, engine, hand, lookups, resolvers)
            check(asked, ways, nodes)
            own, *others = measured(asked, ways, nodes, given.rounds).values()
            cells = (f"{own:.3f} ms", *(f"{other:.3f} ms, 1 : {other / own:.2f}" for other in others))
            sys.stdout.write(f"| {nodes:,} | {asked.name} | {' | '.join(cells)} |\n")
            sys.stdout.flush()
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
