"""What files add, confirm, refine and contradict, grouped by thing: as text and as JSON's types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from pyoxigraph import Literal

from kaigraph.cli.wording import Wording
from kaigraph.loaders.curating.difference import Change, Difference, Kind
from kaigraph.loaders.curating.said import Said
from kaigraph.loaders.terms import node_id

_SIGNS = {Kind.ADDED: "+", Kind.CONFIRMED: "=", Kind.REFINED: "~", Kind.CONTRADICTED: "!"}
_LEGEND = "+ added   = confirmed   ~ refined   ! contradicted   * in the graph"


def as_text(found: Difference, wording: Wording) -> str:
    """A heading that counts, and a block for each thing."""
    counts = Counter(change.kind for change in found.changes)
    of_each = ", ".join(f"{counts[kind]} {kind.value}" for kind in Kind)
    sources = sorted({voice.source for voice in found.claims.values()})
    lines = [
        f"{len(found.claims)} new claims of {', '.join(map(wording.short, sources)) or 'no source'}",
        f"{len(found.things)} new things; values: {of_each}",
        _LEGEND,
    ]
    for thing, changes in _by_thing(found, wording):
        lines += ["", _heading(thing, found, wording)]
        lines += [line for change in changes for line in _lines(change, wording)]
    return "\n".join(lines) + "\n"


def as_dict(found: Difference, wording: Wording) -> dict[str, object]:
    """Counts, and the changes by thing."""
    counts = Counter(change.kind for change in found.changes)
    return {
        "claims": sorted(found.claims),
        "counts": {"things": len(found.things)} | {kind.value: counts[kind] for kind in Kind},
        "things": [
            {
                "id": thing,
                "label": wording.thing(thing),
                "new": thing in found.things,
                "changes": [_change(change, wording) for change in changes],
            }
            for thing, changes in _by_thing(found, wording)
        ],
    }


def _by_thing(found: Difference, wording: Wording) -> Iterator[tuple[str, list[Change]]]:
    """The changes of each thing, the things by label; a new thing of which nothing else is said has none."""
    changes = {thing: list(group) for thing, group in groupby(found.changes, key=lambda c: node_id(c.subject))}
    everything = {**{thing: [] for thing in found.things}, **changes}
    order = list(Kind)
    for thing in sorted(everything, key=lambda iri: (wording.thing(iri).casefold(), iri)):
        yield thing, sorted(everything[thing], key=lambda c: (order.index(c.kind), c.predicate))


def _heading(thing: str, found: Difference, wording: Wording) -> str:
    kind = wording.kind(thing)
    new = f" (new{': ' + kind if kind else ''})" if thing in found.things else ""
    short = wording.short(thing)
    return f"{wording.thing(thing)} {short if short.startswith('<') else f'<{short}>'}{new}"


def _lines(change: Change, wording: Wording) -> Iterator[str]:
    said = [s for s in change.said if not wording.is_foreign(s.value)]
    if change.kind in {Kind.ADDED, Kind.CONFIRMED}:
        if said and not _is_label(change, wording):
            yield f"  {_start(change, wording)}: {_value(said[0], wording)}   {_voices(said, wording)}"
        return
    yield f"  {_start(change, wording)}" + (
        ": undecided, the gate will ask for a core:ranking" if change.unresolved else ""
    )
    for one in change.said:
        mark = "*" if one.taken and not change.unresolved else " "
        reason = wording.text(one.reasons)
        rank = one.rank.name.lower() + (f": {reason}" if reason else "")
        yield f"     {mark} {_value(one, wording)}   {_voice(one, wording)}, {rank}"


def _start(change: Change, wording: Wording) -> str:
    return f"{_SIGNS[change.kind]} {wording.term(change.predicate)}"


def _value(said: Said, wording: Wording) -> str:
    return wording.value(said.value, said.claim)


def _voices(said: Iterable[Said], wording: Wording) -> str:
    """The new claims, then those that said it before."""
    ordered = sorted(said, key=lambda s: (not s.new, s.claim))
    new = ", ".join(_voice(s, wording) for s in ordered if s.new)
    old = ", ".join(_voice(s, wording) for s in ordered if not s.new)
    return f"[{new}; before: {old}]" if old else f"[{new}]"


def _voice(said: Said, wording: Wording) -> str:
    return wording.short(said.claim) if said.claim else "no claim"


def _is_label(change: Change, wording: Wording) -> bool:
    """Whether it only gives the name that the heading bears."""
    texts = {s.value.value for s in change.said if isinstance(s.value, Literal) and s.value.language}
    return change.kind is Kind.ADDED and texts == {wording.thing(node_id(change.subject))}


def _change(change: Change, wording: Wording) -> Mapping[str, object]:
    return {
        "kind": change.kind.value,
        "property": change.predicate,
        "label": wording.term(change.predicate),
        "unresolved": change.unresolved,
        "values": [_said(s, wording) for s in change.said],
    }


def _said(said: Said, wording: Wording) -> Mapping[str, object]:
    value = said.value
    return {
        "value": wording.value(value, said.claim),
        "language": value.language if isinstance(value, Literal) else None,
        "claim": said.claim or None,
        "source": said.voice.source or None,
        "paragraph": said.voice.paragraph,
        "rank": said.rank.name.lower(),
        "reasons": dict(sorted(said.reasons.items())),
        "taken": said.taken,
        "new": said.new,
    }
