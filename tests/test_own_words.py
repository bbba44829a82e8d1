"""No copied prose: nothing that we write shares a run of more than eight words with an article.

The articles are not in the project. Where they lie beside the checkout, all data are compared with them; the comparison
itself is tested on invented text everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, parse

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT.parent / "shared" / "sources"
MOST = 8

#: What may be longer: names that are as long as that. Each with the reason.
NAMES = {
    "National AI Capability Enhancement Plan through the Expansion of AI Computing Infrastructure": (
        "the plan's whole official name, a skos:altLabel"
    ),
}

TEXT = "The quick brown fox jumps over the lazy dog, and then it sleeps for an hour."


def words(text: str) -> list[str]:
    """The words of a text, case and punctuation folded."""
    return re.findall(r"\w+", re.sub(r"['’‘]", "", unicodedata.normalize("NFKC", text).casefold()))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of one word more than may be shared."""
    found = words(text)
    return (tuple(found[i : i + MOST + 1]) for i in range(len(found) - MOST))


def copied(texts: Iterable[str], articles: Iterable[str]) -> list[str]:
    """The texts that share such a run with an article."""
    known = {run for article in articles for run in runs(article)}
    return [text for text in texts if any(run in known for run in runs(text))]


def literals() -> set[str]:
    """All that the data say in words."""
    files = [*sorted((ROOT / "data").glob("*.trig")), *sorted((ROOT / "examples").rglob("*.trig"))]
    return {q.object.value for file in files for q in parse(path=file) if isinstance(q.object, Literal)}


@pytest.mark.parametrize(
    ("text", "is_copied"),
    [
        pytest.param("quick brown fox jumps over the lazy dog", False, id="eight"),
        pytest.param("the quick brown fox jumps over the lazy dog", True, id="nine"),
        pytest.param("So: the QUICK, brown fox – jumps over “the lazy” dog!", True, id="case-and-punctuation"),
        pytest.param("the quick brown fox jumps over a lazy dog and then it sleeps", False, id="one-word-changed"),
        pytest.param("", False, id="empty"),
    ],
)
def test_what_counts_as_copied(text: str, is_copied: bool) -> None:
    assert bool(copied([text], [TEXT])) == is_copied


def test_words_are_folded_alike_in_both_scripts() -> None:
    assert words("The ministry’s plan, (2025)") == words("the MINISTRYS plan 2025")
    assert words("‘국가 AI’ 위원회") == ["국가", "ai", "위원회"]


def test_nothing_that_we_write_is_copied() -> None:
    """Without the articles this compares with none: then the tests above stand alone."""
    articles = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    assert len(literals()) > 1000
    assert sorted(copied(literals(), articles)) == (sorted(NAMES) if articles else [])
