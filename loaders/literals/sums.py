"""Sums that are right in any order: of limbs, beyond 64 bits; of floats, rounded once."""

from __future__ import annotations

import math

from kaigraph.loaders.literals.numbers import limbs_text
from kaigraph.ontology.errors import BadOperation

#: What an engine gives.
Plain = int | float | bytes | str | None


class SumTooLarge(BadOperation):
    """A sum beyond what can be added exactly."""

    code = "SUM_OUT_OF_BOUNDS"

    def __init__(self) -> None:
        """There is one reason only."""
        super().__init__(
            "a number of the sum, or the sum, is beyond what is added exactly: 24 digits before and 12 after the point",
            hint="leave the largest numbers out with where",
        )


def decimal_sum(*given: Plain) -> str | None:
    """The sum of limbs as decimal text: high, middle, low, how many numbers there were, how many of them had limbs.

    Raises:
        SumTooLarge: the counts differ, so a number was out of bounds.
    """
    *limbs, numbers, exact = given
    if numbers != exact:
        raise SumTooLarge
    high, middle, low = (limb if isinstance(limb, int) else None for limb in limbs)
    return None if high is None or middle is None or low is None else limbs_text(high, middle, low)


class FloatSum:
    """An aggregate: the correctly rounded sum of floats, whatever their order. NaN and text count for nothing."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._values: list[float] = []

    def step(self, *given: Plain) -> None:
        """Add one."""
        (text,) = given
        if isinstance(text, str):
            try:
                self._values.append(float(text))
            except ValueError:
                return

    def final(self) -> str | None:
        """The sum as text."""
        values = [v for v in self._values if not math.isnan(v)]
        try:
            return repr(math.fsum(values)) if values else None
        except (OverflowError, ValueError):  # infinite on the way, or both infinities
            return repr(sum(values))
