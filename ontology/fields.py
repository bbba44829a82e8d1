"""The fields of every class before they have names: forward ones from shapes and ontology, inverse ones from those."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kaigraph.ontology.declared import Declarations
from kaigraph.ontology.families import Family, Rules, families, inherited, own_rules
from kaigraph.ontology.hierarchy import most_general, nearest
from kaigraph.ontology.kinds import Form, Kinds
from kaigraph.ontology.members import Members
from kaigraph.ontology.shaped import Shapes, Step
from kaigraph.ontology.terms import core, owl
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.values import THINGS, Rule

Iri = str
Formed = tuple[Family, Form]


@dataclass(frozen=True)
class Fields:
    """Works the fields out for one vocabulary."""

    graph: Triples
    members: Members
    declared: Declarations

    @cached_property
    def parents(self) -> dict[Iri, tuple[Iri, ...]]:
        """The nearest typed superclasses of each typed class."""
        members = self.members
        return {iri: nearest(iri, members.parents, members.ancestors, members.typed) for iri in sorted(members.typed)}

    @cached_property
    def _own(self) -> Rules:
        concepts = {concept: iri for iri, values in sorted(self.members.concepts.items()) for concept in values}
        ancestors = {above for iri in self.members.typed for above in self.members.ancestors[iri]}
        shapes = Shapes(self.graph, self.declared, concepts)
        return own_rules(self.graph, self.declared, shapes, sorted(self.members.typed | ancestors))

    @cached_property
    def forward(self) -> list[Formed]:
        """The fields that follow a property."""
        kinds = Kinds(self.members)
        return [(family, kinds.form(family.rule.values)) for family in self._families(_only(self._own, inverse=False))]

    @cached_property
    def inverse(self) -> list[Formed]:
        """The fields that follow a property back: where a shape asks, and of every class that a field leads to."""
        rules = _only(self._own, inverse=True)
        for family, form in self.forward:
            for target in form.classes or self._anything(family.step[0]):
                rules[target].setdefault((family.step[0], True), frozenset({Rule(THINGS)}))
        kinds = Kinds(self.members)
        return [(family, self._seen_back(family, kinds)) for family in self._families(rules)]

    def _anything(self, property_: Iri) -> tuple[Iri, ...]:
        """The classes that a field to anything leads to: all of them, where the ontology names the way back."""
        node = NamedNode(property_)
        named = self.graph.has(node, core("inverseName")) or self.graph.has(node, owl("inverseOf"))
        return most_general(self.members.typed, self.members.ancestors) if named else ()

    def _families(self, rules: Rules) -> list[Family]:
        known = inherited(rules, self.members.parents)
        return families({iri: known[iri] for iri in self.members.typed}, self.parents, self.declared)

    def _seen_back(self, family: Family, kinds: Kinds) -> Form:
        form = kinds.form(family.rule.values)
        return form if form.classes else Form(form.kind, classes=self._subjects(family))

    def _subjects(self, family: Family) -> tuple[Iri, ...]:
        """The most general classes whose field leads to one of the family."""
        found: set[Iri] = set()
        for forward, form in self.forward:
            leads = not form.classes or not family.classes.isdisjoint(form.classes)
            if forward.step[0] == family.step[0] and leads:
                found |= forward.classes
        return most_general(found, self.members.ancestors)


def _only(rules: Rules, *, inverse: bool) -> dict[Iri, dict[Step, frozenset[Rule]]]:
    return {iri: {step: said for step, said in own.items() if step[1] == inverse} for iri, own in rules.items()}
