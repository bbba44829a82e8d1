"""Pieces of Cypher. Names come from the Model alone; whatever somebody types is a parameter."""

from __future__ import annotations

import re

from kaigraph.loaders.neo4j.index import quoted
from kaigraph.loaders.neo4j.indexes import label_index
from kaigraph.loaders.neo4j.mapping import GraphMapping

_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9_]*")


def named(name: str) -> str:
    """An identifier, quoted only where it has to be: people read these statements."""
    return name if _PLAIN.fullmatch(name) else quoted(name)


def any_type(types: tuple[str, ...]) -> str:
    """Relationship types as alternatives."""
    return "|".join(named(t) for t in types)


def texts(values: tuple[str, ...]) -> str:
    """A list of names of the Model as texts."""
    return "[" + ", ".join("'" + v.replace("\\", "\\\\").replace("'", "\\'") + "'" for v in values) + "]"


def find(mapping: GraphMapping, node: str, parameter: str, label: str | None = None) -> str:
    """Find what is called so, in whichever language: by the words of its label, and then by all its letters.

    Upper case is as good as lower, to the index too. A quotation mark or a backslash would end the phrase that the
    index is asked for; no word has one.
    """
    phrase = f"'\"' + replace(replace(${parameter}, '\\\\', ' '), '\"', ' ') + '\"'"
    keys = ", ".join(plain(f"{node}.{named(mapping.label_key(language))}") for language in mapping.languages)
    of_class = f" AND {node}:{named(label)}" if label else ""
    return (
        f"CALL db.index.fulltext.queryNodes('{label_index(mapping).name}', {phrase}) YIELD node AS {node}\n"
        f"WHERE {plain(f'${parameter}')} IN [{keys}]{of_class}"
    )


def plain(text: str) -> str:
    """A text without case, and without blanks at its ends: so much whoever types need not care for."""
    return f"toLower(trim({text}))"


def picked(node: str, label: str | None = None) -> str:
    """The nodes that are selected in the scene."""
    pattern = f"{node}:{named(label)}" if label else node
    return f"MATCH ({pattern}) WHERE elementId({node}) IN $nodes"
