"""The gate and the way out, as ratios taken side by side in one run (docs/measurements.md).

    python bench/rdf.py [--triples 10000 1000000] [--rounds 3]

The SHACL engine of the gate against pySHACL on the same graph, and Turtle out against rdflib's serialiser, on made data
of so many triples. The processor's time of both, taken in turn; the medians are compared. The gate is measured whole:
with pySHACL that is `--engine pyshacl`, parsing and the reading of its report included on both sides.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from made import EX, ID, write
from pyoxigraph import RdfFormat, Triple, parse

from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.loaders.rdf.write import write as write_rdf
from kaigraph.shapes import validate
from kaigraph.shapes.gate import Vocabulary

#: Triples a node of the made data.
_PER_NODE = 10.55
_PREFIXES = {"ex": EX, "id": ID}


def compare(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The medians of both in s, taken in turn; the slow one counts from its first run."""
    first()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for action, taken in zip((first, second), times, strict=True):
            start = time.process_time()
            action()
            taken.append(time.process_time() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def gates(graph: list[Triple], vocabulary: Vocabulary, rounds: int) -> tuple[float, float]:
    """Both engines on one graph."""
    return compare(lambda: validate(graph, vocabulary, "shacl"), lambda: validate(graph, vocabulary, "pyshacl"), rounds)


def turtles(graph: list[Triple], file: Path, rounds: int) -> tuple[float, float]:
    """Ours, sorted, and rdflib's."""
    other = rdflib.Graph().parse(file, format="nt")
    for prefix, iri in _PREFIXES.items():
        other.bind(prefix, iri)
    return compare(
        lambda: write_rdf(graph, "turtle", _PREFIXES, io.BytesIO()), lambda: other.serialize(format="turtle"), rounds
    )


def main() -> int:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    sys.stdout.write("| triples | what | ours | theirs | ours : theirs |\n|---|---|---|---|---|\n")
    for triples in given.triples:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write(folder, round(triples / _PER_NODE))
            vocabulary = vocabulary_of((folder / "ontology.ttl",), (folder / "shapes.ttl",))
            graph = [q.triple for q in parse(path=folder / "data.nt", format=RdfFormat.N_TRIPLES)]
            rounds = given.rounds if triples < 100_000 else 1  # noqa: PLR2004  # where one run takes minutes
            for what, (ours, theirs) in (
                ("the gate on shacl : on pySHACL", gates(graph, vocabulary, rounds)),
                ("Turtle out : rdflib's serialiser", turtles(graph, folder / "data.nt", rounds)),
            ):
                row = f"| {len(graph):,} | {what} | {ours:.3f} s | {theirs:.3f} s | 1 : {theirs / ours:.1f} |\n"
                sys.stdout.write(row)
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
