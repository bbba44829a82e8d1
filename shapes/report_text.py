"""A report as people read it, in English and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kaigraph.shapes.terms import SH, Term, text_of

if TYPE_CHECKING:
    from kaigraph.shapes.report import Result

_WORDS = {
    "en": {
        "Violation": "VIOLATION",
        "Warning": "WARNING",
        "Info": "INFO",
        "claim": "claim",
        "node": "node",
        "path": "path",
        "value": "value",
        "message": "what",
        "hint": "do",
        "shape": "shape",
        "none": "Conforms: nothing to report.",
    },
    "ko": {
        "Violation": "위반",
        "Warning": "주의",
        "Info": "참고",
        "claim": "주장",
        "node": "대상",
        "path": "속성",
        "value": "값",
        "message": "내용",
        "hint": "조치",
        "shape": "규칙",
        "none": "규칙에 맞습니다. 보고할 것이 없습니다.",
    },
}
_IRI = re.compile(r"<([^<>\s]+)>")
_LONGEST = 200
_LOCAL = re.compile(r"[\w-][\w.-]*")


def report_as_text(results: Sequence[Result], language: str, prefixes: Mapping[str, str]) -> str:
    """One block per result and a line that counts them."""
    words = _WORDS.get(language, _WORDS["en"])
    if not results:
        return words["none"] + "\n"
    blocks = [_block(r, language, words, prefixes) for r in results]
    return "\n\n".join([*blocks, _summary(results, words)]) + "\n"


def text_in(messages: Mapping[str, str], language: str) -> str:
    """The message in a language, else in English, else in none, else any."""
    for wanted in (language, "en", ""):
        if wanted in messages:
            return messages[wanted]
    return min(messages.items())[1] if messages else ""


def _block(result: Result, language: str, words: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    rows = [("claim", _claim(claim, result, prefixes)) for claim in result.claims]
    rows += [
        ("node", _term(result.focus, prefixes)),
        ("path", _short(str(result.path or ""), prefixes)),
        ("value", _term(result.value, prefixes) if result.value is not None else ""),
        ("message", text_in(result.messages, language)),
        ("hint", result.hint),
        ("shape", _rule(result, prefixes)),
    ]
    head = f"{_severity(result.severity, words)}  {_place(result.file, result.line)}".rstrip()
    return "\n".join([head, *(f"  {words[key]:<6} {_one_line(text)}" for key, text in rows if text)])


def _claim(claim: str, result: Result, prefixes: Mapping[str, str]) -> str:
    """The claim; where there are several, with the place of each."""
    several = result.places if len(result.claims) > 1 else ()
    place = next((_place(p.file, p.line) for p in several if p.claim == claim), "")
    return f"{_short(f'<{claim}>', prefixes)}  {place}"


def _place(file: str, line: int | None) -> str:
    return f"{file}:{line}" if file and line else file


def _rule(result: Result, prefixes: Mapping[str, str]) -> str:
    component = result.component.rsplit("#")[-1].removesuffix("ConstraintComponent")
    return f"{_short(f'<{result.root}>', prefixes)} {component}" if result.root else component


def _severity(severity: str, words: Mapping[str, str]) -> str:
    return words.get(severity.removeprefix(SH), severity)


def _summary(results: Iterable[Result], words: Mapping[str, str]) -> str:
    counts: dict[str, int] = {}
    for result in results:
        counts[result.severity] = counts.get(result.severity, 0) + 1
    return ", ".join(f"{_severity(s, words)}: {n}" for s, n in counts.items())


def _term(term: Term, prefixes: Mapping[str, str]) -> str:
    return str(term) if isinstance(term, Literal) else _short(str(term), prefixes) or text_of(term)


def _short(text: str, prefixes: Mapping[str, str]) -> str:
    return _IRI.sub(lambda m: _curie(m[1], prefixes), text)


def _curie(iri: str, prefixes: Mapping[str, str]) -> str:
    fitting = [(len(base), name, base) for name, base in prefixes.items() if iri.startswith(base)]
    for _, name, base in sorted(fitting, reverse=True):
        if _LOCAL.fullmatch(iri[len(base) :]):
            return f"{name}:{iri[len(base) :]}"
    return f"<{iri}>"


def _one_line(text: str) -> str:
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= _LONGEST * 5 else flat[: _LONGEST * 5] + " …"
