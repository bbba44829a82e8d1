"""Keys of ids stand in the order of their ids for who compares UTF-16 units too, and an index takes them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kaigraph.loaders.neo4j.ids import id_key

EDGES = "\x00\x01\x02\x03a\ud7ff\ue000\uf8fe\uf8ff\uf900\uffee\uffff\U00010000\U0010ffff😀가"
ids = st.text(st.one_of(st.sampled_from(EDGES), st.characters(exclude_categories=["Cs"])), max_size=12)


def units(text: str) -> bytes:
    return text.encode("utf-16-be")


@given(ids, ids)
def test_one_order(one: str, other: str) -> None:
    keys = id_key(one), id_key(other)
    assert (one < other) == (keys[0] < keys[1]) == (units(keys[0]) < units(keys[1]))
    assert (one == other) == (keys[0] == keys[1])


@given(ids, ids, st.sampled_from(["a", "가", "😀"]))
def test_long_ids_are_told_apart(one: str, other: str, start: str) -> None:
    keys = [id_key(start * 3_000 + end) for end in (one, other)]
    assert (one == other) == (keys[0] == keys[1])
    assert all(len(key.encode()) < 8_000 for key in keys)
