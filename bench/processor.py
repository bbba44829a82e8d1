"""What processes spend on a processor: on a machine that others use too, it says more than the time that passes."""

from __future__ import annotations

import os
from pathlib import Path


def spent(pid: int) -> float:
    """The time that all threads of a process have spent on a processor, in ms (Linux)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:  # it has just ended
            continue
    return total / 1e6


def children() -> set[int]:
    """The processes that this one has started."""
    own = Path(f"/proc/{os.getpid()}/task")
    return {int(pid) for task in own.iterdir() for pid in (task / "children").read_text().split()}
