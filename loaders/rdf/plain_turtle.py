"""Turtle of triples without blank nodes from N-Triples lines, as `turtle` lays it out, at a third of the cost.

Terms are never taken apart into objects: a line is cut at its first two blanks, and a name is looked up once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kaigraph.loaders.rdf.names import Names
from kaigraph.loaders.rdf.nesting import NIL
from kaigraph.ontology.terms import RDF_TYPE

_TYPE, _NIL = f"<{RDF_TYPE}>", f"<{NIL.value}>"


def is_plain(lines: Sequence[str]) -> bool:
    """Whether there is no blank node and no triple in a triple. A text that looks like one is taken for one."""
    text = "\n".join(lines)
    return not ("\n_" in f"\n{text}" or "> _:" in text or " <<" in text)


def plain_turtle(lines: Iterable[str], names: Names) -> Iterator[str]:
    """A block for each subject of lines that are sorted and plain, its class first."""
    term = _Terms(names).__getitem__
    subject, said = "", dict[str, list[str]]()
    for line in lines:
        start, predicate, value = line.split(" ", 2)
        if start != subject:
            if said:
                yield _block(term(subject), said, term)
            subject, said = start, {}
        text = value if value[-1] == '"' else "()" if value == _NIL else term(value)
        said.setdefault(predicate, []).append(text)
    if said:
        yield _block(term(subject), said, term)


def _block(subject: str, said: dict[str, list[str]], term: Callable[[str], str]) -> str:
    """One subject. Predicates are ordered by their IRIs: `a/b` comes after `a`, though `>` comes after `/`."""
    order = sorted(said, key=lambda p: (p != _TYPE, p[1:-1]))
    body = " ;\n    ".join(f"{'a' if p == _TYPE else term(p)} {' , '.join(said[p])}" for p in order)
    return f"\n{subject} {body} .\n"


class _Terms(dict[str, str]):
    """Terms of N-Triples as Turtle writes them, each worked out once."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, text: str) -> str:
        if text[0] == "<":
            found = self._names.iri(text[1:-1])
        elif text[-1] == ">":
            value, _, datatype = text.rpartition("^^")
            found = self._names.typed(value, datatype[1:-1])
        else:
            found = text  # with a language
        self[text] = found
        return found
