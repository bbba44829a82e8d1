"""Numbers of properties, as rows of the embedded store have them."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.ontology.model import Iri


class Numbering(dict[Iri, int]):
    """Numbers of properties; one that the Model has not gets the next."""

    def __init__(self, known: Mapping[Iri, int]) -> None:
        """Start with those of the Model."""
        super().__init__(known)
        self._iris = {number: iri for iri, number in known.items()}

    def __missing__(self, iri: Iri) -> int:
        """A number that no other has."""
        self[iri] = number = max(self._iris, default=-1) + 1
        self._iris[number] = iri
        return number

    def iri(self, number: object) -> Iri:
        """The property of a number."""
        return self._iris[number]  # type: ignore[index]  # rows hold any SQL value; the first is a number
