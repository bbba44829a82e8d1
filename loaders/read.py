"""The way in: RDF files to one Dataset, whatever their number, order and formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kaigraph.loaders.blank import stable
from kaigraph.loaders.bulk import without_collection
from kaigraph.loaders.graph import Dataset, Place
from kaigraph.loaders.places import places_in
from kaigraph.loaders.quads import CORE, RDF_TYPE
from kaigraph.loaders.sources import find_files, quads_of

#: The source of data that brings no claims, if none is named.
DEFAULT_SOURCE = "https://w3id.org/kaigraph/source/unnamed"

# What a claim is described by and nothing else is.
_CLAIM_PROPERTIES = frozenset(CORE + name for name in ("source", "paragraph", "certainty", "attributedTo", "ranking"))


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
    with without_collection():
        for file in find_files(paths):
            found, bound = quads_of(file)
            prefixes = bound | prefixes
            _merge(places, places_in(file, *_names(found), bound), found)
            quads.extend(found)
        return make_dataset(quads, prefixes, places, source)


def make_dataset(
    quads: Iterable[Quad],
    prefixes: Mapping[str, str] | None = None,
    places: Mapping[str, Place] | None = None,
    source: str = DEFAULT_SOURCE,
) -> Dataset:
    """A Dataset of quads from anywhere: blank nodes renamed, duplicates removed, sorted."""
    named = stable(quads)
    return Dataset(named, dict(prefixes or {}), dict(places or {}), _is_claims(named), source)


def _names(quads: Iterable[Quad]) -> tuple[set[str], set[str]]:
    """The graphs, and the subjects of the default graph."""
    graphs, subjects = set(), set()
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode):
            graphs.add(quad.graph_name.value)
        elif isinstance(quad.subject, NamedNode) and isinstance(quad.graph_name, DefaultGraph):
            subjects.add(quad.subject.value)
    return graphs, subjects


def _merge(places: dict[str, Place], found: Mapping[str, Place], quads: Iterable[Quad]) -> None:
    """Add the places of one more file; the block of a graph goes before its description in another file."""
    blocks, _ = _names(quads)
    for iri, place in found.items():
        if iri not in places or iri in blocks:
            places[iri] = place


def _is_claims(quads: Iterable[Quad]) -> bool:
    """Whether the default graph describes a claim: by its class, or by a property that only claims have."""
    return any(
        q.predicate.value in _CLAIM_PROPERTIES
        or (q.predicate.value == RDF_TYPE and q.object == NamedNode(CORE + "Claim"))
        for q in quads
        if isinstance(q.graph_name, DefaultGraph)
    )
