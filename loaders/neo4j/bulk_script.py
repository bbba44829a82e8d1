"""How files are imported, and what is left to do afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kaigraph.loaders.neo4j.bulk_files import Table
from kaigraph.loaders.neo4j.indexes import indexes_of
from kaigraph.loaders.neo4j.statements import FILL, FILLED
from kaigraph.ontology.model import Model

_BUFFER = 4 << 20  # what the importer takes without being told
_SECONDS = 3_600
_MOST = 10_000


def arguments(nodes: Sequence[Table], edges: Sequence[Table], delimiter: str) -> str:
    """The arguments of the importer, one a line; paths are relative to the folder, so that it can be moved.

    Texts may hold line breaks, so that files are read in one piece (version 1 of multi-line fields: version 2 guesses
    where rows end).
    """
    buffer = max(_BUFFER, 4 * max((t.longest for t in (*nodes, *edges)), default=0))
    lines = [
        "--multiline-fields=true",
        f"--array-delimiter=U+{ord(delimiter):04X}",
        f"--read-buffer-size={buffer}",
        *(f"--nodes=./{table.header},./{table.rows}" for table in nodes),
        *(f"--relationships=./{table.header},./{table.rows}" for table in edges),
    ]
    return "".join(f"{line}\n" for line in lines)


def after_import(model: Model, *, unfilled: bool) -> str:
    """What `cypher-shell` runs after the import; the next load with `--store` does the same."""
    return "".join(f"{statement.strip()};\n" for statement in _statements(model, unfilled=unfilled))


def _statements(model: Model, *, unfilled: bool) -> Iterable[str]:
    yield from (index.statement() for index in indexes_of(model))
    yield f"CALL db.awaitIndexes({_SECONDS})"
    if unfilled:
        yield f"MATCH (n:Unfilled_)\nCALL (n) {{\n{_inner()}\n}} IN TRANSACTIONS OF {_MOST} ROWS"
        yield FILLED


def _inner() -> str:
    """The statement that fills, of one node."""
    return "\n".join(f"  {line}" for line in FILL.splitlines() if line.startswith(("FOREACH", "REMOVE")))
