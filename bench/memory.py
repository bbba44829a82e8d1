"""How much memory the reader, the gate and the writers take, at most, beside what there was before.

    python bench/memory.py [--triples 1000000] [--quick] [--store bolt://…]

Each is measured in a process of its own, on N-Triples that are made for it: things with a type, a number, a text and
an edge. The gate is asked with the shapes of core: and one shape of the things' class.

The writers are measured by what glibc's malloc has given out while they run (looked at ten times a second, at most),
beyond the resolved graph that they are given: peaks of the process would hide what they take behind what resolving let
go. The one that writes to a server, and export from it, are measured where `--store` names a database that may be
overwritten.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import sys
import tempfile
import threading
import time
from multiprocessing import get_context
from pathlib import Path

from kaigraph.loaders.files.read import read
from kaigraph.loaders.neo4j.bulk import write_bulk
from kaigraph.loaders.neo4j.store import opened_neo4j
from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.loaders.rdf.export import export_graph_to
from kaigraph.loaders.resolving.resolve import resolve, walkable
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


class Given(ctypes.Structure):
    """What glibc's malloc says of itself (`struct mallinfo2`)."""

    _fields_ = [(f"count_{i}", ctypes.c_size_t) for i in range(4)] + [
        (name, ctypes.c_size_t) for name in ("mapped", "_1", "_2", "given", "_3", "_4")
    ]


class Watch:
    """The most that malloc has given out while this is open."""

    def __enter__(self) -> Watch:
        """Begin to look."""
        self._ask = ctypes.CDLL(None).mallinfo2
        self._ask.restype = Given
        self._over = threading.Event()
        self._most = self._before = self._given()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def _given(self) -> int:
        found = self._ask()
        return int(found.given + found.mapped)

    def _look(self) -> None:
        """Ten times a second; less often where malloc has so much to count that looking would be most of the work."""
        pause = 0.1
        while not self._over.wait(pause):
            begun = time.monotonic()
            self._most = max(self._most, self._given())
            pause = max(0.1, 20 * (time.monotonic() - begun))

    def __exit__(self, *error: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def mebibytes(self) -> float:
        """How much that was, beyond what was given out before."""
        return (self._most - self._before) / 1024 / 1024


def allocated(folder: Path, writer: str, store: str | None) -> tuple[float, float]:
    """The most that a writer allocates, in MiB, beyond the resolved graph; and how long it takes, in s."""
    vocabulary = vocabulary_of((folder / "ontology.ttl",), (folder / "shapes.ttl",))
    model = make_model(vocabulary)
    resolved = resolve(read([folder / "data.nt"]), model) if writer != "export" else None
    begun = time.monotonic()
    with Watch() as watch:
        if resolved is None:
            with opened_neo4j(store or "", model) as opened, (folder / "out.nt").open("wb") as out:
                export_graph_to(opened, "ntriples", out)
        elif writer == "bulk":
            write_bulk(folder / "bulk", resolved, model, lambda done, size: None)
        else:
            with opened_neo4j(store or "", model, "write") as opened:
                opened.load(resolved)
    return watch.mebibytes(), time.monotonic() - begun


def main() -> int:
    """Print the peak after reading, resolving and the gate, and of the writers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="100,000 triples")
    parser.add_argument("--store", help="a Neo4j database to write to, that is empty or kaigraph's own")
    options = parser.parse_args()
    triples = 100_000 if options.quick else options.triples
    with tempfile.TemporaryDirectory() as name:
        file = written(Path(name), triples)
        sys.stdout.write(f"{triples} triples, {file.stat().st_size >> 20} MiB of N-Triples\n")
        for last in ("read", "resolve", "gate"):
            with get_context("spawn").Pool(1) as process:
                found = process.apply(measured, (Path(name), last))
            sys.stdout.write(f"up to {last:8} {found:7,.0f} MiB, {found * 1024 * 1024 / triples:,.0f} bytes a triple\n")
        os.environ["PYTHONMALLOC"] = "malloc"  # of the processes that follow: what Python takes is seen there too
        for writer in ("bulk", "load", "export") if options.store else ("bulk",):
            with get_context("spawn").Pool(1) as process:
                taken, seconds = process.apply(allocated, (Path(name), writer, options.store))
            sys.stdout.write(f"{writer:14} {taken:7,.0f} MiB beyond the resolved graph, in {seconds:,.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
