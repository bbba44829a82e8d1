"""Coverage as tables, of text or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kaigraph.cli.table import Row
from kaigraph.cli.wording import Wording
from kaigraph.loaders.curating.coverage import Covered

#: A heading, and the rows below it.
Table = tuple[str, list[Row]]


def tables(covered: Sequence[Covered], wording: Wording) -> list[Table]:
    """The sources, what is claimed by certainty and by kind, and their paragraphs. Empty ones are left out."""
    found = [
        ("Sources", [_source(c, wording) for c in covered]),
        ("Claims by certainty", _matrix("certainty", covered, lambda c: c.certainties, wording)),
        (
            "Claims by kind of thing (a claim about two kinds counts for both)",
            _matrix("kind", covered, lambda c: c.kinds, wording),
        ),
        ("Claims of each paragraph", [_paragraphs(c, wording) for c in covered if c.paragraph_count]),
        ("Paragraphs without claims", _without(covered, wording)),
    ]
    return [(heading, rows) for heading, rows in found if rows]


def verdict(covered: Sequence[Covered], wording: Wording) -> str:
    """Whether every paragraph is accounted for."""
    gaps = [f"{wording.short(c.source)}: {', '.join(map(str, c.gaps))}" for c in covered if c.gaps]
    if not gaps:
        return "Every paragraph has claims, or a note that says why not."
    return f"Neither claims nor a note (core:skips) for these paragraphs: {'; '.join(gaps)}"


def as_markdown(table: Sequence[Row]) -> str:
    """Rows as a table of Markdown, numbers to the right."""
    columns = list(table[0])
    rule = ["---:" if all(row[c].isdigit() or not row[c] for row in table) else "---" for c in columns]
    rows = [columns, rule, *([row[c].replace("|", "\\|") for c in columns] for row in table)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _source(covered: Covered, wording: Wording) -> Row:
    count = covered.paragraph_count
    numbers = {
        "paragraphs": "" if count is None else str(count),
        "with claims": str(sum(n is not None for n in covered.paragraphs)),
        "with a note": str(len(covered.skipped)),
        "with neither": str(len(covered.gaps)),
    }
    shown = dict.fromkeys(numbers, "") if covered.is_editorial else numbers
    source = {"source": wording.short(covered.source), "title": wording.thing(covered.source)}
    return source | shown | {"claims": str(covered.claims)}


def _matrix(
    name: str, covered: Sequence[Covered], counts: Callable[[Covered], Mapping[str, int]], wording: Wording
) -> list[Row]:
    """A row for each thing counted, the most frequent first, and a column for each source."""
    totals: dict[str, int] = {}
    for one in covered:
        for iri, number in counts(one).items():
            totals[iri] = totals.get(iri, 0) + number
    labels = {iri: wording.term(iri) if iri else "(none)" for iri in totals}
    order = sorted(totals, key=lambda iri: (-totals[iri], labels[iri], iri))
    return [
        {name: labels[iri]}
        | {wording.short(c.source): str(counts(c).get(iri, 0)) for c in covered}
        | {"all": str(totals[iri])}
        for iri in order
    ]


def _paragraphs(covered: Covered, wording: Wording) -> Row:
    numbers = range(1, (covered.paragraph_count or 0) + 1)
    said = (f"{n}: {covered.paragraphs.get(n, 0)}" for n in numbers)
    return {"source": wording.short(covered.source), "paragraph: claims": ", ".join(said)}


def _without(covered: Sequence[Covered], wording: Wording) -> list[Row]:
    return [
        {
            "source": wording.short(c.source),
            "paragraph": str(n),
            "why": wording.text(c.skipped[n]) if n in c.skipped else "?",
        }
        for c in covered
        for n in sorted({*c.skipped, *c.gaps})
    ]
