"""The one way through: files → claims → graph → report, before any store is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from kaigraph.loaders.admission.admit import admit
from kaigraph.loaders.files.read import DEFAULT_SOURCE, read
from kaigraph.loaders.files.together import together
from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology import CORE_ONTOLOGY, Model, Vocabulary, make_model, read_vocabulary
from kaigraph.ontology.collection import without_collection
from kaigraph.ontology.terms import RDF_TYPE
from kaigraph.shapes import CORE_SHAPES, Report


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the domain is made of: files or folders. The core vocabulary and its shapes are always added."""

    ontology: tuple[Path, ...]
    shapes: tuple[Path, ...]
    data: tuple[Path, ...]
    source: str = DEFAULT_SOURCE


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that a store or a report needs."""

    vocabulary: Vocabulary
    model: Model
    resolved: Resolved
    report: Report


def vocabulary_of(ontology: Sequence[Path], shapes: Sequence[Path]) -> Vocabulary:
    """The vocabulary of a domain, core included."""
    return read_vocabulary((CORE_ONTOLOGY, *ontology), (CORE_SHAPES, *shapes))


def used_classes(dataset: Dataset) -> frozenset[str]:
    """The classes that the data assert something to be of."""
    return frozenset(
        q.object.value for q in dataset.quads if q.predicate.value == RDF_TYPE and isinstance(q.object, NamedNode)
    )


@without_collection()
def prepare(inputs: Inputs, engine: str = "shacl", beside: Dataset | None = None) -> Prepared:
    """Read, resolve and validate, together with a dataset that is there already; nothing is written.

    Raises:
        BadSource: a data file that cannot be read.
        BadVocabulary: an ontology or shapes file that is empty or ill-formed.
    """
    vocabulary = vocabulary_of(inputs.ontology, inputs.shapes)
    dataset = read(inputs.data, source=inputs.source)
    if beside is not None:
        dataset = together(beside, dataset)
    model = make_model(vocabulary, used_classes(dataset))
    resolved = resolve(dataset, model)
    return Prepared(vocabulary, model, resolved, admit(resolved, vocabulary, engine))
