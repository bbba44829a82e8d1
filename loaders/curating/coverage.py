"""What of each source has been turned into claims: paragraph by paragraph, and by kind and certainty."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.curating.voices import Voices, voices_of
from kaigraph.loaders.graph import Dataset
from kaigraph.loaders.quads import graph_id, object_of, subject_of
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.model import Model
from kaigraph.ontology.terms import CORE, RDF_TYPE


@dataclass(frozen=True, slots=True)
class Covered:
    """One source. `paragraphs` counts the claims of each; `None` stands for claims without one.

    `skipped` are the paragraphs that a note says to have no claims, `gaps` those that have neither claims nor a note.
    """

    source: str
    is_editorial: bool
    paragraph_count: int | None
    paragraphs: Mapping[int | None, int]
    skipped: Mapping[int, Mapping[str, str]]  # with the reason, by language tag
    gaps: tuple[int, ...]
    certainties: Mapping[str, int]
    kinds: Mapping[str, int]  # a claim about things of two classes counts for both

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return sum(self.paragraphs.values())


def coverage(dataset: Dataset, model: Model) -> tuple[Covered, ...]:
    """The coverage of every source, the editorial ones last."""
    voices = voices_of(dataset.quads, model)
    kinds = _kinds(dataset.quads, voices, model)
    skipped = _skipped(dataset.quads)
    order = sorted(voices.sources, key=lambda iri: (iri in voices.editorial, iri))
    return tuple(_covered(iri, voices, kinds, skipped.get(iri, {})) for iri in order)


def _covered(
    source: str, voices: Voices, kinds: Mapping[str, frozenset[str]], skipped: Mapping[int, Mapping[str, str]]
) -> Covered:
    own = {iri: voice for iri, voice in voices.claims.items() if voice.source == source}
    paragraphs = Counter(voice.paragraph for voice in own.values())
    count = voices.sources[source]
    return Covered(
        source,
        source in voices.editorial,
        count,
        dict(sorted(paragraphs.items(), key=lambda item: item[0] or 0)),
        skipped,
        tuple(n for n in range(1, (count or 0) + 1) if n not in paragraphs and n not in skipped),
        _sorted(Counter(voice.certainty for voice in own.values())),
        _sorted(Counter(kind for iri in own for kind in kinds.get(iri, ()))),
    )


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _kinds(quads: Iterable[Quad], voices: Voices, model: Model) -> dict[str, frozenset[str]]:
    """Of each claim the classes of what it is about: the most specific class that the dataset gives each thing."""
    types: dict[str, set[str]] = defaultdict(set)
    about: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        subject = node_id(subject_of(quad))
        if quad.predicate.value == RDF_TYPE and isinstance(quad.object, NamedNode):
            types[subject].add(quad.object.value)
        if not isinstance(quad.graph_name, DefaultGraph) and isinstance(quad.subject, NamedNode):
            about[graph_id(quad.graph_name)].add(subject)
    for iri in voices.claims:
        types[iri].add(CORE + "Claim")
    specific = {iri: model.most_specific(frozenset(found)) for iri, found in types.items()}
    return {claim: frozenset(specific.get(iri) or "" for iri in things) for claim, things in about.items()}


def _skipped(quads: Iterable[Quad]) -> dict[str, dict[int, dict[str, str]]]:
    """By source the paragraphs that notes explain, and how."""
    notes: list[tuple[str, str]] = []
    numbers: dict[str, list[int]] = defaultdict(list)
    reasons: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        name = quad.predicate.value.removeprefix(CORE)
        subject, value = node_id(subject_of(quad)), object_of(quad)
        if name == "skips" and not isinstance(value, Literal):
            notes.append((subject, node_id(value)))
        elif name == "paragraph" and value.value.isascii() and value.value.isdigit():
            numbers[subject].append(int(value.value))
        elif name == "reason" and isinstance(value, Literal):
            reasons[subject][value.language or ""] = value.value
    found: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    for source, note in sorted(notes):
        found[source] |= dict.fromkeys(sorted(numbers[note]), reasons[note])
    return found
