"""Sorting on disk gives what sorting in memory gives; what is exported by it is what is exported without it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kaigraph.loaders.rdf import sort
from kaigraph.loaders.rdf.export import _graph_first, _graph_last, export_dataset, export_graph
from kaigraph.loaders.rdf.sort import sorted_once
from kaigraph.loaders.rdf.write import write
from tests.test_laws import SHIPPED, stored

texts = st.text(st.characters(exclude_categories=["Cs"]))
lines = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=5), max_size=40)


@given(lines, st.integers(1, 12))
def test_order(found: list[str], run: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sort, "RUN", run)
        assert list(sorted_once(iter(found))) == sorted(set(found))


@given(texts, st.sampled_from([None, "en"]), st.sampled_from([BlankNode("b"), NamedNode("urn:가😀")]))
def test_a_line_is_that_of_the_serialiser(text: str, language: str | None, graph: BlankNode | NamedNode) -> None:
    subject, predicate, value = BlankNode("a"), NamedNode("urn:p"), Literal(text, language=language)
    triple = Triple(subject, predicate, value)
    assert f"{triple} .\n".encode() == serialize([triple], format=RdfFormat.N_TRIPLES)
    for quad in (Quad(subject, predicate, value, graph), Quad(subject, predicate, value)):
        assert f"{_graph_last(_graph_first(quad))}\n".encode() == serialize([quad], format=RdfFormat.N_QUADS)


@pytest.mark.parametrize("run", [500, 100_000])
def test_an_export_is_what_is_written_in_memory(monkeypatch: pytest.MonkeyPatch, run: int) -> None:
    store = stored(SHIPPED)
    monkeypatch.setattr(sort, "RUN", run)
    for form, said, exported in (
        ("nquads", store.quads(), export_dataset),
        ("ntriples", store.triples(), export_graph),
    ):
        out = io.BytesIO()
        write(said, form, {}, out)
        assert exported(store, form) == out.getvalue()
