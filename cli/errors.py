"""How the command line ends: one clear message on standard error, and an exit code that scripts can use."""

from __future__ import annotations

import sys
from collections.abc import Callable

from kaigraph.ontology.errors import KaigraphError

#: What shells give a program that Ctrl-C ended: 128 + SIGINT.
INTERRUPTED = 130


def run(action: Callable[[], int]) -> int:
    """Run a command: errors made for people become a message and their exit code, Ctrl-C a clean end."""
    try:
        return action()
    except KaigraphError as error:
        sys.stderr.write(f"kaigraph: {error.where + ': ' if error.where else ''}{error.message}\n")
        if error.hint:
            sys.stderr.write(f"  hint: {error.hint}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("kaigraph: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
