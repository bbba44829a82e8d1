"""Numbers on the command line."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from typing import TypeVar

Number = TypeVar("Number", int, float)


def at_least(least: Number) -> Callable[[str], Number]:
    """What reads a number of the kind of the least one, and tells of any other in words."""
    kind = type(least)

    def read(text: str) -> Number:
        try:
            number = kind(text)
        except ValueError:
            number = kind(least - 1)
        if not least <= number < math.inf:
            whole = "whole number" if kind is int else "number"
            raise argparse.ArgumentTypeError(f"not a {whole} of {least:g} or more: {text!r}")
        return number

    return read
