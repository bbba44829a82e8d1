"""Making the next item while the one before it is used."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from kaigraph.loaders.ahead import ahead


def test_all_items_in_their_order() -> None:
    assert list(ahead(range(100))) == list(range(100))
    assert list(ahead([None, None])) == [None, None]
    assert list(ahead([])) == []


def test_the_next_is_made_meanwhile_and_no_more_than_that() -> None:
    made = [Event() for _ in range(3)]

    def items() -> Iterator[int]:
        for n, event in enumerate(made):
            event.set()
            yield n

    found = ahead(items())
    assert next(found) == 0
    assert made[1].wait(10)
    assert not made[2].is_set()
    assert list(found) == [1, 2]


def test_what_goes_wrong_is_told_in_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise LookupError

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(LookupError):
        next(found)
