"""What SQL cannot say: exact sums, floats as JSON, checksums."""

from __future__ import annotations

import math

import apsw
import orjson

from kaigraph.loaders.literals.sums import FloatSum, Plain, decimal_sum
from kaigraph.loaders.seal import sealed


def json_float(*given: Plain) -> str | None:
    """A float as JSON, as Python writes it; nothing for what JSON has no number for."""
    (text,) = given
    if not isinstance(text, str):
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return orjson.dumps(value).decode() if math.isfinite(value) else None


def _sealed(*given: Plain) -> str | None:
    (text,) = given
    return sealed(text) if isinstance(text, str) else None


def register(connection: apsw.Connection) -> None:
    """Make the functions known to a connection."""
    connection.create_scalar_function("decimal_sum", decimal_sum, 5, deterministic=True)
    connection.create_scalar_function("sealed", _sealed, 1, deterministic=True)
    connection.create_scalar_function("json_float", json_float, 1, deterministic=True)
    connection.create_aggregate_function("float_sum", FloatSum, 1)
