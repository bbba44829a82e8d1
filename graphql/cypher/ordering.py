"""The order of a page, what comes after a cursor in it, and cursors."""

from __future__ import annotations

from dataclasses import dataclass

from kaigraph.graphql.cursor import encode_cursor
from kaigraph.graphql.cypher.naming import Part, list_of_texts
from kaigraph.graphql.cypher.source import Context, Query
from kaigraph.graphql.framing import block
from kaigraph.graphql.plan import IdLeaf, Order, Page, ParamRef
from kaigraph.ontology.model import Iri


@dataclass(frozen=True, slots=True)
class Key:
    """One ordering key as an expression."""

    text: str
    descending: bool
    nullable: bool
    shown: str  # what a cursor holds of it

    def term(self) -> str:
        """The key in ORDER BY. To Neo4j null is the greatest, so ascending it comes last anyway."""
        if not self.descending:
            return self.text
        return f"{self.text} IS NULL, {self.text} DESC" if self.nullable else f"{self.text} DESC"

    def past(self, value: str) -> str:
        """Whether the key comes after a value, nulls last."""
        beyond = f"{self.text} {'<' if self.descending else '>'} {value}"
        return f"({beyond} OR {self.text} IS NULL AND {value} IS NOT NULL)" if self.nullable else beyond

    def same(self, value: str) -> str:
        """Whether the key is a value; null is null."""
        equal = f"{self.text} = {value}"
        return f"({equal} OR {self.text} IS NULL AND {value} IS NULL)" if self.nullable else equal


def keys_of(query: Query, order: tuple[Order, ...], cls: Iri | None) -> tuple[Key, ...]:
    """The ordering keys of a page, with what is followed for them; of nodes of a class, if it is known."""
    return tuple(_key(query, o, cls) for o in order)


def _key(query: Query, order: Order, cls: Iri | None) -> Key:
    names, leaf = query.context.names, order.path.leaf
    found = names.leaf(query.follow(order.path.hops), leaf)
    shown = found.text if isinstance(leaf, IdLeaf) else found.key
    # A list downwards follows an index only if nothing asks for nulls.
    nullable = bool(order.path.hops) or not names.has_always(leaf, cls)
    return Key(found.key, order.descending, nullable, shown)


def order_by(keys: tuple[Key, ...], node_id: str) -> str:
    """ORDER BY with the id for ties."""
    return "ORDER BY " + ", ".join([*(k.term() for k in keys), node_id])


def after(context: Context, keys: tuple[Key, ...], node_id: str, page: Page) -> str:
    """Whether a node comes after the cursor; a null id in the cursor's place lets everything through."""
    if page.after is None:
        return ""
    values = [_value(context, o, p) for o, p in zip(page.order, page.after, strict=False)]
    last = context.id_param(page.after[-1])
    found = f"{node_id} > coalesce({last}, '')"
    for key, value in reversed(list(zip(keys, values, strict=True))):
        found = block("(", f"{key.past(value)}\nOR {key.same(value)} AND {found}", ")")
    return f"({last} IS NULL OR {found})" if keys else found


def _value(context: Context, order: Order, ref: ParamRef) -> str:
    """A key of the cursor: ids are compared by theirs."""
    return context.id_param(ref) if isinstance(order.path.leaf, IdLeaf) else context.param(ref)


def cursor(page: Page, keys: tuple[Key, ...], node_id: str) -> Part:
    """The cursor of a node."""
    tag = page.cursor_tag
    return Part(
        list_of_texts([*(k.shown for k in keys), node_id]),
        lambda slot, _params: encode_cursor(tag, slot[:-1], slot[-1]),
    )
