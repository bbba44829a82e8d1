"""What answers, as this package sees it: the engine, or whatever stands around it."""

from __future__ import annotations

from typing import Protocol

from kaigraph.graphql.answers import Answer
from kaigraph.graphql.counters import Counters
from kaigraph.graphql.engine import Operation


class Answerer(Protocol):
    """Answers operations, and counts."""

    @property
    def counters(self) -> Counters:
        """What it counted."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages it can answer in, the default first."""
        ...

    @property
    def waits(self) -> bool:
        """Whether it waits for others while it answers: a small operation, at that."""
        ...

    async def answer_async(self, request: Operation) -> Answer:
        """The answer to a request; errors that were foreseen are answers too."""
        ...

    async def close_async(self) -> None:
        """Let go of what the running event loop opened."""
        ...
