"""The categories of a perspective: a class each, the most specific first, for a node is shown as the first it fits."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from kaigraph.bloom.ground import Ground
from kaigraph.bloom.keys import CLAIM, Key, class_keys, common_keys
from kaigraph.bloom.palette import CERTAINTIES, CLAIMS, CONFLICT, OTHERS, colours
from kaigraph.bloom.records import BOTH, COLOUR, SIZE, TEXT, TRUTH, Record, caption, is_hidden, rule, typed
from kaigraph.loaders.neo4j.mapping import CONTRADICTED, DISPUTED, RESOURCE
from kaigraph.ontology.model import Class, Iri, Texts
from kaigraph.ontology.terms import CORE

RANKING = CORE + "Ranking"
_SMALL = {CLAIM: 0.5, RANKING: 0.5}
_RANKS = {CORE + "preferred": 2.0, CORE + "normal": 1.0, CORE + "deprecated": 0.5}
_THING = {"en": "thing", "ko": "대상"}


def shown_classes(ground: Ground) -> list[Class]:
    """The classes that anything is of, the most specific first."""
    there = [c for c in ground.model.classes.values() if ground.has(c.iri)]
    return sorted(there, key=lambda c: (-len(c.ancestors), ground.mapping.label(c.iri)))


def category_ids(ground: Ground) -> Mapping[str, int]:
    """The number of the category of each label."""
    labels = [*(ground.mapping.label(c.iri) for c in shown_classes(ground)), RESOURCE]
    return {label: number for number, label in enumerate(labels, 1)}


def categories(ground: Ground, at: int) -> list[Record]:
    """The categories, the one for whatever has no class last."""
    of, ids = colours(ground.model), category_ids(ground)
    names = _names(ground)
    found = [
        (label, _category(ground, (cls, label), names, colour, keys))
        for cls, label, colour, keys in (
            *((c.iri, ground.mapping.label(c.iri), of[c.iri], class_keys(c, ground)) for c in shown_classes(ground)),
            ("", RESOURCE, OTHERS, common_keys(ground)),
        )
    ]
    return [{"id": ids[label], **category, "createdAt": at, "lastEditedAt": at} for label, category in found]


def label_keys(ground: Ground) -> Record:
    """The keys of each label."""
    found: Record = {
        ground.mapping.label(c.iri): typed(class_keys(c, ground), ground.mapping.label(c.iri))
        for c in shown_classes(ground)
    }
    return found | {RESOURCE: typed(common_keys(ground), RESOURCE)}


def text_in(texts: Texts, language: str, instead: str) -> str:
    """The text of a language, or of another, or something else."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), instead)


def _names(ground: Ground) -> Mapping[str, str]:
    """The name of each label's category: its class's, and the label beside it where two are called alike."""
    wanted = {ground.mapping.label(c.iri): text_in(c.labels, ground.language, c.name) for c in shown_classes(ground)}
    wanted[RESOURCE] = _THING.get(ground.language, _THING["en"])
    often = list(wanted.values())
    return {label: name if often.count(name) == 1 else f"{name} {label}" for label, name in wanted.items()}


def _category(
    ground: Ground, of: tuple[Iri, str], names: Mapping[str, str], colour: str, keys: Sequence[Key]
) -> Record:
    cls, label = of
    return {
        "name": names[label],
        "labels": [label],
        "properties": [{"name": k, "exclude": is_hidden(k), "dataType": holds} for k, holds in keys],
        "color": colour,
        "size": _SMALL.get(cls, 1),
        "icon": "no-icon",
        "textSize": 1,
        "textAlign": "top",
        "captions": [caption(label, "label", shown=False, told=True), *_captions(cls, ground, keys)],
        "captionKeys": [],
        "styleRules": _rules(cls, ground, keys),
    }


def _captions(cls: Iri, ground: Ground, keys: Sequence[Key]) -> list[Record]:
    """What a thing is called in the language, always there; of a claim, what it says; of an amount, how much."""
    shown = {ground.mapping.label_key(ground.language), *_amounts(cls, ground)}
    if cls == CLAIM:
        shown.add(ground.mapping.keys.get(CORE + "gloss", ""))
    return [caption(k, "property", shown=k in shown, told=True) for k, _ in keys if not is_hidden(k)]


def _amounts(cls: Iri, ground: Ground) -> Iterator[str]:
    """The keys of numbers and units of things that have no name of their own: all of these would be called alike.

    Only those that are always there: Bloom was seen to drop a caption of which one part is null.
    """
    found = ground.model.classes.get(cls)
    own = {f.property.iri: f.property for f in found.fields if not f.inverse and f.mandatory} if found else {}
    if found is None or any(f.property.iri in ground.model.label_properties for f in found.fields):
        return
    for number in own.values():
        if number.unit in own:
            yield from (ground.mapping.keys.get(iri, "") for iri in (number.iri, number.unit))


def _rules(cls: Iri, ground: Ground, keys: Sequence[Key]) -> list[Record]:
    """What is disputed is large and of one colour.

    Claims are the darker, the firmer they are put, and larger where another contradicts them; judgements of disputed
    claims the larger, the higher the rank.
    """
    if cls == CLAIM:
        against = rule((CONTRADICTED, TRUTH), "true", (CLAIMS, 1), applies=(SIZE,))
        shades = {iri: (colour, _SMALL[CLAIM]) for iri, colour in CERTAINTIES.items()}
        return [against, *_by_value(ground, "certainty", shades, (COLOUR,))]
    if cls == RANKING:
        return _by_value(ground, "rank", {iri: (CONFLICT, size) for iri, size in _RANKS.items()})
    return [rule((DISPUTED, TRUTH), "true", (CONFLICT, 2), cls)] if (DISPUTED, TRUTH) in keys else []


def _by_value(
    ground: Ground, name: str, styles: Mapping[Iri, tuple[str, float]], applies: Container[str] = BOTH
) -> list[Record]:
    wide = ground.mapping.wide.get(CORE + name)
    values = {v.iri: v.name for e in ground.model.enumerations.values() for v in e.values}
    if wide is None:
        return []
    known = [(values[iri], style) for iri, style in styles.items() if iri in values]
    return [rule((wide.name, TEXT), value, style, name, applies=applies) for value, style in known]
