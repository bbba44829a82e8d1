"""Runs a notebook without a kernel: its code cells in order, in one namespace, with what each shows.

`python -m tests.client.notebook` runs docs/notebook.ipynb and writes into it what its cells show now.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"

Output = dict[str, Any]


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook, as nbformat 4 has them."""
    found: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return found


def run(cells: list[dict[str, Any]]) -> Iterator[list[Output]]:
    """What each code cell shows: what it prints, and the value of its last expression."""
    space: dict[str, Any] = {"__name__": "__main__"}
    number = 0
    for cell in cells:
        if cell["cell_type"] == "code":
            number += 1
            yield list(_shown("".join(cell["source"]), space, number))


def _shown(source: str, space: dict[str, Any], number: int) -> Iterator[Output]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {number}", "exec"), space)  # noqa: S102  # cells of our own notebook
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {number}", "eval"), space)  # noqa: S307  # as above
    if printed.getvalue():
        yield {"output_type": "stream", "name": "stdout", "text": _lines(printed.getvalue())}
    if value is not None:
        data = {"text/plain": _lines(repr(value))}
        yield {"output_type": "execute_result", "execution_count": number, "metadata": {}, "data": data}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def refresh(notebook: Path) -> None:
    """Write into a notebook what its cells show now."""
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    code = [cell for cell in whole["cells"] if cell["cell_type"] == "code"]
    for number, (cell, outputs) in enumerate(zip(code, run(code), strict=True), 1):
        cell |= {"execution_count": number, "outputs": outputs}
    notebook.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    refresh(NOTEBOOK)
