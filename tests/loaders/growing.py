"""Data whose classes come and go: those that no shape names are part of the Model as soon as a thing is of them."""

from __future__ import annotations

from itertools import chain, permutations
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.pipeline import used_classes, vocabulary_of
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology.model import Model
from kaigraph.ontology.reader import make_model
from kaigraph.ontology.terms import TYPE

NS = "urn:other:"  # its Deal and that of another namespace cannot both be called Deal
ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix core: <https://w3id.org/kaigraph/core#> .
<urn:a:Deal> a owl:Class ; rdfs:subClassOf <urn:a:Wide> ;
  core:contractStart <urn:a:from> ; core:contractEnd <urn:a:to> .
<urn:a:from> a owl:ObjectProperty . <urn:a:to> a owl:ObjectProperty .
<urn:other:Wide> a owl:Class . <urn:a:Wide> a owl:Class .
<urn:b:Narrow> a owl:Class ; rdfs:subClassOf <urn:other:Wide> .
"""
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:S> a sh:NodeShape ; sh:targetClass <urn:a:Wide> ; sh:property [ sh:path <urn:a:code> ; sh:maxCount 1 ] .
"""
#: Things by the classes that they are of.
THINGS = {
    "first": ("urn:a:Deal",),
    "clash": ("urn:other:Deal", "urn:0:Deal"),
    "under": ("urn:b:Narrow",),
    "above": ("urn:other:Wide",),
}
PARTS = (("first",), ("first", "clash"), ("first", "under"), ("under", "above"), ("first", "clash", "under", "above"))
#: Every load after every other.
WAY = tuple(chain.from_iterable(permutations(PARTS, 2)))


def grown(folder: Path, things: tuple[str, ...], ontology: str = ONTOLOGY) -> tuple[Model, Resolved]:
    """Some of the things, and the Model that they make."""
    (folder / "ontology.ttl").write_text(ontology)
    (folder / "shapes.ttl").write_text(SHAPES)
    quads = []
    for name in things:
        node = NamedNode(f"urn:{name}")
        quads += [Quad(node, TYPE, NamedNode(cls)) for cls in THINGS[name]]
        quads.append(Quad(node, NamedNode("urn:a:code"), Literal(name)))
        quads += [Quad(node, NamedNode(f"urn:a:{way}"), NamedNode(f"urn:{way}")) for way in ("from", "to")]
    dataset = Dataset(tuple(sorted(quads, key=str)), {}, {}, False, "urn:source")
    model = make_model(vocabulary_of((folder / "ontology.ttl",), (folder / "shapes.ttl",)), used_classes(dataset))
    return model, resolve(dataset, model)
