from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.cursor import BadCursor, decode_cursor, encode_cursor
from kaigraph.loaders.seal import sealed

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.lists(st.none() | TEXTS, max_size=4)


@given(KEYS, TEXTS.filter(bool))
def test_what_is_encoded_is_decoded(keys: list[str | None], node: str) -> None:
    assert decode_cursor(encode_cursor("0123abcd", keys, node), "0123abcd", len(keys)) == (*keys, node)


@given(KEYS, TEXTS.filter(bool), st.data())
def test_one_digit_changed_is_damage(keys: list[str | None], node: str, data: st.DataObject) -> None:
    good = encode_cursor("0123abcd", keys, node)
    at = data.draw(st.integers(9, len(good) - 1))
    damaged = (
        good[:at] + data.draw(st.sampled_from([c for c in "0123456789abcdefkn." if c != good[at]])) + good[at + 1 :]
    )
    with pytest.raises(BadCursor):
        decode_cursor(damaged, "0123abcd", len(keys))


@given(KEYS, TEXTS.filter(bool), st.integers(0, 5))
def test_another_number_of_keys_is_damage(keys: list[str | None], node: str, count: int) -> None:
    if count != len(keys):
        with pytest.raises(BadCursor):
            decode_cursor(encode_cursor("t", keys, node), "t", count)


@given(st.text(max_size=30))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    with suppress(BadCursor):
        assert len(decode_cursor(f"t.{text}", "t", 1)) == 2


@pytest.mark.parametrize("text", ["t", "t.n", "t.n.6", "t.n.zz", "t.k6.61", "t.x61.61", "t.n.61.61", "t.n.ff", "t.n."])
def test_a_damaged_cursor(text: str) -> None:
    with pytest.raises(BadCursor, match="damaged"):
        decode_cursor(text, "t", 1)
    with pytest.raises(BadCursor, match="damaged"):
        decode_cursor(sealed(text), "t", 1)


@pytest.mark.parametrize("text", ["o", "other.n.61", "T.n.61"])
def test_a_foreign_cursor(text: str) -> None:
    with pytest.raises(BadCursor, match="not of this list"):
        decode_cursor(sealed(text), "t", 1)


def test_the_text_is_what_it_was() -> None:
    """Clients keep cursors: a change of their form is a decision."""
    assert encode_cursor("0123abcd", ["가", None, ""], "urn:a") == "0123abcd.keab080.n.k.75726e3a61.b662eb3a"
