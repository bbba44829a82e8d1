"""The order of a page, what comes after a cursor in it, and cursors."""

from __future__ import annotations

from dataclasses import dataclass

from kaigraph.graphql.framing import block
from kaigraph.graphql.plan import IdLeaf, Order, Page
from kaigraph.graphql.sql.conditions import parameter
from kaigraph.graphql.sql.leaves import key_of
from kaigraph.graphql.sql.source import Row
from kaigraph.graphql.sql.text import string


@dataclass(frozen=True, slots=True)
class Key:
    """One ordering key as a column."""

    column: str
    descending: bool
    nullable: bool

    def term(self) -> str:
        """The key in ORDER BY. To SQLite null is the smallest, so descending it comes last anyway."""
        return self.column + (" DESC" if self.descending else " NULLS LAST" if self.nullable else "")

    def past(self, value: str) -> str:
        """Whether the key comes after a value, nulls last."""
        beyond = f"{self.column} {'<' if self.descending else '>'} {value}"
        return f"({beyond} OR {self.column} IS NULL AND {value} IS NOT NULL)" if self.nullable else beyond


def keys_of(row: Row, order: tuple[Order, ...]) -> tuple[Key, ...]:
    """The ordering keys of a page, joined to what `row` reads."""
    return tuple(Key(key_of(row, o.path), o.descending, is_nullable(o)) for o in order)


def is_nullable(order: Order) -> bool:
    """Whether a node may lack the key: all but its own id."""
    return bool(order.path.hops) or not isinstance(order.path.leaf, IdLeaf)


def order_by(keys: tuple[Key, ...], node_id: str) -> str:
    """ORDER BY with the id for ties."""
    return "ORDER BY " + ", ".join([*(k.term() for k in keys), node_id])


def after(keys: tuple[Key, ...], node_id: str, page: Page) -> str:
    """Whether a node comes after the cursor; a null id in the cursor's place lets everything through."""
    if page.after is None:
        return ""
    *values, last = (parameter(p) for p in page.after)
    found = f"{node_id} > coalesce({last}, '')"
    for key, value in reversed(list(zip(keys, values, strict=True))):
        found = block("(", f"{key.past(value)}\nOR {key.column} IS {value} AND {found}", ")")
    return f"({last} IS NULL OR {found})" if keys else found


def cursor(page: Page, keys: tuple[Key, ...], node_id: str) -> str:
    """The cursor of a node, as `kaigraph.graphql.cursor` writes it."""
    parts = [f"iif({k.column} IS NULL, 'n.', 'k' || lower(hex({k.column})) || '.')" for k in keys]
    return "sealed(" + " || ".join([string(f"{page.cursor_tag}."), *parts, f"lower(hex({node_id}))"]) + ")"
