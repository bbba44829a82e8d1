"""What the engine wants of a store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from kaigraph.graphql.plan import Plan


class Answering(Protocol):
    """A store that answers plans."""

    @property
    def waits(self) -> bool:
        """Whether it waits for others within an event loop, as for a server."""
        ...

    def compile(self, plan: Plan) -> str:
        """The one statement of a plan."""
        ...

    def is_still(self, version: str) -> bool:
        """Whether it holds that data version, if that can be told without asking anybody."""
        ...

    def run(self, statement: str, params: Sequence[object], known: str | None = None) -> tuple[bytes | None, str]:
        """The JSON of `data`, and the data version that it was read at.

        The JSON may be None where that is the version whose answer is `known`. It is an empty text where no answer is,
        and None where nobody keeps answers.
        """
        ...

    async def run_async(
        self, statement: str, params: Sequence[object], known: str | None = None
    ) -> tuple[bytes | None, str]:
        """The same, within an event loop."""
        ...

    async def close_async(self) -> None:
        """Let go of what the running event loop opened."""
        ...


Run = Callable[[str, Sequence[object], "str | None"], Awaitable["tuple[bytes | None, str]"]]
