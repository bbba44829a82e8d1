"""What a store is to the other rooms, whichever engine it runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pyoxigraph import Quad, Triple

from kaigraph.loaders.graph import Dataset, Resolved
from kaigraph.loaders.reading import Snapshot
from kaigraph.ontology.errors import BadOperation
from kaigraph.ontology.model import Model

T = TypeVar("T")


class TooComplex(BadOperation):
    """An operation whose statement is beyond the limits of the engine."""

    code = "TOO_COMPLEX"


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a kind a load added, removed and changed."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a load did. A fact has changed if only what it rests on, or when it held, is different."""

    nodes: Count
    facts: Count
    version: str

    def __bool__(self) -> bool:
        """Whether the load changed anything."""
        return bool(self.nodes or self.facts)


@dataclass(frozen=True, slots=True)
class Info:
    """What a store says of itself. Equal content has equal `version`s."""

    version: str
    model_hash: str
    prefixes: Mapping[str, str]
    source: str
    is_claims: bool
    used_classes: frozenset[str]
    nodes: int
    facts: int


class Store(Protocol):
    """A store that holds data of one Model, as what is read back out of it."""

    @property
    def model(self) -> Model:
        """The Model whose data it holds."""
        ...

    def info(self) -> Info:
        """What the store says of itself."""
        ...

    def quads(self) -> Iterator[Quad]:
        """The dataset that was loaded, exactly."""
        ...

    def dataset(self) -> Dataset:
        """The same with its prefixes and source, as if read from files."""
        ...

    def triples(self) -> Iterator[Triple]:
        """The walkable graph of the present, from what people read alone."""
        ...

    def read_at_once(self, read: Callable[[Snapshot], T]) -> T:
        """What a function reads, all of it at one data version. It may be called more than once."""
        ...

    def load(self, resolved: Resolved) -> Changes:
        """Make the store hold exactly what was resolved, and say what that changed."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
