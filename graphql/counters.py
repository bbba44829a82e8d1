"""What an engine counted since it started. Whoever reports figures reads them; nobody else writes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counters:
    """Plain numbers that only grow."""

    plan_hits: int = 0
    plan_misses: int = 0
    answer_hits: int = 0
    answer_misses: int = 0
    statements: int = 0  # that were sent to the store
    store_errors: Counter[str] = field(default_factory=Counter)  # by the code of the error
