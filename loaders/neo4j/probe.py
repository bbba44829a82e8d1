"""A statement between two looks at what the store says of itself, so that nobody is told a mixture."""

from __future__ import annotations

from functools import lru_cache

_BEFORE = (
    "MATCH (before_:Meta_ {_id: 'meta'})\n"
    "WITH before_.version AS version_, before_.load AS load_, before_.state AS state_\n"
)
_AFTER = "MATCH (after_:Meta_ {_id: 'meta'})\nRETURN data, version_, state_, load_ = after_.load AS same_"


@lru_cache(maxsize=4096)
def probed(statement: str) -> str:
    """The statement as it is sent. It returns one record of one column, `data`.

    Neo4j is read-committed: between two reads of one statement a load may commit. Then `load` has moved.
    """
    inner = "\n".join(f"  {line}" if line else line for line in statement.splitlines())
    return f"{_BEFORE}CALL () {{\n{inner}\n}}\n{_AFTER}"
