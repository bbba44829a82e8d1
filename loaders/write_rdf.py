"""The way out: RDF text that is the same at every run, exact in every term, and readable.

N-Triples and N-Quads come from pyoxigraph. Turtle and TriG are laid out here: a block a subject, its class first,
what only it leads to nested inside; pyoxigraph's own serialiser does not nest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from kaigraph.loaders.layout_rdf import Blocks
from kaigraph.loaders.names_rdf import Names
from kaigraph.loaders.quads import graph_id, object_of, subject_of, triple_text
from kaigraph.ontology.errors import BadUse

#: The formats by name, and whether each holds named graphs.
FORMATS: Mapping[str, bool] = {"turtle": False, "ntriples": False, "trig": True, "nquads": True}


def write(said: Iterable[Quad | Triple], format: str, prefixes: Mapping[str, str], out: IO[bytes]) -> None:  # noqa: A002  # the word that users of RDF look for
    """Write quads or triples, each once and sorted, as `turtle`, `trig`, `nquads` or `ntriples`.

    Raises:
        BadUse: an unknown format, or named graphs in a format that has none.
    """
    if format not in FORMATS:
        raise BadUse(f"There is no format '{format}'.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    quads = sorted({_quad(s) for s in said}, key=lambda q: (graph_id(q.graph_name), triple_text(q)))
    if not FORMATS[format] and any(not isinstance(q.graph_name, DefaultGraph) for q in quads):
        raise BadUse(f"The format '{format}' cannot hold named graphs.", hint="Choose trig or nquads.")
    if format == "nquads":
        serialize(quads, out, RdfFormat.N_QUADS)
    elif format == "ntriples":
        serialize((q.triple for q in quads), out, RdfFormat.N_TRIPLES)
    else:
        for text in _laid_out(quads, prefixes):
            out.write(text.encode())


def _quad(said: Quad | Triple) -> Quad:
    return said if isinstance(said, Quad) else Quad(subject_of(said), said.predicate, object_of(said))


def _laid_out(quads: list[Quad], prefixes: Mapping[str, str]) -> Iterator[str]:
    names = Names(prefixes)
    yield from names.header()
    blocks = Blocks(quads, names)
    for graph, found in groupby(quads, key=lambda q: graph_id(q.graph_name)):
        if not graph:
            yield from blocks.of(list(found), "")
        else:
            yield f"\n{blocks.graph(graph)} {{"
            yield from blocks.of(list(found), "    ")
            yield "}\n"
