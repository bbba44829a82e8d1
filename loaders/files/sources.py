"""Which files are meant, and what each holds: quads and prefixes, or one clear error."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kaigraph.loaders.quads import is_term
from kaigraph.ontology.errors import BadSource

FORMATS: Mapping[str, RdfFormat] = {
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
_KNOWN = ", ".join(FORMATS)
_SNIFFED = 8192
_MARK = b"\xef\xbb\xbf"
# JSON-LD drops relative IRIs without a word, so they are given a base that no data has, and found by it.
_NOWHERE = "http://relative.invalid/"


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The RDF files that files and folders name, each once, sorted.

    Raises:
        BadSource: a path that does not exist, a folder without RDF, a file of another kind.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_of(path):
            found.setdefault(file.resolve(), file)
    return tuple(sorted(found.values(), key=lambda file: (file.name, str(file))))


def quads_of(file: Path) -> tuple[list[Quad], dict[str, str]]:
    """The quads of a file, blank nodes under names of its own, and its prefixes.

    Raises:
        BadSource: an unreadable, empty or binary file, a syntax error, a relative IRI, a term that is not RDF 1.1.
    """
    with _explained(file):
        _sniff(file)
        with file.open("rb") as opened:
            if opened.read(len(_MARK)) != _MARK:
                opened.seek(0)
            relative = file.suffix.lower() == ".jsonld"
            parser = parse(
                opened,
                format=FORMATS[file.suffix.lower()],
                base_iri=_NOWHERE if relative else None,
                rename_blank_nodes=True,
            )
            quads = list(_checked(parser, file, relative))
            return quads, dict(parser.prefixes)


def _files_of(path: Path) -> Iterable[Path]:
    if path.is_dir():
        files = [Path(folder, name) for folder, _, names in os.walk(path, onerror=_refuse) for name in names]
        files = [f for f in files if f.suffix.lower() in FORMATS and not f.name.startswith(".")]
        if not files:
            raise BadSource("the folder holds no RDF file", where=str(path), hint=f"files must end in {_KNOWN}")
        return files
    if not path.exists():
        raise BadSource("there is no such file or folder", where=str(path), hint="check the path")
    if path.suffix.lower() not in FORMATS:
        raise BadSource("the name does not tell which RDF format it is", where=str(path), hint=f"end it in {_KNOWN}")
    return [path]


def _refuse(error: OSError) -> None:
    raise BadSource(f"the folder cannot be read: {error.strerror}", where=str(error.filename), hint="check its rights")


def _sniff(file: Path) -> None:
    """Refuse what is no text before the parser says something less clear."""
    with file.open("rb") as opened:
        start = opened.read(_SNIFFED)
    if not start.strip():
        raise BadSource("the file is empty", where=str(file), hint="remove it, or give it triples")
    if b"\x00" in start:
        raise BadSource("the file is binary, or text in UTF-16", where=str(file), hint="give RDF as text in UTF-8")


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise BadSource(_said(error), where=f"{file}{line}", hint=_advice(str(error))) from error
    except MemoryError as error:
        said, hint = _too_much(error)
        raise BadSource(said, where=str(file), hint=hint) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadSource(f"the file cannot be read: {reason}", where=str(file), hint="check its rights") from error


def _too_much(error: MemoryError) -> tuple[str, str]:
    """What was too much: Python's own error has no words, the parser's speaks of one token beyond its limit."""
    if not error.args:
        return (
            "the file does not fit into memory",
            "give the process more: docs/measurements.md says how much a triple takes",
        )
    limit = re.search(r"\d+", str(error))
    size = f" (more than {int(limit[0]) >> 20} MiB)" if limit else ""
    return f"a token is too long{size}", "look for a quote or a bracket that is not closed, or shorten the text"


def _said(error: SyntaxError) -> str:
    """The parser's words without the place, which `where` gives."""
    text = (error.msg or str(error)).partition(" (line ")[0]
    start, colon, rest = text.partition(": ")
    return f"syntax error: {rest if colon and start.startswith('Parser error') else text}"


def _advice(text: str) -> str:
    if "scheme" in text:
        return "the IRI is relative: write it in full, or declare a base in the file"
    if "prefix" in text:
        return "declare the prefix at the top of the file"
    if "UTF-8" in text:
        return "save the file as UTF-8"
    return "correct the file at this place"


def _checked(quads: Iterable[Quad], file: Path, relative: bool) -> Iterator[Quad]:
    for quad in quads:
        if not is_term(quad.object):
            raise BadSource(
                f"{quad.object} is a term of RDF 1.2, which is not stored",
                where=str(file),
                hint="say it with a named graph, or with a node of its own",
            )
        if relative and any(_is_relative(t) for t in (quad.subject, quad.predicate, quad.object, quad.graph_name)):
            raise BadSource("an IRI is relative", where=str(file), hint='write it in full, or give "@base"')
        yield quad


def _is_relative(term: object) -> bool:
    iri = term.datatype.value if isinstance(term, Literal) else term.value if isinstance(term, NamedNode) else ""
    return iri.startswith(_NOWHERE)
