"""The notebook of docs shows what it shows: each of its cells is run, and what comes out is compared."""

from __future__ import annotations

import json

from tests.client.notebook import NOTEBOOK, cells_of, run


def test_the_notebook_shows_what_it_shows() -> None:
    code = [cell for cell in cells_of(NOTEBOOK) if cell["cell_type"] == "code"]
    found = list(run(code))
    assert len(found) == len(code) > 8
    for cell, outputs in zip(code, found, strict=True):
        text = "".join(cell["source"])
        again = "run python -m tests.client.notebook if this is right"
        assert outputs == cell["outputs"], f"{text}\nshows something else: {again}"


def test_it_is_a_notebook() -> None:
    whole = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (whole["nbformat"], whole["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in whole["cells"]]
    assert len(set(names)) == len(names)
    assert not any(output["output_type"] == "error" for cell in whole["cells"] for output in cell.get("outputs", ()))


def test_a_cell_shows_what_it_prints_and_its_last_value() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# text"]},
        {"cell_type": "code", "source": ["x = 1\n", "print('a')\n", "x + 1"]},
        {"cell_type": "code", "source": ["x += 1"]},
        {"cell_type": "code", "source": ["print(x)"]},
    ]
    first, second, third = run(cells)
    assert [o["output_type"] for o in first] == ["stream", "execute_result"]
    assert first[1]["data"] == {"text/plain": ["2"]}
    assert second == []
    assert third[0]["text"] == ["2\n"]
