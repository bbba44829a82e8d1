"""What the values of a property may be, and how two sayings about them combine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

Iri = str
NONE: frozenset[Iri] = frozenset()


@dataclass(frozen=True, slots=True)
class Values:
    """Whether literals or things or both; of which datatypes and classes (none named: any)."""

    literal: bool = True
    thing: bool = True
    datatypes: frozenset[Iri] = NONE
    classes: frozenset[Iri] = NONE

    @property
    def says_nothing(self) -> bool:
        """Whether anything at all is allowed."""
        return self == ANYTHING


ANYTHING = Values()
LITERALS = Values(thing=False)
THINGS = Values(literal=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one shape (or the ontology) says of one property of a class. `least` and `greatest` bound its numbers."""

    values: Values = ANYTHING
    many: bool = True
    mandatory: bool = False
    unique_lang: bool = False
    least: int | None = None
    greatest: int | None = None


def of_datatype(iri: Iri) -> Values:
    """Literals of one datatype."""
    return Values(thing=False, datatypes=frozenset({iri}))


def of_class(iri: Iri) -> Values:
    """Things of one class."""
    return Values(literal=False, classes=frozenset({iri}))


def all_of(values: Iterable[Values]) -> Values:
    """What every one of them allows; where they contradict each other, what any of them does."""
    return reduce(_both, sorted(set(values), key=_key), ANYTHING)


def any_of(values: Iterable[Values]) -> Values:
    """What at least one of them allows; of none, anything."""
    given = sorted(set(values), key=_key)
    return reduce(_either, given) if given else ANYTHING


def together(rules: Iterable[Rule]) -> Rule:
    """All the rules hold at once."""
    given = list(rules)
    return Rule(
        values=all_of(rule.values for rule in given),
        many=all(rule.many for rule in given),
        mandatory=any(rule.mandatory for rule in given),
        unique_lang=any(rule.unique_lang for rule in given),
        least=max((rule.least for rule in given if rule.least is not None), default=None),
        greatest=min((rule.greatest for rule in given if rule.greatest is not None), default=None),
    )


def widest(rules: Iterable[Rule]) -> Rule:
    """One rule that lets through what any of them does. `mandatory` is left to each class."""
    given = list(rules)
    least = [rule.least for rule in given if rule.least is not None]
    greatest = [rule.greatest for rule in given if rule.greatest is not None]
    return Rule(
        values=any_of(rule.values for rule in given),
        many=any(rule.many for rule in given),
        unique_lang=all(rule.unique_lang for rule in given),
        least=min(least) if len(least) == len(given) else None,
        greatest=max(greatest) if len(greatest) == len(given) else None,
    )


def completed(values: Values, declared: Values) -> Values:
    """What shapes say, filled in by what the ontology declares where they say nothing."""
    if values.says_nothing:
        return declared
    datatypes = values.datatypes or (declared.datatypes if values.literal else NONE)
    classes = values.classes or (declared.classes if values.thing else NONE)
    return Values(values.literal, values.thing, datatypes, classes)


def _both(a: Values, b: Values) -> Values:
    literal, thing = a.literal and b.literal, a.thing and b.thing
    if not (literal or thing):
        literal = thing = True
    datatypes = _common(a.datatypes, b.datatypes) if literal else NONE
    return Values(literal, thing, datatypes, _common(a.classes, b.classes) if thing else NONE)


def _common(a: frozenset[Iri], b: frozenset[Iri]) -> frozenset[Iri]:
    return (a & b) or (a | b)


def _either(a: Values, b: Values) -> Values:
    datatypes = _united([v.datatypes for v in (a, b) if v.literal])
    classes = _united([v.classes for v in (a, b) if v.thing])
    return Values(a.literal or b.literal, a.thing or b.thing, datatypes, classes)


def _united(sets: list[frozenset[Iri]]) -> frozenset[Iri]:
    return NONE.union(*sets) if sets and all(sets) else NONE


def _key(values: Values) -> tuple[bool, bool, list[Iri], list[Iri]]:
    return values.literal, values.thing, sorted(values.datatypes), sorted(values.classes)
