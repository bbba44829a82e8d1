"""The command line, run in this process: as a script would see it, without the second it takes to start Python."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from kaigraph.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    code: int
    out: str
    err: str


def kaigraph(*arguments: str, stdin: str = "", cwd: Path | None = None) -> Ran:
    """Run a command line."""
    written = io.BytesIO()
    out, err = io.TextIOWrapper(written, encoding="utf-8"), io.StringIO()
    before = Path.cwd()
    os.chdir(cwd or before)
    try:
        given = mock.patch.object(sys, "stdin", io.StringIO(stdin))
        with given, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = _run(arguments)
        out.flush()
        return Ran(code, written.getvalue().decode(), err.getvalue())
    finally:
        os.chdir(before)


def _run(arguments: tuple[str, ...]) -> int:
    try:
        return main(arguments)
    except SystemExit as stop:  # argparse ends so
        return stop.code if isinstance(stop.code, int) else 2
