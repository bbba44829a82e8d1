"""Groups and exact sums over the filtered set of a page."""

from __future__ import annotations

from dataclasses import dataclass

from kaigraph.graphql.cypher.naming import (
    Params,
    Part,
    Shape,
    Slot,
    applied,
    constant,
    exact_sum,
    first,
    float_sum,
    list_of_texts,
    optional,
    plain,
)
from kaigraph.graphql.cypher.source import Context, Query, collect
from kaigraph.graphql.cypher.things import Select
from kaigraph.graphql.cypher.values import written
from kaigraph.graphql.plan import Constant, GroupCount, GroupKey, Groups, IdLeaf, LabelLeaf, Sum, ValueLeaf
from kaigraph.graphql.sql.text import block, lines
from kaigraph.loaders.comparison import Comparison, comparison_of, is_float
from kaigraph.loaders.neo4j.mapping import PART


def total_of(query: Query, given: Sum) -> Part:
    """The sum over the whole set; a part is left out beside its whole."""
    members = query.context.alias("s")
    measured = _measured(query.context, given)
    added = _summed(query.context, members, [given], [measured])
    gathered = f"WITH collect({query.node}) AS {members}"
    text = collect(query.clauses(), gathered, added, f"RETURN {measured.name}")
    return first(Part(text, measured.part.shape), text)  # of nothing, Neo4j makes no row here


@dataclass(frozen=True, slots=True)
class _Measured:
    """A sum under a name, and the JSON of it."""

    name: str
    part: Part


def _measured(context: Context, given: Sum) -> _Measured:
    name = context.alias("m")
    return _Measured(name, applied(name, float_sum if _is_float(given) else exact_sum))


def _is_float(given: Sum) -> bool:
    return isinstance(given.path.leaf, ValueLeaf) and is_float(given.path.leaf.field)


def _summed(context: Context, members: str, sums: list[Sum], measured: list[_Measured]) -> str:
    """Sums over a list of nodes, without those that are part of others in it."""
    node, whole = context.alias("n"), context.alias("n")
    query = Query(context, node, "")
    ends = [(s, query.follow(s.path.hops)) for s in sums]
    found = ",\n  ".join(f"{_sum(context, s, end)} AS {m.name}" for (s, end), m in zip(ends, measured, strict=True))
    wholes = f"EXISTS {{ ({node})-[:{PART}]->({whole}) WHERE {whole} IN {members} }}"
    return block(
        f"CALL ({members}) {{",
        lines(
            f"UNWIND {members} AS {node}",
            f"WITH {node}, {members}",
            f"WHERE NOT {wholes}",
            *query.calls,
            f"RETURN {found}",
        ),
        "}",
    )


def _sum(context: Context, given: Sum, end: str) -> str:
    """What a sum needs of numbers: their texts; or their limbs added up, and how many have a key and limbs."""
    leaf = context.names.leaf(end, given.path.leaf)
    if _is_float(given):
        return f"collect({leaf.text})"
    return list_of_texts([*(f"sum({limb})" for limb in leaf.limbs), f"count({leaf.key})", f"count({leaf.limbs[0]})"])


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two keys one group, what orders groups, what is shown, under names; and the JSON of the last."""

    chosen: tuple[str, str, str]
    names: tuple[str, str, str]
    shown: Part


def groups(query: Query, given: Groups, select: Select) -> Part:
    """One record a group, by its keys."""
    context = query.context
    sums = [e for _, e in given.entries if isinstance(e, Sum)]
    measured = [_measured(context, s) for s in sums]
    keys = [_key(context, query, key, select) for key in given.keys]
    members, count = context.alias("s"), context.alias("c")
    chosen = [f"{text} AS {name}" for k in keys for text, name in zip(k.chosen, k.names, strict=True)]
    chosen += [f"collect({query.node}) AS {members}"] if sums else []
    places = [name for k in keys for name in k.names[1:]]
    item = [f"[{', '.join(places)}]", count, *(k.shown.text for k in keys), *(m.name for m in measured)]
    text = collect(
        query.clauses(),
        "WITH " + ",\n  ".join([*chosen, f"count(*) AS {count}"]),
        f"WHERE {count} > 0",
        _summed(context, members, sums, measured) if sums else "",
        f"RETURN {list_of_texts(item)}",
    )
    entries = [(key, _entry(entry, keys, sums, measured)) for key, entry in given.entries]

    def shape(slot: Slot, params: Params) -> object:
        return [{key: made(row, params) for key, made in entries} for row in sorted(slot, key=_place)]

    return Part(text, shape)


def _place(row: Slot) -> list[tuple[bool, str]]:
    """Where a group stands: by the keys' order, nulls last, then by their text, nulls first."""
    pairs = zip(row[0][::2], row[0][1::2], strict=True)
    return [place for o, t in pairs for place in ((o is None, o or ""), (t is not None, t or ""))]


def _key(context: Context, query: Query, key: GroupKey, select: Select) -> _Key:
    end = query.follow(key.path.hops)
    identity, order, text = names = context.alias("k"), context.alias("o"), context.alias("t")
    if key.select is not None:
        found, node_id = select(context, identity, key.select), f"min({context.names.id(end)})"
        shown = f"CASE WHEN {identity} IS NULL THEN null ELSE {found.text or 'true'} END"
        return _Key((end, node_id, node_id), names, optional(Part(shown, found.shape)))
    leaf, own = key.path.leaf, context.names.leaf(end, key.path.leaf)
    least = f"min({own.key})", f"min({own.text})"
    if isinstance(leaf, IdLeaf | LabelLeaf):
        return _Key((own.text, *least), names, plain(text))
    is_by_key = comparison_of(leaf.field) in (Comparison.NUMBER, Comparison.BOOLEAN)
    same = f"coalesce({own.key}, '~' + {own.text})" if is_by_key else own.text
    return _Key((same, *least), names, written(leaf.field, key.form, text, order))


def _entry(
    entry: int | GroupCount | Sum | Constant, keys: list[_Key], sums: list[Sum], measured: list[_Measured]
) -> Shape:
    """What an entry makes of a group: `[[order, text …], count, key …, sum …]`."""
    match entry:
        case Constant(text):
            return constant(text).shape
        case GroupCount():
            return lambda row, _params: row[1]
        case Sum():
            at = sums.index(entry)
            return _at(2 + len(keys) + at, measured[at].part)
        case _:
            return _at(2 + entry, keys[entry].shown)


def _at(place: int, part: Part) -> Shape:
    shape = part.shape
    return lambda row, params: shape(row[place], params)
