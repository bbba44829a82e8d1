import unicodedata
from decimal import Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.literals.keys import (
    check_literal,
    fold,
    limbs_text,
    literal_key,
    number_key,
    number_limbs,
    sort_key,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.text("aAáÁbB가나ㄱ12 09😀\x01\uffee")
DIGITS = st.text("0123456789", max_size=40)
DECIMALS = st.builds(
    lambda sign, whole, fraction: f"{sign}{whole or '0'}" + (f".{fraction}" if fraction else ""),
    st.sampled_from(["", "-", "+"]),
    DIGITS,
    DIGITS,
)
EXPONENTS = st.integers(-400, 400)


def literal(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(datatype if ":" in datatype else XSD + datatype))


@given(TEXTS)
@example("ẞ ﬁ ＡＢ\u00ad Ⅷ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_folding_does_not_see_how_text_was_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  AI\n\t컴퓨팅 ", "ai 컴퓨팅"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ＡＩ", "ai"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ko",
            [
                "",
                "(주) 다",
                "2차 사업",
                "10차 사업",
                "ㄱ",
                "가",
                "가나",
                "각",
                "나",
                "하",
                "漢字",
                "Å센터",
                "AI",
                "AI 센터",
            ],
        ),
        (
            "en",
            [
                "",
                "(a)",
                "2 items",
                "10 items",
                "ÅNGSTRÖM",
                "apple",
                "Apple",
                "coté",
                "cotf",
                "resume",
                "résumé",
                "Resumes",
                "Zoo",
                "가",
                "나",
            ],
        ),
    ],
)
def test_reading_order(language: str, expected: list[str]) -> None:
    assert sorted(expected, key=lambda t: sort_key(t, language)) == expected


def test_base_letters_decide_before_accents_and_accents_before_case() -> None:
    expected = ["cote", "Cote", "coté", "Coté", "cotes", "CÔTES"]
    assert sorted(expected, key=sort_key) == expected


@given(TEXTS, TEXTS, st.sampled_from(["", "ko", "en"]))
@example("007", "7", "")
@example("a\x01", "a", "")
@example("ß", "ss", "")
def test_different_texts_have_different_keys(one: str, other: str, language: str) -> None:
    assert (sort_key(one, language) == sort_key(other, language)) == (one == other)


@given(TEXTS, TEXTS, st.sampled_from(["", "ko"]))
def test_engines_agree_on_the_order_of_keys(one: str, other: str, language: str) -> None:
    keys = sort_key(one, language), sort_key(other, language)
    orders = [
        keys[0] < keys[1],
        keys[0].encode() < keys[1].encode(),
        keys[0].encode("utf-16-be") < keys[1].encode("utf-16-be"),
    ]
    assert len(set(orders)) == 1


@given(st.text("ab가 ", min_size=300, max_size=400))
def test_keys_are_bounded(text: str) -> None:
    assert len(sort_key(text, "ko")) <= 200
    assert sort_key(text) != sort_key(text + "x")
    assert sort_key("0" + text) < sort_key("zz" + text)


def exact(text: str) -> Decimal:
    with localcontext(prec=2000):
        return Decimal(text)


@given(DECIMALS, DECIMALS)
@example("1.0", "1")
@example("-0", "0.00")
@example("-1.5", "-1.50000000001")
@example("-1", "-10")
def test_number_keys_order_as_numbers_do(one: str, other: str) -> None:
    first, second = number_key(one), number_key(other)
    assert first is not None
    assert second is not None
    assert first.isascii()
    assert (first < second, first == second) == (exact(one) < exact(other), exact(one) == exact(other))


@given(DECIMALS, EXPONENTS, DECIMALS, EXPONENTS)
def test_exponents_count(one: str, up: int, other: str, down: int) -> None:
    left, right = f"{one}e{up}", f"{other}E{down}"
    first, second = number_key(left), number_key(right)
    assert first is not None
    assert second is not None
    assert (first < second) == (exact(left) < exact(right))


