"""Groups and exact sums over the filtered set of a page."""

from __future__ import annotations

from kaigraph.graphql.framing import block, call, lines
from kaigraph.graphql.plan import Constant, GroupCount, GroupKey, Groups, IdLeaf, LabelLeaf, Sum, ValueLeaf
from kaigraph.graphql.sql.json import Json, json_list, json_object, json_of, json_or_null
from kaigraph.graphql.sql.leaves import Columns, columns
from kaigraph.graphql.sql.source import Context, Row, Select
from kaigraph.graphql.sql.text import string, subquery
from kaigraph.graphql.sql.things import Select as SelectFunction
from kaigraph.graphql.sql.values import written
from kaigraph.loaders.layout import LIMBS
from kaigraph.loaders.literals.comparison import Comparison, comparison_of, is_float


def total_of(context: Context, name: str, given: Sum) -> str:
    """The sum over the whole set; a part is left out beside its whole."""
    select = Select(name)
    found = columns(Row(context, select, f"{name}.n", {"id": f"{name}.id"}), given.path)
    whole = f"SELECT q.part FROM part AS q CROSS JOIN {name} AS w ON w.n = q.whole"
    select.conditions.append(f"{name}.n NOT IN ({whole})")
    return subquery(select.text(_sum(given, _measured(given, found), "")))


def _measured(given: Sum, found: Columns) -> tuple[str, ...]:
    """What a sum needs of a number: its text, or its key and limbs."""
    return (found.text,) if _is_float(given) else (found.key, *found.limbs)


def _is_float(given: Sum) -> bool:
    return isinstance(given.path.leaf, ValueLeaf) and is_float(given.path.leaf.field)


def _sum(given: Sum, measured: tuple[str, ...], kept: str) -> str:
    if _is_float(given):
        return f"float_sum({measured[0]}){kept}"
    key, high, middle, low = measured
    sums = [f"sum({limb}){kept}" for limb in (high, middle, low)]
    return call("decimal_sum", *sums, f"count({key}){kept}", f"count({high}){kept}")


def groups(context: Context, name: str, given: Groups, select: SelectFunction) -> Json:
    """One record a group, by its keys.

    `g` is the set with keys (`k`), what they are ordered by (`o`), their text (`t`) and the numbers to add (`s`).
    """
    sums = [e for _, e in given.entries if isinstance(e, Sum)]
    table = context.alias("g")
    tables = [block(f"{table} AS MATERIALIZED (", _keyed(context, name, given, sums), ")")]
    source = table
    if sums:
        source = context.alias("h")
        tables.append(block(f"{source} AS MATERIALIZED (", _with_parts(table, len(given.keys)), ")"))
    record = json_object((key, _entry(context, given, entry, sums, select)) for key, entry in given.entries)
    return json_of(
        lines(
            "WITH",
            ",\n".join(tables),
            f"SELECT {json_list(record)}",
            block("FROM (", _grouped(source, given, sums), ") AS grp"),
        )
    )


def _with_parts(table: str, keys: int) -> str:
    """The rows of a set, and of each whether it is part of another row of the same group."""
    same = "".join(f" AND w.k{i} IS p.k{i}" for i in range(keys))
    parts = lines(
        "SELECT p.n FROM part AS q",
        f"CROSS JOIN {table} AS p ON p.n = q.part",
        f"CROSS JOIN {table} AS w ON w.n = q.whole{same}",
    )
    return lines("SELECT *, " + block("n IN (", parts, ") AS is_part"), f"FROM {table}")


def _keyed(context: Context, name: str, given: Groups, sums: list[Sum]) -> str:
    select = Select(name)
    row = Row(context, select, f"{name}.n", {"id": f"{name}.id"})
    chosen = [f"{name}.n AS n"]
    for i, key in enumerate(given.keys):
        identity, order, text = _key(row, key)
        chosen += [f"{identity} AS k{i}", f"{order} AS o{i}", f"{text} AS t{i}"]
    for i, one in enumerate(sums):
        parts = ("text",) if _is_float(one) else ("key", *LIMBS)
        found = _measured(one, columns(row, one.path))
        chosen += [f"{column} AS s{i}_{part}" for part, column in zip(parts, found, strict=True)]
    return select.text(",\n  ".join(chosen))


def _key(row: Row, key: GroupKey) -> tuple[str, str, str]:
    """What makes two keys one group, what orders groups, and what is shown."""
    if key.select is not None:
        end = row.follow(key.path.hops)
        return end.number, end.id, end.id
    found = columns(row, key.path)
    leaf = key.path.leaf
    if isinstance(leaf, ValueLeaf) and comparison_of(leaf.field) in (Comparison.NUMBER, Comparison.BOOLEAN):
        return f"coalesce({found.key}, '~' || {found.text})", found.key, found.text
    return found.text, found.key, found.text


def _grouped(source: str, given: Groups, sums: list[Sum]) -> str:
    """One row a group: `k0`, `o0`, `t0` … `count`, `s0` …, in order."""
    count = len(given.keys)
    chosen = [f"k{i}, min(o{i}) AS o{i}, min(t{i}) AS t{i}" for i in range(count)]
    chosen.append("count(*) AS count")
    for i, one in enumerate(sums):
        parts = ("text",) if _is_float(one) else ("key", *LIMBS)
        measured = tuple(f"s{i}_{part}" for part in parts)
        chosen.append(f"{_sum(one, measured, ' FILTER (WHERE NOT is_part)')} AS s{i}")
    keys = ", ".join(f"k{i}" for i in range(count)) or "NULL"
    order = ", ".join(f"o{i} NULLS LAST, t{i}" for i in range(count)) or "1"
    columns_ = ",\n".join(chosen).replace("\n", "\n  ")
    return f"SELECT {columns_}\nFROM {source}\nGROUP BY {keys}\nORDER BY {order}"


def _entry(
    context: Context, given: Groups, entry: int | GroupCount | Sum | Constant, sums: list[Sum], select: SelectFunction
) -> str:
    match entry:
        case Constant(text):
            return string(text)
        case GroupCount():
            return "grp.count"
        case Sum():
            return f"grp.s{sums.index(entry)}"
        case _:
            return _shown(context, given.keys[entry], entry, select)


def _shown(context: Context, key: GroupKey, i: int, select: SelectFunction) -> str:
    if key.select is not None:
        alias = context.alias("n")
        found = select(Row.joined(context, None, alias), key.select)
        return json_or_null(lines(f"SELECT {found}", f"FROM node AS {alias} WHERE {alias}.n = grp.k{i}"))
    if isinstance(key.path.leaf, IdLeaf | LabelLeaf):
        return f"grp.t{i}"
    return written(key.path.leaf.field, key.form, f"grp.t{i}", f"grp.o{i}")
