"""What fields each class has: rules gathered from ancestors, then made equal for all classes related by inheritance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kaigraph.ontology.declared import Declarations
from kaigraph.ontology.hierarchy import Parents, top_down
from kaigraph.ontology.shaped import Shapes, Step
from kaigraph.ontology.targets import shapes_by_class
from kaigraph.ontology.triples import Triples
from kaigraph.ontology.values import Rule, completed, together, widest

Iri = str
Rules = Mapping[Iri, Mapping[Step, frozenset[Rule]]]  # class → property → what is said of it


@dataclass(frozen=True)
class Family:
    """Classes related by inheritance that have one property, and the one rule that holds for all of them.

    `mandatory` are those of them that must have a value.
    """

    step: Step
    classes: frozenset[Iri]
    mandatory: frozenset[Iri]
    rule: Rule


def own_rules(graph: Triples, declared: Declarations, shapes: Shapes, classes: Iterable[Iri]) -> Rules:
    """What each class adds: what its shapes say or, where none targets it, the properties whose domain it is."""
    targeted, domains = shapes_by_class(graph), declared.domains()
    found: dict[Iri, dict[Step, frozenset[Rule]]] = {}
    for cls in classes:
        if cls in targeted:
            said = {pair for shape in targeted[cls] for pair in shapes.rules(shape)}
        else:
            said = {((prop, False), Rule()) for prop in domains.get(cls, ())}
        found[cls] = {}
        for step, rule in said:
            found[cls][step] = found[cls].get(step, frozenset()) | {rule}
    return found


def inherited(rules: Rules, parents: Parents) -> Rules:
    """The rules of each class and of all its ancestors."""
    found: dict[Iri, dict[Step, frozenset[Rule]]] = {}
    for cls in top_down(parents):
        merged: dict[Step, frozenset[Rule]] = {}
        for source in [*(found[parent] for parent in parents[cls]), rules.get(cls, {})]:
            for step, said in source.items():
                merged[step] = merged[step] | said if step in merged else said
        found[cls] = merged
    return found


def families(rules: Rules, parents: Parents, declared: Declarations) -> list[Family]:
    """One family for each property and each set of related classes. `parents` are those among the same classes."""
    having: dict[Step, list[Iri]] = {}
    for cls in sorted(rules):
        for step in rules[cls]:
            having.setdefault(step, []).append(cls)
    memo: dict[tuple[Step, frozenset[Rule]], Rule] = {}

    def effective(step: Step, cls: Iri) -> Rule:
        key = step, rules[cls][step]
        if key not in memo:
            rule = together(key[1])
            values = rule.values if step[1] else completed(rule.values, declared.values(step[0]))
            memo[key] = replace(rule, values=values)
        return memo[key]

    found = []
    for step in sorted(having):
        for related in _related(having[step], parents):
            each = {cls: effective(step, cls) for cls in related}
            mandatory = frozenset(cls for cls, rule in each.items() if rule.mandatory)
            found.append(Family(step, frozenset(related), mandatory, widest(set(each.values()))))
    return found


def _related(classes: Iterable[Iri], parents: Parents) -> list[list[Iri]]:
    """The classes in groups, each linked by parenthood within the group."""
    leader = {cls: cls for cls in classes}

    def lead(cls: Iri) -> Iri:
        while leader[cls] != cls:
            leader[cls] = leader[leader[cls]]
            cls = leader[cls]
        return cls

    for cls in leader:
        for parent in parents[cls]:
            if parent in leader:
                leader[lead(cls)] = lead(parent)
    groups: dict[Iri, list[Iri]] = {}
    for cls in leader:
        groups.setdefault(lead(cls), []).append(cls)
    return sorted(groups.values())