@pytest.mark.parametrize("text", ["NaN", "", ".", "-", "1,000", "abc", "1e", "--1", "1 ", "٣", "INFINITY"])
def test_no_number_no_key(text: str) -> None:
    assert number_key(text) is None


def test_infinities_are_the_ends() -> None:
    keys = [number_key(t) for t in ("-INF", "-9e99999", "-1", "0", "1", "9e99999", "INF")]
    assert keys == sorted(keys, key=str)


@given(st.lists(st.tuples(st.integers(-(10**24) + 1, 10**24 - 1), st.integers(0, 12)), max_size=30))
def test_sums_of_limbs_are_exact(numbers: list[tuple[int, int]]) -> None:
    with localcontext(prec=200):
        values = [Decimal(n).scaleb(-places) for n, places in numbers]
        limbs = [number_limbs(format(v, "f")) for v in values]
        assert None not in limbs
        columns = [sum(part) for part in zip(*(x for x in limbs if x), strict=True)] or [0, 0, 0]
        assert Decimal(limbs_text(*columns)) == sum(values)
        assert all(abs(part) < 2**63 for part in columns)


@pytest.mark.parametrize(
    ("text", "limbs"),
    [
        ("2500000000000", (2, 500000000000, 0)),
        ("-1.5", (0, -1, -500000000000)),
        ("0.0000000000001", None),
        ("1" + "0" * 24, None),
        ("1" + "0" * 23, (10**11, 0, 0)),
        ("1.000000000000000", (0, 1, 0)),
        ("x", None),
    ],
)
def test_limbs(text: str, limbs: tuple[int, int, int] | None) -> None:
    assert number_limbs(text) == limbs


@pytest.mark.parametrize(
    ("limbs", "text"),
    [
        ((0, 0, 0), "0"),
        ((0, -1, -500000000000), "-1.5"),
        ((0, 1, -1), "0.999999999999"),
        ((1, -1, 0), "999999999999"),
        ((0, 5, 10**12), "6"),
    ],
)
def test_limbs_carry(limbs: tuple[int, int, int], text: str) -> None:
    assert limbs_text(*limbs) == text


def test_equal_floats_have_one_key() -> None:
    assert literal_key(literal("0.1", "double")) == literal_key(literal("1.00000000000000001E-1", "double"))
    assert literal_key(literal("0.1", "float")) == literal_key(literal("0.10000000149", "float")) == number_key("0.1")
    assert literal_key(literal("1e999", "double")) == literal_key(literal("INF", "double"))
    assert literal_key(literal("-1e99", "float")) == literal_key(literal("-INF", "float"))
    assert literal_key(literal("NaN", "double")) is None


def test_keys_by_datatype() -> None:
    assert literal_key(literal("true", "boolean")) == literal_key(literal("1", "boolean")) == "1"
    assert literal_key(literal("no", "boolean")) is None
    assert literal_key(literal("2025-02-30", EDTF)) is None
    assert literal_key(Literal("나", language="ko")) == sort_key("나", "ko")
    assert literal_key(literal("x", "http://example.org/unknown")) == sort_key("x")


def test_dates_order_by_start_then_end_then_text() -> None:
    texts = ["../2024", "2025", "2025-01/2025-03", "2025-01", "2025-01-01", "2025-01-01T00:00:00"]
    expected = ["../2024", "2025-01-01", "2025-01", "2025-01/2025-03", "2025", "2025-01-01T00:00:00"]
    assert sorted(texts, key=lambda t: str(literal_key(literal(t, EDTF)))) == expected


def test_ill_typed_literals_are_told() -> None:
    assert check_literal(literal("2025-02-30", "date")) == "2025-02 has 28 days, not 30"
    assert check_literal(literal("2025-02-28", "date")) is None
    assert check_literal(Literal("anything")) is None
