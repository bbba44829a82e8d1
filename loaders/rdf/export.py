"""Back out of a store: the graph that people walk, everything that was said, or one node with what describes it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import IO

from pyoxigraph import Quad, Triple

from kaigraph.loaders.quads import graph_id, triple_text
from kaigraph.loaders.rdf.sort import sorted_once
from kaigraph.loaders.rdf.write import FORMATS, OF_DATASETS, write
from kaigraph.loaders.reading import Readable, quads_about, triples_about
from kaigraph.loaders.store import Store
from kaigraph.loaders.terms import graph_term
from kaigraph.ontology.errors import KaigraphError
from kaigraph.ontology.model import Model

__all__ = [
    "FORMATS",
    "OF_DATASETS",
    "NotFound",
    "describe",
    "export_dataset",
    "export_dataset_to",
    "export_graph",
    "export_graph_to",
]


class NotFound(KaigraphError):
    """A node that the store does not hold."""

    code = "NOT_FOUND"
    status = 404


def export_graph(store: Store, form: str) -> bytes:
    """The resolved graph of the present, in a format of `FORMATS`."""
    out = io.BytesIO()
    export_graph_to(store, form, out)
    return out.getvalue()


def export_dataset(store: Store, form: str) -> bytes:
    """Every quad that was loaded, in a format with named graphs."""
    out = io.BytesIO()
    export_dataset_to(store, form, out)
    return out.getvalue()


def export_graph_to(store: Store, form: str, out: IO[bytes]) -> None:
    """The resolved graph, into a file. N-Triples takes no more memory than a part of it; the others hold the graph.

    Nothing is written before everything was read, at one data version.
    """
    if form == "ntriples":
        _write_lines((f"{triple} ." for triple in store.triples()), out)
    else:
        _written(store, store.triples(), form, out)


def export_dataset_to(store: Store, form: str, out: IO[bytes]) -> None:
    """Every quad that was loaded, into a file; N-Quads takes no more memory than a part of it."""
    if form == "nquads":
        _write_lines(map(_graph_first, store.quads()), out, _graph_last)
    else:
        _written(store, store.quads(), form, out)


def _write_lines(lines: Iterable[str], out: IO[bytes], turned: Callable[[str], str] = str) -> None:
    """What `write` writes, sorted on disk."""
    out.writelines(turned(line).encode() + b"\n" for line in sorted_once(lines))


def _graph_first(quad: Quad) -> str:
    """A quad as it is sorted: by the id of its graph."""
    return f"{graph_id(quad.graph_name)}\0{triple_text(quad)}"


def _graph_last(line: str) -> str:
    """The quad as N-Quads has it."""
    graph, _, triple = line.partition("\0")
    term = graph_term(graph)
    return f"{triple} ." if term is None else f"{triple} {term} ."


def describe(store: Readable, node: str, form: str, *, everything: bool | None = None) -> bytes:
    """One node with what describes it: its triples, and those of the blank nodes that they lead to.

    With `everything`, for formats with named graphs: every claim about it, superseded ones too, and the description of
    each claim. Unless told, TriG and N-Quads have everything. This is the Concise Bounded Description of the W3C member
    submission of 2005, per graph. Only what is said of the node is read.

    Raises:
        NotFound: nothing is said of the node.
    """
    about = quads_about if (form in OF_DATASETS if everything is None else everything) else triples_about
    said: list[Quad] | list[Triple]
    said, prefixes = store.read_at_once(lambda at: (about(at, node), at.prefixes))
    if not said:
        raise NotFound("nothing is said of this node", where=node, hint="give the whole IRI, as the field `id` has it")
    out = io.BytesIO()
    write(said, form, prefixes, out, _model_for(store, form))
    return out.getvalue()


def _model_for(store: Readable | Store, form: str) -> Model | None:
    """Only JSON-LD needs it; the other formats come out of a store that was opened without one, too."""
    return store.model if form == "jsonld" else None


def _written(store: Store, said: Iterable[Quad | Triple], form: str, out: IO[bytes]) -> None:
    write(said, form, store.info().prefixes, out, _model_for(store, form))
