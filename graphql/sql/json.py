"""JSON as SQL: objects and lists whose parts may be JSON already.

`json_object` writes a record of columns fastest. What comes out of a sub-select is mere text to it, which `json()`
would have to read and write again at each level (a quarter of the time of nested lists): such records are put together
as text, by `concat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kaigraph.graphql.framing import block, is_short
from kaigraph.graphql.sql.text import response_key, string

#: SQLite takes 1,000 arguments, and an entry is two of them.
_MOST_ENTRIES = 400


class Fixed(str):
    """JSON text that is the same in every row, and no SQL."""

    __slots__ = ()


class Json(str):
    """SQL whose value is JSON text and never null: it goes into other JSON as it is. Other SQL gives values."""

    __slots__ = ("parts",)
    parts: tuple[str, ...]


class Known(Json):
    """JSON that SQLite knows for such, for no sub-select is around it."""

    __slots__ = ()


def known(text: str) -> Known:
    """SQL whose value SQLite knows to be JSON."""
    made = Known(text)
    made.parts = (text,)
    return made


def json_object(entries: Iterable[tuple[str, str]]) -> Json:
    """A JSON object of response keys and expressions, an entry a line.

    Raises:
        ValueError: a key is no GraphQL name, so it came from elsewhere.
    """
    found = [(key, response_key(key), expression) for key, expression in entries]
    if len(found) > _MOST_ENTRIES or any(_is_text(e) for *_, e in found):
        return _joined(_parts((key, e) for key, _, e in found))
    pairs = [f"{quoted}, {expression}" for _, quoted, expression in found]
    line = ", ".join(pairs)
    return known(block("json_object(", line if is_short(line) else ",\n".join(pairs), ")"))


def json_list(item: str, order: str = "") -> Json:
    """A JSON list, an aggregate; without an order, in that of the rows."""
    sorted_ = f" ORDER BY {order}" if order else ""
    if not _is_text(item):
        return known(block("json_group_array(", item + sorted_, ")"))
    listed_ = block("group_concat(", item + (f", ','{sorted_}" if order else ""), ")")
    return _joined([Fixed("["), listed_, Fixed("]")])


def json_of(select: str) -> Json:
    """A sub-select of JSON that always has a row."""
    return as_json(block("(", select, ")"))


def json_or_null(select: str) -> Json:
    """A sub-select of JSON; without a row, null."""
    return as_json(block("coalesce((", select, "), 'null')"))


def json_case(text: str, *results: str) -> Json:
    """A choice, as text, of those results."""
    return as_json(text) if any(map(_is_text, results)) else known(text)


def _is_text(expression: str) -> bool:
    return isinstance(expression, Json) and not isinstance(expression, Known)


def as_json(text: str) -> Json:
    """SQL whose value is JSON text."""
    made = Json(text)
    made.parts = (text,)
    return made


def _parts(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The text of an object, what is fixed and what is not."""
    opening = "{"
    for key, expression in entries:
        yield Fixed(f'{opening}"{key}":')
        yield from expression.parts if isinstance(expression, Json) else (f"json_quote({expression})",)
        opening = ","
    yield Fixed("}")


def _joined(parts: Iterable[str]) -> Json:
    """Parts one after the other; those that are fixed, in one."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, Fixed) and found and isinstance(found[-1], Fixed):
            found[-1] = Fixed(found[-1] + part)
        else:
            found.append(part)
    made = Json(_concat(found))
    made.parts = tuple(found)
    return made


def _concat(parts: list[str]) -> str:
    """`concat`, with what is fixed on the line of what follows."""
    most = 2 * _MOST_ENTRIES
    while len(parts) > most:
        parts = [_concat(parts[i : i + most]) for i in range(0, len(parts), most)]
    texts = [f"{string(p)}, " if isinstance(p, Fixed) else f"{p},\n" for p in parts]
    return block("concat(", "".join(texts).rstrip(", \n"), ")")
