"""How the command line ends: one clear message on standard error, and an exit code that scripts can use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaigraph.ontology.errors import KaigraphError

#: What shells give a program that Ctrl-C ended: 128 + SIGINT.
INTERRUPTED = 130


def run(action: Callable[[], int]) -> int:
    """Run a command: errors made for people become a message and their exit code, Ctrl-C a clean end."""
    try:
        return _ended(action)
    except KeyboardInterrupt:
        sys.stderr.write("kaigraph: interrupted\n")
        return INTERRUPTED


def _ended(action: Callable[[], int]) -> int:
    from kaigraph.ontology.errors import KaigraphError  # with its room: Ctrl-C is minded by now

    try:
        code = action()
        sys.stdout.flush()
    except KaigraphError as error:
        return _told(error)
    except OSError as error:
        return _unwritten(error)
    return code


def _told(error: KaigraphError) -> int:
    sys.stderr.write(f"kaigraph: {error.where + ': ' if error.where else ''}{error.message}\n")
    if error.hint:
        sys.stderr.write(f"  hint: {error.hint}\n")
    return error.exit_code


def _unwritten(error: OSError) -> int:
    """Standard output is gone or full. Python flushes it once more at its end: let that go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    sys.stderr.write(f"kaigraph: cannot write: {error.strerror}\n")
    return 1
