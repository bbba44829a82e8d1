"""Sorting more than memory should hold: runs in temporary files, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

RUN = 100_000  # lines
_BLOCK = 1 << 16  # bytes that each run reads at a time


def sorted_once(lines: Iterable[str]) -> Iterator[str]:
    """Lines in the order of code points, each once; one has no line break. All are read before the first comes out."""
    waiting = iter(lines)
    runs: list[IO[bytes]] = []
    while run := list(islice(waiting, RUN)):
        ordered = sorted(set(run))
        if not runs and len(run) < RUN:
            return iter(ordered)
        runs.append(_kept(ordered))
    return _once(heapq.merge(*map(_read, runs)))


def _kept(run: Iterable[str]) -> IO[bytes]:
    out = tempfile.TemporaryFile(buffering=_BLOCK)  # noqa: SIM115  # who reads it closes it
    out.writelines(line.encode() + b"\n" for line in run)
    out.seek(0)
    return out


def _read(run: IO[bytes]) -> Iterator[bytes]:
    with run:
        for line in run:
            yield line[:-1]  # without its end, which would stand above a longer line's next character


def _once(lines: Iterable[bytes]) -> Iterator[str]:
    last = None
    for line in lines:
        if line != last:
            yield line.decode()
        last = line
