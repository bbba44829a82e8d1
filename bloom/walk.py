"""From a declared path to the statement that walks it."""

from __future__ import annotations

from collections.abc import Iterator

from kaigraph.bloom.compare import compared
from kaigraph.bloom.cypher import any_type, find, named, picked, texts
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import MOST, Answer
from kaigraph.bloom.suggest import thing
from kaigraph.loaders.neo4j.mapping import ID_KEY
from kaigraph.ontology.phrases import Phrase
from kaigraph.ontology.steps import Step


def walked(phrase: Phrase, ground: Ground) -> Answer | None:
    """The answer of a phrase or an action that follows a path; None, if the database has no such way."""
    if not (ground.has(phrase.start) and ground.has(phrase.end)):
        return None
    arrows = list(_arrows(phrase, ground))
    started = _start(phrase, ground)
    if started is None or None in arrows:
        return None
    way = "".join(arrow for arrow in arrows if arrow)
    lines = [started.statement, *_matched(way, _kept(phrase, ground) if way else ""), _returned(phrase, ground)]
    return Answer("\n".join(line for line in lines if line), started.parameters)


def _start(phrase: Phrase, ground: Ground) -> Answer | None:
    label = ground.label(phrase.start)
    if phrase.is_action:
        return Answer(picked("n0", label))
    if phrase.compares:
        return compared(phrase, ground)
    return Answer(find(ground.mapping, "n0", "name", label), (thing(ground, "name", label),))


def _arrows(phrase: Phrase, ground: Ground) -> Iterator[str | None]:
    """Arrow and node of each step; None for one that the database has not."""
    for number, step in enumerate(phrase.steps, 1):
        types = ground.types(step.properties)
        label = ground.label(phrase.end) if number == len(phrase.steps) else None
        node = f"(n{number}:{named(label)})" if label else f"(n{number})"
        yield _arrow(step, types) + node if types or step.least == 0 else None


def _arrow(step: Step, types: tuple[str, ...]) -> str:
    often = "" if (step.least, step.most) == (1, 1) else f"*{step.least}..{step.most if types else 0}"
    inner = f"-[{':' + any_type(types) if types else ''}{often}]-"
    if step.both:
        return inner
    return f"<{inner}" if step.backward else f"{inner}>"


def _matched(way: str, kept: str) -> Iterator[str]:
    if way:
        yield f"MATCH p = (n0){way}"
        yield kept


def _kept(phrase: Phrase, ground: Ground) -> str:
    """The condition on what the first step leads to."""
    if phrase.keeps is None:
        return ""
    property_, wanted = phrase.keeps
    names = {v.iri: v.name for e in ground.model.enumerations.values() for v in e.values}
    values = texts(tuple(sorted(names[iri] for iri in wanted if iri in names)))
    wide = ground.mapping.wide.get(property_)
    key = f"n1.{named(wide.name if wide else ground.mapping.key(property_))}"
    return f"WHERE {key} IN {values}" if wide else f"WHERE any(value IN coalesce({key}, []) WHERE value IN {values})"


def _returned(phrase: Phrase, ground: Ground) -> str:
    last = f"n{len(phrase.steps)}"
    return f"RETURN {'p' if phrase.steps else last} ORDER BY {last}.{named(ID_KEY)} LIMIT {MOST}"
