"""Which properties have numbers that are more than small whole ones: pure.

Sums over the others are one number added up instead of three, and nothing to count beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal

from kaigraph.loaders.graph import Fact
from kaigraph.loaders.literals.numbers import number_key, number_limbs
from kaigraph.ontology.datatypes.xsd import NUMBER_TYPES

_DIGITS = 12  # of a limb


def large(facts: Iterable[Fact]) -> list[str]:
    """The properties, sorted, of which a current number has more than 12 digits before the point, or any after it."""
    found: set[str] = set()
    for fact in facts:
        value = fact.object
        if fact.current and isinstance(value, Literal) and value.datatype.value in NUMBER_TYPES:
            text = value.value
            if not _is_plain(text) and fact.predicate.value not in found and not _is_small(text):
                found.add(fact.predicate.value)
    return sorted(found)


def _is_plain(text: str) -> bool:
    """Whether a look is enough to know: most numbers are a few digits, and there may be millions."""
    return len(text) <= _DIGITS and text.isdigit() and text.isascii()


def _is_small(text: str) -> bool:
    """Whether the middle limb alone is the number; what is no number is never added."""
    limbs = number_limbs(text)
    return number_key(text) is None if limbs is None else limbs[0] == limbs[2] == 0
