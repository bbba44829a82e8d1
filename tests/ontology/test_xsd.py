import pytest

from kaigraph.ontology.datatypes.xsd import check_lexical
from kaigraph.ontology.terms import XSD

GOOD = {
    "integer": ["0", "-007", "+1" + "0" * 5000],
    "long": ["9223372036854775807", "-9223372036854775808", "000"],
    "unsignedByte": ["255", "-0"],
    "positiveInteger": ["1"],
    "decimal": ["1.", ".5", "-0.000000000000000000000000001", "1" * 400],
    "double": ["1e400", "-INF", "+INF", "NaN", "1", ".1E-5"],
    "boolean": ["true", "0"],
    "date": ["0000-01-01", "-0044-03-15", "12025-01-01Z"],
    "dateTime": ["2025-02-20T24:00:00", "2025-02-20T10:00:00.123456789+14:00"],
    "time": ["24:00:00", "23:59:59.9Z"],
    "gMonthDay": ["--02-29", "--12-31+09:00"],
    "gDay": ["---31"],
    "gMonth": ["--12"],
    "duration": ["P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S", "P12M"],
    "dayTimeDuration": ["P1DT2H"],
    "yearMonthDuration": ["P1Y2M"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "YWJj", "YQ==", "YWI=", "Y W J j"],
    "language": ["ko", "en-GB"],
    "token": ["", "a b"],
    "NCName": ["가나-1", "_x"],
    "Name": [":a"],
    "NMTOKEN": ["1a"],
    "anyURI": ["anything at all"],
    "string": ["\n"],
    "normalizedString": ["  "],
}
BAD = {
    "integer": ["", "1.0", " 1", "1e3", "٣"],
    "long": ["9223372036854775808", "1" + "0" * 5000],
    "byte": ["-129"],
    "unsignedByte": ["256", "-1"],
    "positiveInteger": ["0"],
    "decimal": [".", "1e3", "INF", ""],
    "double": ["inf", "e5", "1e5.0"],
    "boolean": ["True", "yes"],
    "date": ["2025-02-30", "25-02-03", "2025-02-03T00:00:00"],
    "dateTime": ["2025-02-20T24:00:01", "2025-02-20"],
    "time": ["24:00:01", "9:00:00"],
    "gMonthDay": ["--02-30", "--04-31"],
    "duration": ["P", "PT", "1Y", "P1YT"],
    "dayTimeDuration": ["P1Y"],
    "yearMonthDuration": ["P1D"],
    "hexBinary": ["0"],
    "base64Binary": ["YQ=", "YR==", "Y"],
    "language": ["korean language", ""],
    "token": [" a", "a  b"],
    "NCName": ["1a", "a:b"],
    "normalizedString": ["\n"],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in GOOD.items() for t in texts])
def test_well_typed(name: str, text: str) -> None:
    assert check_lexical(text, XSD + name) is None


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in BAD.items() for t in texts])
def test_ill_typed(name: str, text: str) -> None:
    message = check_lexical(text, XSD + name)
    assert message
    assert len(message) < 200


def test_other_datatypes_are_nobody_s_business() -> None:
    assert check_lexical("x", "http://example.org/integer") is None
