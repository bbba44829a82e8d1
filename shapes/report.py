"""The report: results of SHACL and of our own checks, in one order, in three forms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kaigraph.shapes.paths import Path
from kaigraph.shapes.report_rdf import report_as_turtle
from kaigraph.shapes.report_text import report_as_text
from kaigraph.shapes.terms import SH, Node, Term, text_of

VIOLATION, WARNING, INFO = SH + "Violation", SH + "Warning", SH + "Info"
_GRAVITY = {WARNING: 1, INFO: 2}  # anything else blocks, as sh:Violation does


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim stands that a result is about."""

    claim: str
    file: str = ""
    line: int | None = None

    def as_dict(self) -> dict[str, object]:
        """The place in JSON's types."""
        return {"claim": self.claim, "file": self.file or None, "line": self.line}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that does not conform. What the caller knows of its origin is filled in later (`claims` to `hint`).

    `shape` is the shape as it stands in the shapes graph, `root` the named shape that it is part of.
    """

    severity: str
    focus: Term
    component: str
    path: Path | None = None
    value: Term | None = None
    shape: Node | None = None
    root: str = ""
    constraint: Node | None = None
    messages: Mapping[str, str] = field(default_factory=dict)  # by language, `""` for none
    claims: tuple[str, ...] = ()
    places: tuple[Origin, ...] = ()  # of the claims, where they are known
    file: str = ""
    line: int | None = None
    hint: str = ""

    @property
    def blocks(self) -> bool:
        """Whether data with this result is kept out."""
        return self.severity not in _GRAVITY

    @property
    def order(self) -> tuple[object, ...]:
        """Where the result stands in a report: the gravest first, then by place, then by what it is about."""
        about = (str(self.focus), str(self.path or ""), self.component, str(self.value or ""))
        texts = (*about, self.root, str(sorted(self.messages.items())))  # no shape: a blank node's name is chance
        return (_GRAVITY.get(self.severity, 0), self.file, self.line or 0, *texts)

    def as_dict(self) -> dict[str, object]:
        """The result in JSON's types."""
        return {
            "severity": self.severity,
            "blocks": self.blocks,
            "file": self.file or None,
            "line": self.line,
            "claims": list(self.claims),
            "places": [place.as_dict() for place in self.places],
            "focus": text_of(self.focus),
            "path": str(self.path) if self.path else None,
            "value": str(self.value) if self.value is not None else None,
            "component": self.component,
            "shape": self.root or None,
            "messages": dict(sorted(self.messages.items())),
            "hint": self.hint or None,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """Every result, sorted. `conforms` is SHACL's word: no result at all; `blocks` decides what enters."""

    results: tuple[Result, ...]

    @property
    def conforms(self) -> bool:
        """No result of any severity."""
        return not self.results

    @property
    def blocks(self) -> bool:
        """At least one result that is neither a Warning nor an Info."""
        return any(r.blocks for r in self.results)

    def counts(self) -> dict[str, int]:
        """How many results there are, by severity IRI."""
        return dict(sorted(Counter(r.severity for r in self.results).items()))

    def with_results(self, *results: Result) -> Report:
        """This report and more results."""
        return Report.of((*self.results, *results))

    @staticmethod
    def of(results: tuple[Result, ...]) -> Report:
        """A report of results in any order."""
        return Report(tuple(sorted(results, key=lambda r: r.order)))

    def as_rdf(self) -> str:
        """SHACL's own validation report, as Turtle."""
        return report_as_turtle(self.results)

    def as_json(self) -> str:
        """The report as a JSON object, keys and results in a stable order."""
        body = {"conforms": self.conforms, "blocks": self.blocks, "results": [r.as_dict() for r in self.results]}
        return json.dumps(body, ensure_ascii=False, indent=2)

    def as_text(self, language: str = "en", prefixes: Mapping[str, str] | None = None) -> str:
        """The report as people read it: a block per result, in `en` or `ko`; IRIs short where `prefixes` allow it."""
        return report_as_text(self.results, language, prefixes or {})
