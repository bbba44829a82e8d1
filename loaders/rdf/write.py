"""The way out: RDF text that is the same at every run, exact in every term, and readable.

N-Triples and N-Quads come from pyoxigraph. The others are laid out here: Turtle and TriG a block a subject, its class
first, what only it leads to nested inside; JSON-LD with a context; RDF/XML so that nothing is lost
(docs/decisions/0014-formats.md). pyoxigraph's own serialisers do neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import IO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from kaigraph.loaders.quads import graph_id, object_of, subject_of, triple_text
from kaigraph.loaders.rdf.jsonld import document
from kaigraph.loaders.rdf.names import Names
from kaigraph.loaders.rdf.plain_turtle import is_plain, plain_turtle
from kaigraph.loaders.rdf.rdfxml import rdf_xml
from kaigraph.loaders.rdf.turtle import Blocks
from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.errors import BadUse
from kaigraph.ontology.model import Model

#: The formats by name, and whether each can hold named graphs.
FORMATS: Mapping[str, bool] = {
    "turtle": False,
    "ntriples": False,
    "rdfxml": False,
    "jsonld": True,
    "trig": True,
    "nquads": True,
}
#: Of those that can, the ones that are asked for because they do. JSON-LD is asked for as often for a plain graph.
OF_DATASETS = frozenset({"trig", "nquads"})


@without_collection()
def write(
    said: Iterable[Quad | Triple],
    format: str,  # noqa: A002  # the word that users of RDF look for
    prefixes: Mapping[str, str],
    out: IO[bytes],
    model: Model | None = None,
) -> None:
    """Write quads or triples, each once and sorted, in one of `FORMATS`; the Model gives JSON-LD its context.

    Raises:
        BadUse: an unknown format, or named graphs in a format that has none.
        NotInXml: what RDF/XML cannot hold.
    """
    if format not in FORMATS:
        raise BadUse(f"There is no format '{format}'.", hint=f"Choose one of: {', '.join(FORMATS)}.")
    said = list(said)
    lines = _plain_lines(said) if format == "turtle" else []
    if lines:
        names = Names(prefixes)
        out.writelines(text.encode() for text in chain(names.header(), plain_turtle(lines, names)))
        return
    quads = sorted({_quad(s) for s in said}, key=lambda q: (graph_id(q.graph_name), triple_text(q)))
    if not FORMATS[format] and any(not isinstance(q.graph_name, DefaultGraph) for q in quads):
        graphs = ", ".join(name for name, holds in FORMATS.items() if holds)
        raise BadUse(f"The format '{format}' cannot hold named graphs.", hint=f"Choose one of: {graphs}.")
    if format == "nquads":
        serialize(quads, out, RdfFormat.N_QUADS)
    elif format == "ntriples":
        serialize((q.triple for q in quads), out, RdfFormat.N_TRIPLES)
    else:
        for text in _texts(quads, format, prefixes, model):
            out.write(text.encode())


def _texts(quads: list[Quad], form: str, prefixes: Mapping[str, str], model: Model | None) -> Iterator[str]:
    if form == "jsonld":
        return document(quads, prefixes, model)
    return rdf_xml([q.triple for q in quads], prefixes) if form == "rdfxml" else _laid_out(quads, prefixes)


def _plain_lines(said: list[Quad | Triple]) -> list[str]:
    """Triples as sorted lines, if they are such that Turtle can be laid out from lines."""
    if set(map(type, said)) != {Triple}:
        return []
    lines = sorted(set(map(str, said)))
    return lines if is_plain(lines) else []


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
