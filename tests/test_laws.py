"""The laws, on the data that ship: nothing lost, order and repetition do not matter, and the way out reads back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic

from kaigraph.loaders.pipeline import Inputs, Prepared, prepare
from kaigraph.loaders.rdf.export import export_dataset, export_graph
from kaigraph.loaders.resolving.resolve import walkable
from kaigraph.loaders.sqlite.store import SqliteStore, open_store
from kaigraph.ontology import DEFAULT_ONTOLOGY
from kaigraph.shapes import DEFAULT_SHAPES

DATA = Path(__file__).parent.parent / "data"
FOREIGN = Path(__file__).parent / "foreign"
SHIPPED = Inputs((DEFAULT_ONTOLOGY,), (DEFAULT_SHAPES,), (DATA,))
PLAIN = Inputs((FOREIGN / "ontology.ttl",), (FOREIGN / "shapes.ttl",), (FOREIGN / "data.ttl",))


@cache
def prepared(inputs: Inputs) -> Prepared:
    return prepare(inputs)


@cache
def stored(inputs: Inputs) -> SqliteStore:
    store = open_store(":memory:", prepared(inputs).model, "write")
    store.load(prepared(inputs).resolved)
    return store


def canonical(quads: Iterable[Quad]) -> list[str]:
    """RDFC-1.0 over a dataset, sorted."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def as_quads(triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(t.subject, t.predicate, t.object) for t in triples)


def in_files(inputs: Inputs) -> list[Quad]:
    """What the files say, read without any code of ours. Blank nodes of two files are never the same."""
    found: list[Quad] = []
    for path in inputs.data:
        for file in sorted(path.glob("*.trig")) if path.is_dir() else [path]:
            found += parse(path=file, rename_blank_nodes=True)
    return found


@pytest.mark.parametrize("inputs", [SHIPPED, PLAIN], ids=["shipped", "foreign"])
def test_the_store_gives_back_the_dataset_of_the_files(inputs: Inputs) -> None:
    assert canonical(stored(inputs).quads()) == canonical(in_files(inputs))


@pytest.mark.parametrize("inputs", [SHIPPED, PLAIN], ids=["shipped", "foreign"])
def test_the_readable_tables_say_the_resolved_graph(inputs: Inputs) -> None:
    derived, resolved = stored(inputs).triples(), walkable(prepared(inputs).resolved)
    assert sorted(map(str, derived)) == sorted(set(map(str, resolved)))


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_an_exported_dataset_reads_back(form: str) -> None:
    body = export_dataset(stored(SHIPPED), form)
    kind = RdfFormat.TRIG if form == "trig" else RdfFormat.N_QUADS
    assert canonical(parse(io.BytesIO(body), format=kind)) == canonical(in_files(SHIPPED))
    assert body == export_dataset(stored(SHIPPED), form)


@pytest.mark.parametrize("inputs", [SHIPPED, PLAIN], ids=["shipped", "foreign"])
def test_exported_turtle_read_by_rdflib_is_the_resolved_graph(inputs: Inputs) -> None:
    body = export_graph(stored(inputs), "turtle")
    expected = rdflib.Graph()
    expected.parse(data="".join(f"{t} .\n" for t in walkable(prepared(inputs).resolved)), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=body, format="turtle"), expected)


def test_loading_again_changes_nothing_and_order_does_not_matter(tmp_path: Path) -> None:
    files = sorted(DATA.glob("*.trig"))
    files.reverse()
    again = prepare(Inputs(SHIPPED.ontology, SHIPPED.shapes, tuple(files)))
    assert again.model.hash == prepared(SHIPPED).model.hash
    store = open_store(tmp_path / "graph.kai", again.model, "write")
    assert store.load(again.resolved)
    assert not store.load(prepared(SHIPPED).resolved)
    assert store.info().version == stored(SHIPPED).info().version
    assert export_dataset(store, "nquads") == export_dataset(stored(SHIPPED), "nquads")
    store.close()


def test_a_split_by_claim_is_the_same_dataset(tmp_path: Path) -> None:
    """Each claim in a file of its own, the default graph apart: the same store."""
    quads = in_files(SHIPPED)
    for quad in quads:
        named = "default" if not hasattr(quad.graph_name, "value") else quad.graph_name.value.rsplit("/", 1)[-1]
        with (tmp_path / f"{named}.nq").open("a", encoding="utf-8") as file:
            file.write(f"{quad} .\n")
    split = prepare(Inputs(SHIPPED.ontology, SHIPPED.shapes, (tmp_path,)))
    store = open_store(":memory:", split.model, "write")
    store.load(split.resolved)
    # N-Quads carry no prefixes, and those count in the version: the quads are what must be equal.
    assert export_dataset(store, "nquads") == export_dataset(stored(SHIPPED), "nquads")


def test_blank_nodes_have_the_same_names_at_every_run() -> None:
    names = {str(q.subject) for q in stored(SHIPPED).quads() if isinstance(q.subject, BlankNode)}
    assert names == {
        str(q.subject) for q in prepare(SHIPPED).resolved.dataset.quads if isinstance(q.subject, BlankNode)
    }
