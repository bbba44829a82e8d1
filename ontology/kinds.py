"""From what values may be to the kind of a field, in terms of the classes and enumerations that are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kaigraph.ontology.hierarchy import most_general
from kaigraph.ontology.members import Members
from kaigraph.ontology.model import Kind
from kaigraph.ontology.values import Values

Iri = str


@dataclass(frozen=True)
class Form:
    """Kind, datatypes, classes and enumeration of a field."""

    kind: Kind
    datatypes: tuple[Iri, ...] = ()
    classes: tuple[Iri, ...] = ()
    enum: Iri | None = None


@dataclass(frozen=True)
class Kinds:
    """Answers for one vocabulary."""

    members: Members

    @cached_property
    def _shown_below(self) -> dict[Iri, set[Iri]]:
        below: dict[Iri, set[Iri]] = {}
        for cls in self.members.typed:
            for above in self.members.ancestors[cls] - self.members.typed:
                below.setdefault(above, set()).add(cls)
        return below

    def form(self, values: Values) -> Form:
        """The form of a field whose values are these."""
        datatypes = tuple(sorted(values.datatypes))
        if not values.thing:
            return Form(Kind.LITERAL, datatypes)
        if not values.literal:
            closed = most_general(values.classes, self.members.ancestors)
            if len(closed) == 1 and closed[0] in self.members.concepts:
                return Form(Kind.ENUM, enum=closed[0])
        kind = Kind.MIXED if values.literal else Kind.THING
        return Form(kind, datatypes, self.shown(values.classes))

    def shown(self, classes: Iterable[Iri]) -> tuple[Iri, ...]:
        """The most general typed classes that stand for the classes; of any that has none, none: any class."""
        found: set[Iri] = set()
        for cls in classes:
            stand = {cls} if cls in self.members.typed else self._shown_below.get(cls, set())
            if not stand or cls in self.members.concepts:
                return ()
            found |= stand
        return most_general(found, self.members.ancestors)
