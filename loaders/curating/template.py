"""The TriG of a source that nobody has read yet: its description, and a commented claim for every paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaigraph.loaders.curating.paragraphs import SourceText
from kaigraph.ontology.datatypes.edtf import EDTF
from kaigraph.ontology.terms import CORE, XSD

# A domain may have its claims and sources elsewhere; what the template itself says it says with these.
_USUAL = {"claim": "https://w3id.org/kaigraph/claim/", "source": "https://w3id.org/kaigraph/source/"}
_FIXED = {"core": CORE, "edtf": EDTF, "xsd": XSD}
_NUMBERED = re.compile(r"[0-9]+")
_RULE = "#" * 65


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be: its local name, when it was published (EDTF, where known), and what its text measures."""

    name: str
    published: str | None
    text: SourceText


def next_number(names: Sequence[str]) -> str:
    """The number after the greatest among names, as wide as they are: `005` after `004`."""
    numbers = [name for name in names if _NUMBERED.fullmatch(name)]
    following = max(map(int, numbers), default=-1) + 1
    return str(following).zfill(max(map(len, numbers), default=3))


def template(source: NewSource, prefixes: Mapping[str, str], languages: Sequence[str]) -> str:
    """The file. It parses and conforms as it is: all that a person must fill in is a comment.

    `prefixes` are those of the domain; `claim:` and `source:` among them say where the names of both begin.
    """
    bound = {**_USUAL, **prefixes, **_FIXED}
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in sorted(bound.items())]
    lines += ["", *_description(source), ""]
    for number, words in enumerate(source.text.words, 1):
        lines += [*_paragraph(source.name, number, words, languages), ""]
    return "\n".join(lines)


def _description(source: NewSource) -> Iterator[str]:
    yield f"# Source {source.name}: what it says, claim by claim. Names, ranks, and notes on paragraphs without claims"
    yield "# are claims of the editors: write them into a file of their own."
    yield "# To do: take the # off the lines below that the text bears out. Then turn the sketches into claims, as many"
    yield "# for each paragraph as it says things, in your own words."
    yield ""
    yield f"source:{source.name} a core:Source ; core:paragraphCount {len(source.text.words)} ;"
    if source.published:
        yield f'    core:published "{source.published}"^^edtf:EDTF ;'
    else:
        yield '#   core:published ""^^edtf:EDTF ;  # the day, or an interval where only bounds are known: 2025-02-20/..'
    yield '#   core:outlet "" ;                # who published it, as the text names it'
    yield '#   core:byline "" ;                # who signed it, as printed'
    yield '#   core:inLanguage ""^^xsd:language ;'
    yield f'    core:sha256 "{source.text.sha256}"^^xsd:hexBinary .'


def _paragraph(name: str, number: int, words: int, languages: Sequence[str]) -> Iterator[str]:
    claim = f"claim:{name}-{number}a"
    glosses = " ,\n#         ".join(f'""@{language}' for language in languages)
    yield f"{_RULE}  Paragraph {number}"
    yield f"# {words} {'word' if words == 1 else 'words'}"
    yield ""
    yield f"# {claim} a core:Claim ; core:source source:{name} ; core:paragraph {number} ; core:certainty core:stated ;"
    yield f"#     core:gloss {glosses} ."
    yield f"# {claim} {{"
    yield "#"
    yield "# }"
