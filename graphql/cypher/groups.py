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
    (measured,) = parts = [_measured(query.context, given)]
    gathered = f"WITH collect({query.node}) AS {members}"
    text = collect(query.clauses(), gathered, _summed(query.context, members, [given], parts), f"RETURN {measured.name}")
    shape = measured.part.shape
    return first(Part(text, shape), text)  # of nothing, Neo4j makes no row here


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
    """What makes two keys one group, what orders groups, what is shown; and the JSON of that."""

    identity: str
    order: str
    text: str
    shown: Part


def groups(query: Query, given: Groups, select: Select) -> Part:
    """One record a group, by its keys."""
    context = query.context
    sums = [e for _, e in given.entries if isinstance(e, Sum)]
    measured = [_measured(context, s) for s in sums]
    keys = [_key(context, query, key, i, select) for i, key in enumerate(given.keys)]
    members, count = context.alias("s"), context.alias("c")
    chosen = [t for i, k in enumerate(keys) for t in (f"{k.identity} AS k{i}", f"min({k.order}) AS o{i}")]
    chosen += [f"min({k.text}) AS t{i}" for i, k in enumerate(keys)]
    chosen += [f"collect({query.node}) AS {members}"] if sums else []
    item = [f"[{', '.join(f'o{i}, t{i}' for i in range(len(keys)))}]", count]
    item += [k.shown.text for k in keys] + [m.name for m in measured]
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


def _place(row: Slot) -> tuple[tuple[bool, str], ...]:
    """Where a group stands: by the keys' order, nulls last, then by their text, nulls first."""
    orders, texts = row[0][::2], row[0][1::2]
    return tuple(p for o, t in zip(orders, texts, strict=True) for p in ((o is None, o or ""), (t is not None, t or "")))


def _key(context: Context, query: Query, key: GroupKey, i: int, select: Select) -> _Key:
    end = query.follow(key.path.hops)
    if key.select is not None:
        found = select(context, f"k{i}", key.select)
        text = f"CASE WHEN k{i} IS NULL THEN null ELSE {found.text or 'true'} END"
        node_id = context.names.shown_id(end)
        return _Key(end, node_id, node_id, optional(Part(text, found.shape)))
    leaf, own = key.path.leaf, context.names.leaf(end, key.path.leaf)
    if isinstance(leaf, IdLeaf | LabelLeaf):
        return _Key(own.text, own.key, own.text, plain(f"t{i}"))
    shown = written(leaf.field, key.form, f"t{i}", f"o{i}")
    if comparison_of(leaf.field) in (Comparison.NUMBER, Comparison.BOOLEAN):
        return _Key(f"coalesce({own.key}, '~' + {own.text})", own.key, own.text, shown)
    return _Key(own.text, own.key, own.text, shown)


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
