"""Cheap draws: every choice is one integer, so that large things can be drawn often and still shrink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass(frozen=True)
class Draws:
    """Choices that Hypothesis makes."""

    draw: st.DrawFn

    def below(self, end: int) -> int:
        return self.draw(st.integers(0, end - 1)) if end > 1 else 0

    def one_in(self, often: int) -> bool:
        return self.below(often) == often - 1

    def pick(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def some(self, among: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Different ones."""
        rest = list(among)
        size = min(len(rest), least + self.below(most - least + 1))
        return [rest.pop(self.below(len(rest))) for _ in range(size)]

    def many(self, among: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Any, again and again."""
        return [self.pick(among) for _ in range(least + self.below(most - least + 1))] if among else []

    def spread_out(self, among: Sequence[T], kind: Callable[[T], object]) -> T:
        """One of them, each kind as likely as any other."""
        kinds: dict[object, list[T]] = {}
        for one in among:
            kinds.setdefault(kind(one), []).append(one)
        return self.pick(self.pick(list(kinds.values())))
