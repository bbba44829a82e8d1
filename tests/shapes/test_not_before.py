"""shapes:notBefore: an end lies before a start only if its latest day lies before the start's earliest."""

from __future__ import annotations

import pytest

from kaigraph.shapes import CORE_SHAPES, validate
from tests.shapes.support import Words, files, turtle

SHAPES = files([CORE_SHAPES]) + turtle(
    "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:from ; sh:property [ sh:path ex:until ; shapes:notBefore ex:from ] ."
)
#: start, end, and whether the end may be that
DATES = [
    ("2025", "2025", True),
    ("2025-09", "2025", True),
    ("2025-09", "2024", False),
    ("2025-09-30", "2025-09", True),
    ("2025-10-01", "2025-09", False),
    ("2025-09-02", "2025-09-01", False),
    ("2025-09-01T10:00:00Z", "2025-09-01", True),
    ("2025-09-02T00:00:00Z", "2025-09-01T23:59:59Z", False),
    ("2025-XX", "2025-01-01", True),
    ("2025-09-XX", "2025-08-XX", False),
    ("2025-08-XX", "2025-08-01", True),
    ("202X", "2020-01-01", True),
    ("203X", "2029", False),
    ("2025", "201X", False),
    ("2025-02?", "2025-02~", True),
    ("2025-03%", "2025-02~", False),
    ("2025-02/2025-06", "2025-03", True),
    ("2025-04/2025-06", "2025-03", False),
    ("2025-04", "2025-01/2025-05", True),
    ("2025-06", "2025-01/2025-05", False),
    ("../2025", "2020", True),
    ("2025", "2020/..", True),
    ("2025", "2020/", True),
    ("2025-21", "2025-01", True),  # a season is a year for this
    ("2025-21", "2024-24", False),
    ("2025-02-21", "2025-02-20", False),
    ("-0044", "-0043", True),  # no four digits: passes
    ("Y17000", "2025", True),
    ("", "2025", True),
]


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_on_edtf_and_xsd_dates(engine: str) -> None:
    text = [f'ex:n{n} ex:from "{s}"^^edtf:EDTF ; ex:until "{e}"^^edtf:EDTF .' for n, (s, e, _) in enumerate(DATES)]
    text += ['ex:x ex:from "2025-09-02"^^xsd:date ; ex:until "2025-09-01"^^xsd:date .']
    text += ['ex:y ex:from "2025"^^xsd:gYear ; ex:until "2025-01-01"^^xsd:date .']
    results = validate(turtle("\n".join(text)), Words((), SHAPES), engine).results
    found = {str(r.focus).strip("<>").split("/")[-1] for r in results}
    assert found == {f"n{n}" for n, (_, _, fine) in enumerate(DATES) if not fine} | {"x"}
    assert {r.component.split("#")[1] for r in results} == {"NotBeforeConstraintComponent"}
    assert all("correct one" in r.messages["en"] and r.value for r in results)


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_one_result_a_value_however_many_starts(engine: str) -> None:
    data = turtle('ex:x ex:from "2025" , "2026" , "2027" ; ex:until "2024" , "2023" , "2030" .')
    results = validate(data, Words((), SHAPES), engine).results
    assert sorted(r.value.value for r in results if r.value) == ["2023", "2024"]
