"""What a whole answer costs beside its statement, on the data that ship.

    python bench/spine.py [--rounds 5]

Both are run in turn, so that a machine that slows down slows both; the median of each is compared. The gate and the
way out are measured by rdf.py.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rdf import compare

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, Prepared, prepare
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.shapes import DEFAULT_SHAPES

ROOT = Path(__file__).parent.parent


def answers(prepared: Prepared, store: SqliteStore, rounds: int) -> tuple[float, float]:
    """A whole answer of the engine, against its statement alone on the same connection."""
    api = derive_api(prepared.model)
    engine = Engine(prepared.model, api, build_schema(api)._schema, Embedded(store))
    operation = Operation((ROOT / "examples/who-finances.graphql").read_text(encoding="utf-8"))
    plan, values = engine.prepare(operation)
    params = bind(plan.plan, values)
    return compare(lambda: store.run(plan.statement, params), lambda: engine.answer(operation), rounds * 100)


def main() -> int:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    prepared = prepare(Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (ROOT / "data",)))
    store = open_store(":memory:", prepared.model, "write")
    store.load(prepared.resolved)
    alone, whole = answers(prepared, store, rounds)
    sys.stdout.write(f"{len(prepared.resolved.facts)} facts, {rounds} rounds\n")
    ratio = f"1 : {whole / alone:.2f}"
    sys.stdout.write(
        f"statement alone : whole answer (four hops) {alone * 1000:.3f} ms {whole * 1000:.3f} ms  {ratio}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
