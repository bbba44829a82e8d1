"""Comparisons with what is typed: by the keys by which every store compares, so that an index is used and it is exact.

A number's key has a digit for its sign, the length of its exponent, the exponent, and its digits without zeros at the
end (`kaigraph.loaders.literals.numbers`). Of a whole number a statement can make that itself. Below 0 it starts from
all numbers there, and decides by the limbs: compared as lists, the highest first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kaigraph.bloom.cypher import named, plain
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import Answer, Parameter
from kaigraph.loaders.layout import LIMBS, Wide
from kaigraph.loaders.literals.comparison import Comparison
from kaigraph.loaders.literals.numbers import BASE
from kaigraph.loaders.neo4j.indexes import index_label
from kaigraph.ontology.phrases import Phrase

_DAY = "[0-9]{4}(-[0-9]{2}){0,2}"
_MOST = 100  # suggestions


@dataclass(frozen=True, slots=True)
class _Place:
    """Where what is compared lies: the label that is indexed, the key, and the label of the class asked for."""

    ground: Ground
    wide: Wide
    label: str
    key: str
    cls: str

    @property
    def match(self) -> str:
        return f"MATCH (n0:{named(self.label)}) WHERE n0.{named(self.key)}"

    @property
    def of_class(self) -> str:
        return "" if self.cls == self.label else f" AND n0:{named(self.cls)}"


def compared(phrase: Phrase, ground: Ground) -> Answer | None:
    """Find the start of a phrase by a date or a number; None where the property is neither, or has no index."""
    wide, cls = ground.mapping.wide.get(str(phrase.compares)), ground.label(phrase.start)
    maker = _MAKERS.get((wide.comparison, phrase.comparison)) if wide else None
    if wide is None or maker is None or cls is None:
        return None
    key = wide.part("upper" if phrase.comparison == "before" else "key")
    label = index_label(ground.model, str(phrase.start), key)
    return maker(_Place(ground, wide, label, key, cls)) if label else None


def days(label: str, key: str) -> str:
    """A statement that suggests days, by a key that begins with one."""
    day = f"left(n.{named(key)}, 10)"
    match = f"MATCH (n:{named(label)}) WHERE n.{named(key)} > ''"
    return f"{match} RETURN DISTINCT {day} AS day ORDER BY day LIMIT {_MOST}"


def _before(place: _Place) -> Answer:
    """Its last possible moment lies before the day."""
    return _dated(place, "< $date")


def _after(place: _Place) -> Answer:
    """Its first possible day is a later one: no key of the day itself is above the day with a tilde."""
    return _dated(place, "> $date + '~'")


def _dated(place: _Place, condition: str) -> Answer:
    statement = f"{place.match} {condition}{place.of_class} AND $date =~ '{_DAY}'"
    return Answer(statement, (Parameter("date", statement=days(place.label, place.key)),))


def _above(place: _Place) -> Answer:
    return _numbered(place, ">", "''")


def _below(place: _Place) -> Answer:
    return _numbered(place, "<", "'2'")


def _numbered(place: _Place, sign: str, start: str) -> Answer:
    limbs = ", ".join(f"n0.{named(place.wide.part(limb))}" for limb in LIMBS)
    unit, parameters = _unit(place)
    statement = (
        "WITH toInteger($amount) AS amount, toString(toInteger($amount)) AS digits\n"
        "WITH amount, digits, toString(size(digits)) AS exponent\n"
        "WITH amount, CASE WHEN amount > 0\n"
        "    THEN '310' + toString(size(exponent)) + exponent + trim(TRAILING '0' FROM digits)\n"
        f"  WHEN amount = 0 THEN '2' ELSE {start} END AS key\n"
        f"{place.match} {sign} key{place.of_class}{unit}\n"
        f"  AND (amount >= 0 OR [{limbs}] {sign} [amount / {BASE}, amount % {BASE}, 0])"
    )
    return Answer(statement, (Parameter("amount", "Integer", statement=_amounts(place)), *parameters))


def _amounts(place: _Place) -> str:
    """A statement that suggests whole numbers that are there."""
    high, middle = (f"n0.{named(place.wide.part(limb))}" for limb in LIMBS[:2])
    return (
        f"{place.match} > '2' AND {high} < {9 * 10**6}\n"
        f"RETURN DISTINCT {high} * {BASE} + {middle} AS amount ORDER BY amount LIMIT {_MOST}"
    )


def _unit(place: _Place) -> tuple[str, tuple[Parameter, ...]]:
    """Numbers of different units are not compared: the unit is asked for where a number has one."""
    unit = place.ground.model.properties[place.wide.property].unit
    if unit is None:
        return "", ()
    own = place.ground.mapping.wide.get(unit)
    key = own.name if own else place.ground.mapping.key(unit)
    typed = plain("$unit")
    own_unit = f"{plain(f'n0.{named(key)}')} = {typed}"
    condition = own_unit if own else f"any(unit IN n0.{named(key)} WHERE {plain('unit')} = {typed})"
    return f" AND {condition}", (Parameter("unit", label=place.cls, key=key),)


_MAKERS: Mapping[tuple[Comparison, str], Callable[[_Place], Answer]] = {
    (Comparison.DATE, "before"): _before,
    (Comparison.DATE, "after"): _after,
    (Comparison.NUMBER, "above"): _above,
    (Comparison.NUMBER, "below"): _below,
}
