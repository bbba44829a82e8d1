"""Look again whenever a file changes: a verdict in one line each time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kaigraph.loaders.files.sources import FORMATS
from kaigraph.loaders.pipeline import Inputs, prepare
from kaigraph.ontology import CORE_ONTOLOGY
from kaigraph.ontology.errors import KaigraphError
from kaigraph.shapes import CORE_SHAPES, Report

_PAUSE = 0.5  # seconds

#: What tells that a file changed: when it was written, and its size.
Stamps = Mapping[Path, tuple[int, int]]


def watch(inputs: Inputs, engine: str, say: Callable[[str], object], pause: Callable[[], object] | None = None) -> None:
    """Say a verdict now and after every change, until interrupted; `pause` waits between two looks."""
    wait = pause or (lambda: time.sleep(_PAUSE))
    seen: Stamps | None = None
    try:
        while True:
            stamps = _stamps((CORE_ONTOLOGY, CORE_SHAPES, *inputs.ontology, *inputs.shapes, *inputs.data))
            if stamps != seen:
                seen = stamps
                say(verdict(inputs, engine))
            wait()
    except KeyboardInterrupt:
        return


def verdict(inputs: Inputs, engine: str) -> str:
    """One line: whether the data conform, and if not how often and where first."""
    try:
        prepared = prepare(inputs, engine)
    except KaigraphError as error:
        return f"cannot be read: {' '.join(str(error).split())}"
    return _line(prepared.report, len(prepared.resolved.facts))


def _line(report: Report, facts: int) -> str:
    if report.conforms:
        return f"conforms: {facts} facts"
    counts = ", ".join(f"{number} {severity.rsplit('#', 1)[-1]}" for severity, number in report.counts().items())
    first = report.results[0]
    place = f"{first.file}:{first.line}" if first.file and first.line else first.file or str(first.focus)
    word = "does not conform" if report.blocks else "conforms, with remarks"
    return f"{word}: {counts}; first {place}: {' '.join(first.messages.get('en', first.component).split())}"


def _stamps(paths: Iterable[Path]) -> Stamps:
    """The state of every file; one that goes away while we look is as good as gone."""
    found = {}
    for file in _files(paths):
        try:
            state = file.stat()
        except OSError:
            continue
        found[file] = (state.st_mtime_ns, state.st_size)
    return found


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.suffix.lower() in FORMATS)
        else:
            yield path
