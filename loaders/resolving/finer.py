"""Whether one value only says more exactly what another says: a day within a month, 1.47 where the other has 1.5."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from pyoxigraph import BlankNode, Literal

from kaigraph.loaders.graph import Term
from kaigraph.loaders.literals.numbers import number_key
from kaigraph.loaders.quads import object_of
from kaigraph.loaders.resolving.values import Values
from kaigraph.ontology.datatypes.edtf import DATE_TYPES, Bounds, date_bounds
from kaigraph.ontology.datatypes.xsd import FLOAT_TYPES, NUMBER_TYPES

#: A value as a graph asserts it.
Given = tuple[Term, str]

# A number of one digit that counts may be rounded or not: 10,000 does not tell that it could have been 13,000.
_FEWEST_DIGITS = 2


def are_refinements(given: Iterable[Given], values: Values) -> bool:
    """Whether different values form a chain from the coarsest to the finest."""
    distinct = list({values.key(*value): value for value in given}.values())
    coarser = {id(one): sum(_is_finer(other, one, values) for other in distinct) for one in distinct}
    chain = sorted(distinct, key=lambda one: -coarser[id(one)])
    return len(chain) > 1 and all(_is_finer(fine, coarse, values) for coarse, fine in pairwise(chain))


def _is_finer(one: Given, other: Given, values: Values) -> bool:
    """Whether the one lies within what the other leaves open, and they are not equal."""
    (term, _), (than, _) = one, other
    if values.key(*one) == values.key(*other):
        return False
    if isinstance(term, Literal) and isinstance(than, Literal):
        return _literal_is_finer(term, than)
    return isinstance(term, BlankNode) and isinstance(than, BlankNode) and _structure_is_finer(one, other, values)


def _structure_is_finer(one: Given, other: Given, values: Values) -> bool:
    """The same properties, each with an equal or a finer value."""
    mine, theirs = _content(one, values), _content(other, values)
    if mine.keys() != theirs.keys():
        return False
    return all(_all_finer(mine[name], theirs[name], values) for name in mine)


def _all_finer(mine: list[Given], theirs: list[Given], values: Values) -> bool:
    if sorted(values.key(*v) for v in mine) == sorted(values.key(*v) for v in theirs):
        return True
    return len(mine) == len(theirs) == 1 and _is_finer(mine[0], theirs[0], values)


def _content(given: Given, values: Values) -> dict[str, list[Given]]:
    node, graph = given
    found: dict[str, list[Given]] = defaultdict(list)
    for quad in values.within(node, graph) if isinstance(node, BlankNode) else ():
        if quad.subject == node:
            found[quad.predicate.value].append((object_of(quad), graph))
    return found


def _literal_is_finer(one: Literal, other: Literal) -> bool:
    datatypes = {one.datatype.value, other.datatype.value}
    if datatypes <= DATE_TYPES:
        return _date_is_finer(_bounds(one), _bounds(other))
    return datatypes <= NUMBER_TYPES - FLOAT_TYPES and _number_is_finer(one.value, other.value)


def _bounds(literal: Literal) -> Bounds:
    try:
        return date_bounds(literal.value, literal.datatype.value)
    except ValueError:  # the gate reports it
        return None, None


def _date_is_finer(one: Bounds, other: Bounds) -> bool:
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return False
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _number_is_finer(one: str, other: str) -> bool:
    """Whether the other is the one, rounded to the digits that count."""
    if number_key(one) is None or number_key(other) is None:
        return False
    digits = Decimal(other).normalize().as_tuple()
    fewer = len(digits.digits) < len(Decimal(one).normalize().as_tuple().digits)
    if not isinstance(digits.exponent, int) or len(digits.digits) < _FEWEST_DIGITS or not fewer:
        return False
    return abs(Decimal(one) - Decimal(other)) * 2 <= Decimal((0, (1,), digits.exponent))
