"""The vocabulary: ontology and shapes as they were read, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pyoxigraph import Triple

from kaigraph.ontology.files import Content, find_files, read_file
from kaigraph.ontology.triples import Node, Triples

HERE = Path(__file__).parent
CORE_ONTOLOGY = HERE / "core.ttl"
DEFAULT_ONTOLOGY = HERE / "kai"


@dataclass(frozen=True)
class Vocabulary:
    """The triples of ontology files (the core vocabulary's first) and of shapes files, each once.

    `prefixes` are as the files bind them; `places` gives the file in which a subject was first described.
    """

    ontology: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    prefixes: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[Node, str] = field(default_factory=dict)

    @cached_property
    def graph(self) -> Triples:
        """Ontology and shapes in one: either may stand in the other's files."""
        return Triples(self.ontology + self.shapes)

    @cached_property
    def declared(self) -> Triples:
        """What the ontology files say alone."""
        return Triples(self.ontology)


def read_vocabulary(ontology: Sequence[Path], shapes: Sequence[Path]) -> Vocabulary:
    """Read files and folders; raises BadUse for a wrong path, BadVocabulary for what is empty or no RDF.

    A file that is named on both sides is read once: each reading would give its blank nodes names of their own.
    """
    of_terms, of_rules = find_files([CORE_ONTOLOGY, *ontology]), find_files(shapes)
    files = {path.resolve(): path for path in (*of_rules, *of_terms)}
    contents = {resolved: read_file(path) for resolved, path in files.items()}
    terms, rules = ([contents[path.resolve()] for path in paths] for paths in (of_terms, of_rules))
    return Vocabulary(
        ontology=_triples(terms),
        shapes=_triples(rules),
        prefixes=_prefixes(terms + rules),
        places=_places(terms + rules),
    )


def _triples(contents: Iterable[Content]) -> tuple[Triple, ...]:
    return tuple(dict.fromkeys(triple for content in contents for triple in content.triples))


def _prefixes(contents: Sequence[Content]) -> dict[str, str]:
    """One namespace a prefix: the core vocabulary's choice, else the smallest, whatever the order of the files."""
    first, *rest = contents
    bound = sorted((pair for content in rest for pair in content.prefixes.items()), reverse=True)
    return dict(sorted((dict(bound) | first.prefixes).items()))


def _places(contents: Sequence[Content]) -> dict[Node, str]:
    places: dict[Node, str] = {}
    for content in contents:
        for triple in content.triples:
            if not isinstance(triple.subject, Triple):
                places.setdefault(triple.subject, str(content.path))
    return places
