"""From paths to triples: files of RDF, or folders of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from kaigraph.ontology.errors import BadUse, BadVocabulary

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
SUFFIXES = ", ".join(FORMATS)


@dataclass(frozen=True)
class Content:
    """What one file holds. Names of blank nodes are its own; names of graphs are left out."""

    path: Path
    triples: tuple[Triple, ...]
    prefixes: dict[str, str]


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files, and those of known suffix in the folders (at any depth, hidden ones aside), each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else [_checked(path)]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _checked(path: Path) -> Path:
    if not path.exists():
        raise BadUse("There is no such file or folder.", where=str(path), hint="Check the path.")
    if path.suffix.lower() not in FORMATS:
        raise BadUse("A file of this kind cannot be read.", where=str(path), hint=f"Known are {SUFFIXES}.")
    return path


def _in_folder(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.rglob("*"))
    except OSError as error:
        raise BadUse(f"The folder cannot be read: {_why(error)}.", where=str(folder)) from error
    files = [path for path in inside if path.suffix.lower() in FORMATS and _is_plain(path, folder)]
    if not files:
        hint = f"Put at least one file there ({SUFFIXES}), or name another folder."
        raise BadVocabulary("The folder holds no RDF file.", where=str(folder), hint=hint)
    return files


def _is_plain(path: Path, folder: Path) -> bool:
    return path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)


def read_file(path: Path) -> Content:
    """Parse one file; raises BadUse where it cannot be opened, BadVocabulary where it is no RDF or empty."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadUse(f"The file cannot be read: {_why(error)}.", where=str(path)) from error
    if b"\0" in data:
        raise BadVocabulary("The file is binary, not text.", where=str(path), hint="Name a file of RDF.")
    content = _parsed(path, data)
    if not content.triples:
        raise BadVocabulary("The file holds no triple.", where=str(path), hint="Fill it, or leave it out.")
    return content


def _parsed(path: Path, data: bytes) -> Content:
    try:
        reader = parse(data, format=FORMATS[path.suffix.lower()], rename_blank_nodes=True)
        triples = dict.fromkeys(Triple(quad.subject, quad.predicate, quad.object) for quad in reader)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise BadVocabulary(f"Not well-formed: {error.msg}.", where=where, hint="Correct the file there.") from error
    except MemoryError as error:
        if not error.args:  # Python's own has no words; the parser's has: one token is beyond its limit
            raise
        hint = "Look for a quote or a bracket that is not closed."
        raise BadVocabulary("A token is too long to be read.", where=str(path), hint=hint) from error
    return Content(path, tuple(triples), dict(reader.prefixes))


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
