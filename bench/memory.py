"""How much memory the reader and the gate take, at most, beside what the process had before.

    python bench/memory.py [--triples 1000000]

Each is measured in a process of its own, on N-Triples that are made for it: things with a type, a number, a text and
an edge. The gate is asked with the shapes of core: and one shape of the things' class.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from multiprocessing import get_context
from pathlib import Path

from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.loaders.read import read
from kaigraph.loaders.resolve import resolve, walkable
from kaigraph.ontology import make_model
from kaigraph.shapes import validate

EX, TYPE = "http://example.org/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ONTOLOGY = f"<{EX}Thing> <{TYPE}> <http://www.w3.org/2002/07/owl#Class> .\n"
SHAPES = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EX}> .
ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [ sh:path ex:size ; sh:minCount 1 ; sh:maxCount 1 ] ."""


def written(folder: Path, triples: int) -> Path:
    """A file with so many triples, and the ontology and shapes that go with it."""
    (folder / "ontology.ttl").write_text(ONTOLOGY, encoding="utf-8")
    (folder / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    with (folder / "data.nt").open("w", encoding="utf-8") as out:
        for n in range(triples // 4):
            out.write(f"<{EX}{n}> <{TYPE}> <{EX}Thing> .\n<{EX}{n}> <{EX}next> <{EX}{n * 7919 % (triples // 4)}> .\n")
            out.write(f'<{EX}{n}> <{EX}size> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> .\n')
            out.write(f'<{EX}{n}> <{EX}name> "the thing of number {n}"@en .\n')
    return folder / "data.nt"


def peak() -> float:
    """The most memory that this process ever held, in MiB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / 1024 if sys.platform != "darwin" else held / 1024 / 1024


def measured(folder: Path, last: str) -> float:
    """The peak after the steps up to the last, beyond that of a process that has only started."""
    before = peak()
    vocabulary = vocabulary_of((folder / "ontology.ttl",), (folder / "shapes.ttl",))
    dataset = read([folder / "data.nt"])
    if last != "read":
        resolved = resolve(dataset, make_model(vocabulary))
        if last == "gate":
            validate(walkable(resolved), vocabulary)
    return peak() - before


def main() -> int:
    """Print the peak after reading, resolving and the gate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    triples = parser.parse_args().triples
    with tempfile.TemporaryDirectory() as name:
        file = written(Path(name), triples)
        sys.stdout.write(f"{triples} triples, {file.stat().st_size >> 20} MiB of N-Triples\n")
        for last in ("read", "resolve", "gate"):
            with get_context("spawn").Pool(1) as process:
                found = process.apply(measured, (Path(name), last))
            sys.stdout.write(f"up to {last:8} {found:7,.0f} MiB, {found * 1024 * 1024 / triples:,.0f} bytes a triple\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
