"""Whether a database is ours, and for this Model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from neo4j import Session
from neo4j.exceptions import ClientError

from kaigraph.loaders.neo4j.connect import Target
from kaigraph.loaders.neo4j.mapping import LARGE, PART, PLAIN
from kaigraph.loaders.neo4j.probe import GONE
from kaigraph.loaders.neo4j.read import read_meta
from kaigraph.loaders.neo4j.statements import ANEW, STRANGER, STRANGERS, TOTALS, TRIAL
from kaigraph.ontology.errors import StoreRefused
from kaigraph.ontology.model import Model

#: Goes up with every change to what the database holds.
FORMAT = 3

_SAID = {
    "format",
    "model",
    "version",
    "load",
    "source",
    "is_claims",
    "classes",
    LARGE,
    "prefix_names",
    "prefix_iris",
}


def is_complete(meta: Mapping[str, Any]) -> bool:
    """Whether no load is written in steps, or was when it was killed."""
    return bool(meta["load"] % 2 == 0)


def checked(
    session: Session, target: Target, model: Model | None, *, to_write: bool = False
) -> Mapping[str, Any] | None:
    """What the database says of itself; None, if it is empty. To write, the classes in use may be others.

    Raises:
        StoreRefused: it holds nodes that are not ours, is of another format or Model, or does not say.
    """
    meta = read_meta(session)
    _refuse_strangers(session, target, ours=meta is not None)
    if meta is None:
        return None
    if meta.get("format", FORMAT) == FORMAT:
        _refuse_damaged(meta, target)
    refuse_other(meta["format"], meta["model"], target, None if to_write and _is_akin(meta, model) else model)
    return meta


def is_made_otherwise(meta: Mapping[str, Any], model: Model) -> bool:
    """Whether all that is there has to be written again: for another Model, or as a load before this one began to."""
    return bool(meta["model"] != model.hash or meta.get(ANEW))


def _is_akin(meta: Mapping[str, Any], model: Model | None) -> bool:
    """Whether a Model is of the vocabulary that the database was made with, for data that use other classes."""
    if model is None or meta["model"] == model.hash:
        return False
    return model.before(meta["model"], frozenset(meta.get("classes", ()))) is not None


def _refuse_damaged(meta: Mapping[str, Any], target: Target) -> None:
    """What a bulk import leaves to the next load is not missing."""
    filled_later = (*meta.get("_.one", ()), *meta.get("_.none", ()))
    missing = sorted(_SAID - meta.keys() - set(filled_later))
    if missing:
        raise StoreRefused(
            f"the node Meta_ lacks {', '.join(missing)}: somebody else wrote to the database",
            where=target.uri,
            hint="empty the database and load the data again",
        )


def refuse_other(made_as: int, made_for: str, target: Target, model: Model | None) -> None:
    """Refuse data of another format, or of another Model.

    Raises:
        StoreRefused: they are.
    """
    if made_as != FORMAT:
        raise StoreRefused(
            f"the store has format {made_as}, and this version reads {FORMAT}",
            where=target.uri,
            hint="empty the database and load the data again",
        )
    if model is not None and made_for != model.hash:
        raise StoreRefused(
            f"the store was made with another ontology or other shapes ({str(made_for)[:8]}, not {model.hash[:8]})",
            where=target.uri,
            hint="name the ontology and shapes it was made with (classes that only the data name count with them), "
            "or empty the database and load the data again",
        )


def _refuse_strangers(session: Session, target: Target, *, ours: bool) -> None:
    """Nodes of others; those that Bloom keeps its own things in are left alone."""
    if ours:
        every, known = session.run(TOTALS).single(strict=True)
        if every == known:
            return
    lost = not ours and session.run(cast("Any", GONE)).single(strict=True)["gone"]
    found = session.run(STRANGERS if ours or lost else STRANGER).single()
    if found is not None:
        labels = ", ".join(sorted(found["labels"])) or "no label"
        raise not_ours(labels, target)
    if lost:
        raise gone(target)


def gone(target: Target) -> StoreRefused:
    """What is told where nodes of ours are left without the one that says what they are."""
    return StoreRefused(
        "kaigraph's own node Meta_ is gone: somebody else wrote to the database",
        where=target.uri,
        hint="empty the database and load the data again",
    )


def not_ours(which: str, target: Target) -> StoreRefused:
    """What is told of nodes that somebody else made."""
    return StoreRefused(
        f"the database has nodes that are not kaigraph's ({which})",
        where=target.uri,
        hint="name another database, or take them out; kaigraph owns the one it loads",
    )


def check_server(session: Session, target: Target) -> None:
    """Try, and take back, what loads are made of.

    Raises:
        StoreRefused: the server is too old to write the right relationships.
    """
    wanted, found = [PART, PLAIN, PLAIN, PART], []
    with session.begin_transaction() as transaction:
        try:
            for pair in (wanted[:2], wanted[2:]):  # a type a row, and the same statement once more
                found += transaction.run(TRIAL, rows=[[t, {}] for t in pair]).single(strict=True)["types"]
        except ClientError as error:
            if "SyntaxError" not in (error.code or ""):
                raise
        else:
            transaction.rollback()
    if found != wanted:
        raise StoreRefused(
            "this version of Neo4j cannot take types of relationships as values",
            where=target.uri,
            hint="take 5.26.20 or newer of the long-term line, or the current one",
        )
