"""What it costs to begin: the first answer, a schema of many classes, a plan that is cached (docs/measurements.md).

    python bench/start.py [--rounds 5]

Cold start: the processor's time of `kaigraph query --store FILE` with the shipped data against a Python that imports
the libraries it uses, and no more. Schema: a made ontology of 20, 100 and 200 classes in a hierarchy, five fields
each, from Model to schema and SDL. Planning: of an operation whose plan is cached, per request.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from made import counts_of, write
from operations import SIX

from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.embedded import Embedded
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.pipeline import Inputs, prepare, vocabulary_of
from kaigraph.loaders.sqlite.store import open_store
from kaigraph.ontology import make_model

_LIBRARIES = "import apsw, graphql, orjson, pyoxigraph, shacl, strawberry"
_ROOTS = 10
_HEAD = """@prefix ex: <http://example.org/many#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/many> a owl:Ontology .
"""


def cold(command: list[str], rounds: int) -> float:
    """The processor's time of a process, in s."""
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own words
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def starts(rounds: int) -> str:
    """The first answer against the libraries."""
    with tempfile.TemporaryDirectory() as name:
        file = str(Path(name) / "graph.kai")
        kaigraph = [sys.executable, "-m", "kaigraph.cli.main"]
        subprocess.run([*kaigraph, "load", "--store", file], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        ours = cold([*kaigraph, "query", "--store", file, "{ dataset { version } }"], rounds)
    theirs = cold([sys.executable, "-c", _LIBRARIES], rounds)
    what = "cold start to the first answer : importing the libraries"
    return f"| {what} | {ours:.2f} s | {theirs:.2f} s | {ours / theirs:.2f} |\n"


def many(classes: int) -> tuple[str, str]:
    """An ontology and its shapes: ten classes with the others below them, each with five fields and those above it."""
    ontology, shapes = [_HEAD], [_HEAD]
    for n in range(classes):
        above = f" ; rdfs:subClassOf ex:C{n % _ROOTS}" if n >= _ROOTS else ""
        ontology.append(f'ex:C{n} a owl:Class ; rdfs:label "class {n}"@en{above} .\n')
        kinds = [f"sh:datatype xsd:{name}" for name in ("string", "date", "integer", "decimal")]
        kinds.append(f"sh:class ex:C{(n * 7 + 1) % classes}")
        fields = (f"[ sh:path ex:p{n}x{i} ; {kind} ; sh:maxCount 1 ]" for i, kind in enumerate(kinds))
        shapes.append(f"ex:S{n} a sh:NodeShape ; sh:targetClass ex:C{n} ; sh:property {', '.join(fields)} .\n")
    return "".join(ontology), "".join(shapes)


def schema(classes: int) -> str:
    """The time and size of the schema of so many classes."""
    with tempfile.TemporaryDirectory() as name:
        files = Path(name) / "ontology.ttl", Path(name) / "shapes.ttl"
        for file, text in zip(files, many(classes), strict=True):
            file.write_text(text, encoding="utf-8")
        start = time.process_time()
        model = make_model(vocabulary_of((files[0],), (files[1],)))
        built = build_schema(derive_api(model))
        seconds = time.process_time() - start
    size = len(built.as_str().encode())
    each = f"{size / classes / 1000:.1f} kB a class"
    return f"| {classes} classes: Model, schema; SDL | {seconds:.2f} s | {size:,} bytes | {each} |\n"


def planning(rounds: int) -> str:
    """Preparing and binding an operation that was asked before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, 1_000)
        prepared = prepare(Inputs((folder / "ontology.ttl",), (folder / "shapes.ttl",), (folder / "data.nt",)))
    store, api = open_store(":memory:", prepared.model, "write"), derive_api(prepared.model)
    store.load(prepared.resolved)
    engine = Engine(prepared.model, api, build_schema(api)._schema, Embedded(store))
    worst = max(_planned(engine, Operation(a.text, a.variables(counts_of(1_000), 1)), rounds) for a in SIX)
    return f"| planning of a cached operation, the slowest of six | {worst * 1000:.4f} ms | | |\n"


def _planned(engine: Engine, operation: Operation, rounds: int) -> float:
    def plan() -> object:
        prepared, values = engine.prepare(operation)
        return bind(prepared.plan, values)

    return _median(plan, rounds * 200)


def _median(action: Callable[[], object], times: int) -> float:
    action()
    found = []
    for _ in range(times):
        start = time.thread_time()
        action()
        found.append(time.thread_time() - start)
    return statistics.median(found)


def main() -> int:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    sys.stdout.write("| what | ours | theirs, or size | ratio |\n|---|---|---|---|\n")
    sys.stdout.write(starts(rounds))
    for classes in (20, 100, 200):
        sys.stdout.write(schema(classes))
    sys.stdout.write(planning(rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
