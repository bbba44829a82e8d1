"""What SQL cannot say: exact sums beyond 64 bits, sums of floats in any order, floats as JSON, checksums."""

from __future__ import annotations

import math

import apsw
import orjson

from kaigraph.loaders.numbers import limbs_text
from kaigraph.loaders.seal import sealed
from kaigraph.ontology.errors import BadOperation


class SumTooLarge(BadOperation):
    """A sum beyond what can be added exactly."""

    code = "SUM_OUT_OF_BOUNDS"

    def __init__(self) -> None:
        """There is one reason only."""
        super().__init__(
            "a number of the sum, or the sum, is beyond what is added exactly: 24 digits before and 12 after the point",
            hint="leave the largest numbers out with where",
        )


SQLiteValue = int | float | bytes | str | None


def decimal_sum(*given: SQLiteValue) -> str | None:
    """The sum of limbs as decimal text: high, middle, low, how many numbers there were, how many of them had limbs.

    Raises:
        SumTooLarge: the counts differ, so a number was out of bounds.
    """
    *limbs, numbers, exact = given
    if numbers != exact:
        raise SumTooLarge
    high, middle, low = (limb if isinstance(limb, int) else None for limb in limbs)
    return None if high is None or middle is None or low is None else limbs_text(high, middle, low)


def json_float(*given: SQLiteValue) -> str | None:
    """A float as JSON, as Python writes it; nothing for what JSON has no number for."""
    (text,) = given
    if not isinstance(text, str):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return orjson.dumps(value).decode() if math.isfinite(value) else None


def _sealed(*given: SQLiteValue) -> str | None:
    (text,) = given
    return sealed(text) if isinstance(text, str) else None


class FloatSum:
    """An aggregate: the correctly rounded sum of floats, whatever their order. NaN and text count for nothing."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._values: list[float] = []

    def step(self, *given: SQLiteValue) -> None:
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


def register(connection: apsw.Connection) -> None:
    """Make the functions known to a connection."""
    connection.create_scalar_function("decimal_sum", decimal_sum, 5, deterministic=True)
    connection.create_scalar_function("sealed", _sealed, 1, deterministic=True)
    connection.create_scalar_function("json_float", json_float, 1, deterministic=True)
    connection.create_aggregate_function("float_sum", FloatSum, 1)
