"""What a server is asked with, at most. Apart from the driver, which who asks a file need not wait for."""

from __future__ import annotations

from dataclasses import dataclass

#: How many nodes and facts one transaction takes. A larger load is written in steps, and readers are told to wait.
ONE_TRANSACTION = 50_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections may be open at once, and how long one statement may take, in s; None: as long as it does."""

    pool: int = 32
    timeout: float | None = None


NO_LIMITS = Limits()
