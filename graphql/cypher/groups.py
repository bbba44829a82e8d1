"""The filtered set of a page in groups, or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kaigraph.graphql.cypher.names import Leaves
from kaigraph.graphql.cypher.naming import Params, Part, Shape, Slot, constant, list_of_texts, plain, same
from kaigraph.graphql.cypher.source import Context, Query, collect
from kaigraph.graphql.cypher.sums import sums_of
from kaigraph.graphql.cypher.things import Select
from kaigraph.graphql.cypher.values import written
from kaigraph.graphql.plan import Constant, GroupCount, GroupKey, Groups, IdLeaf, LabelLeaf, Selection, Sum
from kaigraph.loaders.literals.comparison import Comparison, comparison_of
from kaigraph.loaders.literals.keys import sort_key
from kaigraph.loaders.neo4j.ids import id_key
from kaigraph.ontology.model import Iri


def totals(query: Query, sums: list[Sum], cls: Iri | None) -> Part:
    """How many nodes there are, and sums over all of them: `[count, sums]`; its JSON is that of each entry."""
    count, added = query.context.alias("c"), sums_of(query, sums, cls)
    clauses = query.clauses()

    def rows(gathered: tuple[str, ...], item: str) -> str:
        return collect(clauses, _with([f"count(*) AS {count}", *gathered]), f"RETURN [{count}, {item}]")

    shapes = added.shapes

    def shape(slot: Slot, params: Params) -> object:
        if not slot:  # where Neo4j sees while planning that there is nothing, it makes no row
            return [0, *(None for _ in shapes)]
        return [slot[0][0], *(shape(slot[0][1], params) for shape in shapes)]

    return Part(added.rows(rows), shape)


@dataclass(frozen=True, slots=True)
class _Key:
    """What a WITH chooses for a key, what a row holds of it, where that stands, and the JSON of it.

    `place`: by what it is ordered, and its text.
    """

    chosen: tuple[str, ...]
    text: str
    place: Callable[[Slot], tuple[str | None, str | None]]
    shape: Shape


def groups(query: Query, given: Groups, cls: Iri | None, select: Select) -> Part:
    """One record a group, by its keys."""
    context = query.context
    keys = [_key(context, query, key, select) for key in given.keys]
    count, sums = context.alias("c"), [e for _, e in given.entries if isinstance(e, Sum)]
    added = sums_of(query, sums, cls) if sums else None
    clauses, chosen = query.clauses(), [*(text for k in keys for text in k.chosen), f"count(*) AS {count}"]
    is_there = "" if keys else f"WHERE {count} > 0"  # of nothing, there is one row if there are no keys

    def rows(gathered: tuple[str, ...] = (), item: str = "") -> str:
        items = list_of_texts([count, *(k.text for k in keys), *([item] if item else [])])
        return collect(clauses, _with([*chosen, *gathered]), is_there, f"RETURN {items}")

    entries = [(key, _entry(entry, keys, sums, added.shapes if added else ())) for key, entry in given.entries]

    def place(row: Slot) -> list[tuple[bool, str]]:
        """By the keys' order, nulls last, then by their text, nulls first."""
        pairs = [key.place(slot) for key, slot in zip(keys, row[1:], strict=False)]
        return [at for order, own in pairs for at in ((order is None, order or ""), (own is not None, own or ""))]

    def shape(slot: Slot, params: Params) -> object:
        return [{key: made(row, params) for key, made in entries} for row in sorted(slot, key=place)]

    return Part(added.rows(rows) if added else rows(), shape)


def _with(items: list[str]) -> str:
    return "WITH " + ",\n  ".join(item.replace("\n", "\n  ") for item in items)


def _key(context: Context, query: Query, key: GroupKey, select: Select) -> _Key:
    end, leaf = query.follow(key.path.hops), key.path.leaf
    if key.select is not None:
        return _of_thing(context, end, key.select, select)
    own = context.names.leaf(end, leaf)
    if isinstance(leaf, IdLeaf):
        return _of_text(context, own.text, id_key)
    if isinstance(leaf, LabelLeaf):
        return _of_least(context, own.text, own, plain)
    wide = context.names.wide(leaf.field)
    if wide is not None and wide.comparison in (Comparison.TEXT, Comparison.ENUM):
        return _of_text(context, own.text, sort_key if wide.comparison is Comparison.TEXT else str)
    is_by_key = comparison_of(leaf.field) in (Comparison.NUMBER, Comparison.BOOLEAN)
    same_ = f"coalesce({own.key}, '~' + {own.text})" if is_by_key else own.text
    return _of_least(context, same_, own, partial(written, leaf.field, key.form))


def _of_text(context: Context, text: str, order: Callable[[str], str]) -> _Key:
    """Equal by their text, and ordered by what is made of it: nothing else is read of the nodes."""
    name = context.alias("k")
    return _Key((f"{text} AS {name}",), name, lambda slot: (None if slot is None else order(slot), slot), same)


def _of_least(context: Context, same_: str, own: Leaves, shown: Callable[..., Part]) -> _Key:
    """Equal by one thing, ordered by the least key, shown as the least text."""
    identity, order, text = context.alias("k"), context.alias("o"), context.alias("t")
    part = shown(text) if shown is plain else shown(text, order)
    shape = part.shape
    chosen = (f"{same_} AS {identity}", f"min({own.key}) AS {order}", f"min({own.text}) AS {text}")
    return _Key(
        chosen,
        f"[{order}, {text}, {part.text}]",
        lambda slot: (slot[0], slot[1]),
        lambda slot, params: shape(slot[2], params),
    )


def _of_thing(context: Context, end: str, given: Selection, select: Select) -> _Key:
    """By what is at the end of a hop, or nothing."""
    node, order = context.alias("n"), context.alias("o")
    part = select(context, node, given)
    shape = part.shape
    shown = f"CASE WHEN {node} IS NOT NULL THEN [{order}, {part.text or 'true'}] END"
    return _Key(
        (f"{end} AS {node}", f"min({context.names.id(end)}) AS {order}"),
        shown,
        lambda slot: (None, None) if slot is None else (slot[0], slot[0]),
        lambda slot, params: None if slot is None else shape(slot[1], params),
    )


def _entry(
    entry: int | GroupCount | Sum | Constant, keys: list[_Key], sums: list[Sum], added: Sequence[Shape]
) -> Shape:
    """What an entry makes of a group: `[count, key …, sums]`."""
    match entry:
        case Constant(text):
            return constant(text).shape
        case GroupCount():
            return lambda row, _params: row[0]
        case Sum():
            return _at(1 + len(keys), added[sums.index(entry)])
        case _:
            return _at(1 + entry, keys[entry].shape)


def _at(place: int, shape: Shape) -> Shape:
    return lambda row, params: shape(row[place], params)
