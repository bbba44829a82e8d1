"""What headers ask for: a language, and a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kaigraph.graphql.http import Application
from kaigraph.graphql.http.wanted import language_of
from tests.graphql_.http_server import asked, get, post, running
from tests.graphql_.test_dated import dated

TEXT = "{ sources(where: {published: {isNull: false}}, orderBy: {id: ASC}, first: 1) { totalCount nodes { label } } }"
LANGUAGES = ("en", "ko", "zh-hant")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(Application(dated())) as found:
        yield found


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", None),
        ("ko", "ko"),
        ("KO-kr", "ko"),
        ("en, ko", None),
        ("en;q=0.5, ko;q=0.7", "ko"),
        ("ko;q=0, en", None),
        ("fr-CH, fr;q=0.9, ko;q=0.8, *;q=0.5", "ko"),
        ("fr, *;q=0.5, ko;q=0.4", None),
        ("zh-Hant-TW", "zh-hant"),
        ("zh", None),
        ("fr", None),
        ("ko;q=nonsense", None),
        (";;,=,ko;x=1", "ko"),
    ],
)
def test_the_language_that_a_client_likes_best(header: str, tag: str | None) -> None:
    assert language_of(header.encode(), LANGUAGES) == tag


def test_a_model_of_another_first_language() -> None:
    assert language_of(b"en", ("ko", "en")) == "en"
    assert language_of(b"ko", ("ko", "en")) is None


def test_labels_come_in_the_language_of_the_request(port: int) -> None:
    texts = {
        language: get(port, asked(TEXT), accept_language=language).json["data"]["sources"]["nodes"][0]["label"]
        for language in ("en-GB", "ko-KR", "fr")
    }
    assert texts["ko-KR"].startswith("000 기사")
    assert texts["en-GB"] == texts["fr"]
    assert texts["fr"].startswith("Article 000")
    explicit = post(port, {"query": TEXT.replace("label", "label(lang: EN)")}, accept_language="ko")
    assert explicit.json["data"]["sources"]["nodes"][0]["label"] == texts["fr"], "who asks for a language gets that"


@pytest.mark.parametrize("date", ["2025-02-22", "Sat, 22 Feb 2025 23:59:59 GMT", "Sat, 22 Feb 2025 01:00:00 -0000"])
def test_a_day_of_the_past(port: int, date: str) -> None:
    found = post(port, {"query": TEXT}, accept_datetime=date)
    assert found.status == 200
    assert found.json["data"]["sources"]["totalCount"] == 3
    assert found.json["extensions"]["asOf"]["date"] == "2025-02-22"


def test_an_empty_header_is_none(port: int) -> None:
    assert "asOf" not in post(port, {"query": TEXT}, accept_datetime="", accept_language="").json["extensions"]


@pytest.mark.parametrize("date", ["yesterday", "2025-02-30", "2025", "20250222T", "99999999999999", "\xff"])
def test_what_is_no_date_is_refused(port: int, date: str) -> None:
    found = post(port, {"query": TEXT}, accept_datetime=date)
    assert (found.status, found.code) == (400, "BAD_REQUEST")
    assert "Accept-Datetime" in found.json["errors"][0]["message"]


def test_caches_are_told(port: int) -> None:
    found = get(port, asked(TEXT), accept_datetime="2025-02-22", accept_language="ko")
    assert found.headers["vary"] == "Accept, Accept-Language, Accept-Datetime, Accept-Encoding"
    again = get(
        port, asked(TEXT), accept_datetime="2025-02-23", accept_language="ko", if_none_match=found.headers["etag"]
    )
    assert again.status == 200, "another day says another date"
    same = get(
        port, asked(TEXT), accept_datetime="2025-02-22", accept_language="ko", if_none_match=found.headers["etag"]
    )
    assert same.status == 304
