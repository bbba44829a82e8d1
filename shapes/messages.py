"""What a result says, in both languages: the shape's own words, else ours. Never an engine's, which differ.

A template's `{$this}`, `{?value}`, `{$path}` and the constraint's parameters (`{$minCount}`) are filled in here; any
other variable of a SPARQL constraint is read back from the engine's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from kaigraph.shapes.defaults import DEFAULTS
from kaigraph.shapes.handover import Finding
from kaigraph.shapes.paths import read_path
from kaigraph.shapes.terms import SH, Index, Term, sh, text_of

_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_MESSAGE = sh("message")


def messages_of(finding: Finding, shapes: Index) -> dict[str, str]:
    """The messages of a result by language (`""` for none)."""
    known = _known(finding, shapes)
    templates = _templates(finding, shapes)
    if templates:
        return {t.language or "": _fill(t.value, known, finding) for t in templates}
    if finding.constraint is not None or not finding.component.startswith(SH):
        return {m.language or "": m.value for m in finding.messages}
    default = DEFAULTS.get(finding.component.removeprefix(SH).removesuffix("ConstraintComponent"), {})
    return {language: _fill(text, known, finding) for language, text in default.items()}


def _templates(finding: Finding, shapes: Index) -> list[Literal]:
    """The most specific messages there are: the SPARQL constraint's, the shape's, the component's."""
    component = NamedNode(finding.component) if finding.component else None
    for node in (finding.constraint, finding.shape, component):
        found = [m for m in shapes.objects(node, _MESSAGE) if isinstance(m, Literal)]
        if found:
            return sorted(found, key=str, reverse=True)
    return []


def _known(finding: Finding, shapes: Index) -> dict[str, str]:
    parameters = shapes.by_subject.get(finding.shape, {}) if finding.shape is not None else {}
    known = {_local(p): _value(objects[0], shapes) for p, objects in parameters.items()}
    known.pop("path", None)
    known["this"] = text_of(finding.focus)
    if finding.value is not None:
        known["value"] = text_of(finding.value)
    if finding.path is not None:
        path = read_path(finding.path, finding.paths)
        known["path"] = path.iri or str(path)
    return known


def _value(term: Term, shapes: Index) -> str:
    members = shapes.members(term)
    return ", ".join(text_of(m) for m in members) if members else text_of(term)


def _local(predicate: NamedNode) -> str:
    return re.split(r"[#/]", predicate.value)[-1]


def _fill(template: str, known: Mapping[str, str], finding: Finding) -> str:
    unknown = [name for name in _VARIABLE.findall(template) if name not in known]
    bound = {**_read_back(template, finding), **known} if unknown else known
    return _VARIABLE.sub(lambda m: bound.get(m[1], m[0]), template)


def _read_back(template: str, finding: Finding) -> dict[str, str]:
    """What the engine put for each variable, by matching its text against the template."""
    parts = _VARIABLE.split(template)
    names = parts[1::2]
    pattern = "".join(re.escape(p) if n % 2 == 0 else "(.*?)" for n, p in enumerate(parts))
    for message in finding.messages:
        match = re.fullmatch(pattern, message.value, re.DOTALL)
        if match:
            return dict(zip(names, match.groups(), strict=True))
    return {}
