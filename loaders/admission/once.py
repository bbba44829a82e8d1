"""One result for one wrong literal: what else is said of a value that is no number is only an echo of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Literal

from kaigraph.ontology.terms import SH
from kaigraph.shapes import Result

DATATYPE = SH + "DatatypeConstraintComponent"
_ECHOES = {
    f"{SH}{name}ConstraintComponent"
    for name in ("MinInclusive", "MaxInclusive", "MinExclusive", "MaxExclusive", "LessThan", "LessThanOrEquals")
}


def told_once(results: Iterable[Result], is_wrong: Callable[[Literal], object]) -> list[Result]:
    """The results, of those about one ill-typed value of one node's path a single one: SHACL's sh:datatype, if it can.

    One that blocks is never given up for one that does not. A literal of another datatype keeps its other results,
    save those that compare it.
    """
    kept: list[Result] = []
    about: dict[object, list[Result]] = {}
    for result in results:
        literal = result.value
        concerned = isinstance(literal, Literal) and literal != result.focus
        (about.setdefault((result.focus, result.path, literal), []) if concerned else kept).append(result)
    for found in about.values():
        kept += _best(found, is_wrong)
    return kept


def _best(found: list[Result], is_wrong: Callable[[Literal], object]) -> list[Result]:
    best = min(found, key=lambda r: (not r.blocks, r.component != DATATYPE, r.order))
    if isinstance(best.value, Literal) and is_wrong(best.value):
        return [best]
    if best.component != DATATYPE:
        return found
    return [r for r in found if r.component not in _ECHOES]
