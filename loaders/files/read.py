"""The way in: RDF files to one Dataset, whatever their number, order and formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kaigraph.loaders.files.blank import with_names
from kaigraph.loaders.files.places import places_in
from kaigraph.loaders.files.sources import find_files, quads_of
from kaigraph.loaders.files.unsourced import CLAIM_PROPERTIES
from kaigraph.loaders.graph import Dataset, Place
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.terms import CORE, RDF_TYPE

#: The source of data that brings no claims, if none is named.
DEFAULT_SOURCE = "https://w3id.org/kaigraph/source/unnamed"


def read(paths: Sequence[Path], *, source: str = DEFAULT_SOURCE) -> Dataset:
    """Read files and folders (.trig .ttl .nq .nt .jsonld .rdf) and merge them.

    There is no base IRI: a relative IRI is an error unless its file declares a base, for data must not change with
    the place where it lies. Of two files that bind a prefix differently, the first by name wins.

    Raises:
        BadSource: a path or a file that cannot be read, with the file, the line where known, and what to do.
    """
    quads: list[Quad] = []
    prefixes: dict[str, str] = {}
    places: dict[str, Place] = {}
    blocks: dict[str, Place] = {}
    with without_collection():
        for file in find_files(paths):
            found, bound = quads_of(file)
            prefixes = bound | prefixes
            subjects, graphs = places_in(file, *_names(found), bound)
            places, blocks = subjects | places, graphs | blocks
            quads.extend(found)
        dataset = make_dataset(quads, prefixes, places | blocks, source)
        return replace(dataset, described={iri: places[iri] for iri in blocks if iri in places})


def make_dataset(
    quads: Iterable[Quad],
    prefixes: Mapping[str, str] | None = None,
    places: Mapping[str, Place] | None = None,
    source: str = DEFAULT_SOURCE,
) -> Dataset:
    """A Dataset of quads from anywhere: blank nodes renamed, duplicates removed, sorted."""
    named, names = with_names(quads)
    found = dict(places or {})
    for old, new in names.items():
        if node_id(old) in found:  # a graph that a blank node names
            found[node_id(new)] = found.pop(node_id(old))
    return Dataset(named, dict(prefixes or {}), found, _is_claims(named), source)


def _names(quads: Iterable[Quad]) -> tuple[dict[str, None], set[str]]:
    """The graphs in the order of the file, and the subjects of the default graph."""
    graphs: dict[str, None] = {}
    subjects = set()
    for quad in quads:
        if not isinstance(quad.graph_name, DefaultGraph):
            graphs[node_id(quad.graph_name)] = None
        elif isinstance(quad.subject, NamedNode):
            subjects.add(quad.subject.value)
    return graphs, subjects


def _is_claims(quads: Iterable[Quad]) -> bool:
    """Whether the default graph describes a claim: by its class, or by a property that only claims have."""
    return any(
        q.predicate.value in CLAIM_PROPERTIES
        or (q.predicate.value == RDF_TYPE and q.object == NamedNode(CORE + "Claim"))
        for q in quads
        if isinstance(q.graph_name, DefaultGraph)
    )
