"""The parts of the HTTP server that have laws: negotiation, what is kept, tags."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaigraph.graphql.engine import Operation
from kaigraph.graphql.http.accept import HTML, coding_of, media_of
from kaigraph.graphql.http.eager import in_time
from kaigraph.graphql.http.kept import Kept
from kaigraph.graphql.http.operation import is_mutation, name_of
from kaigraph.graphql.http.reply import GRAPHQL_JSON, JSON
from kaigraph.graphql.http.tags import is_known, tag_of

MEDIA = {b"application/json": JSON, b"application/graphql-response+json": GRAPHQL_JSON, b"text/html": HTML}
QUALITY = st.integers(0, 1000).map(lambda n: n / 1000)


def weight(quality: float) -> bytes:
    return b";q=%s" % f"{quality:.3f}".encode()


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_negotiated(accept: bytes, with_page: bool) -> None:
    found = media_of(accept, with_page)
    assert found in {JSON, GRAPHQL_JSON, None} | ({HTML} if with_page else set())
    assert coding_of(accept, (b"br", b"gzip")) in {b"br", b"gzip", b"identity"}


@given(st.dictionaries(st.sampled_from(sorted(MEDIA)), QUALITY, min_size=1), st.randoms())
def test_the_highest_weight_wins_in_any_order(weights: dict[bytes, float], random: object) -> None:
    parts = [name + weight(quality) for name, quality in weights.items()]
    random.shuffle(parts)  # type: ignore[attr-defined]  # Hypothesis's own kind of Random
    found = media_of(b", ".join(parts), with_page=True)
    best = max(weights.values())
    assert (found is None) == (best == 0)
    assert found is None or found in {MEDIA[name] for name, quality in weights.items() if quality == best}


@given(QUALITY, QUALITY)
def test_what_is_named_goes_before_a_wildcard(named: float, rest: float) -> None:
    found = media_of(b"*/*" + weight(rest) + b", application/graphql-response+json" + weight(named), with_page=False)
    wanted = GRAPHQL_JSON if named >= rest else JSON
    assert found == (None if not named and not rest else wanted)


@given(st.dictionaries(st.sampled_from([b"br", b"gzip", b"identity"]), QUALITY))
def test_codings_by_weight(weights: dict[bytes, float]) -> None:
    header = b", ".join(name + weight(quality) for name, quality in weights.items())
    found = coding_of(header, (b"br", b"gzip"))
    made = {name: weights.get(name, 0.0) for name in (b"br", b"gzip")}
    if found == b"identity":
        assert all(quality == 0 or quality < weights.get(b"identity", 0.0) for quality in made.values())
    else:
        assert made[found] == max(made.values()) > 0


def test_a_page_is_for_those_who_ask_for_it() -> None:
    browser = b"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    assert media_of(browser, with_page=True) == HTML
    assert media_of(browser, with_page=False) == JSON
    assert media_of(b"*/*", with_page=True) == JSON


@given(st.lists(st.tuples(st.binary(max_size=40), st.sampled_from("ab"), st.binary(max_size=40)), max_size=60))
def test_what_is_kept_is_bounded_and_right(puts: list[tuple[bytes, str, bytes]]) -> None:
    kept, known = Kept(200), dict[tuple[bytes, str], bytes]()
    for body, how, made in puts:
        kept.put(body, how, made)
        known.setdefault((body, how), made)
        found = kept.get(body, how)
        assert found is None or found in {m for b, h, m in puts if (b, h) == (body, how)}
        assert (found is not None) >= (len(body) + len(made) <= 50)
        assert kept.used <= 200


@given(st.binary(max_size=30), st.binary(max_size=30), st.sampled_from([b"identity", b"gzip", b"br"]))
def test_tags_are_of_bytes(one: bytes, two: bytes, coding: bytes) -> None:
    kept = Kept()
    tag = tag_of(JSON, one, coding, kept)
    assert (tag == tag_of(JSON, two, coding, Kept())) == (one == two)
    assert tag == tag_of(JSON, one, coding, kept), "found again among what is kept"
    assert tag != tag_of(GRAPHQL_JSON, one, coding, kept)
    for sent in (tag, b"W/" + tag, b'"x", ' + tag, b"*"):
        assert is_known(sent, tag)
    assert not is_known(b'"x"', tag)


@given(st.text(max_size=80))
def test_a_name_is_logged_only_where_the_document_has_it(name: str) -> None:
    found = name_of(Operation("query A { a } query B { b }", None, name))
    assert found == (name if name in ("A", "B") else "A" if not name else "")


@given(st.text(alphabet='{}() mutaionquerysb"#\n', max_size=60))
def test_any_text_may_be_looked_at_for_a_mutation(text: str) -> None:
    assert is_mutation(Operation(text)) in (True, False)
    assert "mutation" in text or not is_mutation(Operation(text))


@given(st.lists(st.booleans(), max_size=6), st.booleans())
def test_a_time_limit_changes_nothing_else(waits: list[bool], fails: bool) -> None:
    async def work() -> list[bool]:
        for wait in waits:
            if wait:
                await asyncio.sleep(0)
        if fails:
            raise KeyError
        return waits

    async def limited() -> list[bool]:
        return await in_time(work(), 60)

    if fails:
        with pytest.raises(KeyError):
            asyncio.run(limited())
    else:
        assert asyncio.run(limited()) == waits


def test_a_time_limit_ends_what_waits_and_lets_it_clean_up() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cleaned")

    async def limited() -> None:
        await in_time(work(), 0.01)

    with pytest.raises(TimeoutError):
        asyncio.run(limited())
    assert ended == ["cleaned"]


def test_who_cancels_from_outside_is_not_told_of_a_time_limit() -> None:
    async def outside() -> bool:
        task = asyncio.ensure_future(in_time(asyncio.Event().wait(), 60))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled()

    assert asyncio.run(outside())
