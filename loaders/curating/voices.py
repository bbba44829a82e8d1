"""Who speaks in a dataset: the sources, and the claims of each as the default graph describes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import CORE, RDF_TYPE

SOURCE, EDITORIAL = CORE + "Source", CORE + "EditorialSource"


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim: its source, its paragraph and its certainty, as far as they are given."""

    source: str
    paragraph: int | None = None
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Voices:
    """The claims by IRI; the sources by IRI, with their numbers of paragraphs; those of them that are editorial."""

    claims: Mapping[str, Voice]
    sources: Mapping[str, int | None]
    editorial: frozenset[str]


def voices_of(quads: Iterable[Quad], model: Model) -> Voices:
    """The voices of a dataset."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.subject, NamedNode):
            said[quad.subject.value][quad.predicate.value].append(_text(quad))
    claims = {iri: _voice(about) for iri, about in said.items() if CORE + "source" in about}
    editorial = frozenset(iri for iri, about in said.items() if _is(EDITORIAL, about[RDF_TYPE], model))
    described = {iri for iri, about in said.items() if _is(SOURCE, about[RDF_TYPE], model)} | editorial
    named = described | {voice.source for voice in claims.values()}
    sources = {iri: _number(said[iri][CORE + "paragraphCount"]) for iri in sorted(named)}
    return Voices(dict(sorted(claims.items())), sources, editorial)


def _is(wanted: str, types: Iterable[str], model: Model) -> bool:
    return any(wanted == iri or wanted in model.class_parents.get(iri, ()) for iri in types)


def _voice(about: Mapping[str, list[str]]) -> Voice:
    certainty = about.get(CORE + "certainty", ())
    return Voice(min(about[CORE + "source"]), _number(about.get(CORE + "paragraph", ())), min(certainty, default=""))


def _number(texts: Iterable[str]) -> int | None:
    """The smallest number among texts; what is none is the gate's to report."""
    return min((int(text) for text in texts if text.isascii() and text.isdigit()), default=None)


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode | Literal) else str(quad.object)
