"""`kaigraph bloom`: a perspective for Neo4j Bloom and Aura's Explore, or the same questions for Neo4j Browser."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kaigraph.bloom.ask import questions
from kaigraph.bloom.ground import Ground, ground, present
from kaigraph.bloom.guide import guide
from kaigraph.bloom.perspective import CREATED, as_json, perspective
from kaigraph.cli import assemble
from kaigraph.cli.options import add_domain, inputs_of
from kaigraph.loaders.neo4j.connect import is_address
from kaigraph.loaders.neo4j.store import Neo4jStore
from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.ontology.errors import BadUse
from kaigraph.ontology.phrases import read_phrases

EXAMPLE = """example:
  kaigraph bloom --store bolt://localhost:7687 --output kaigraph.json
  kaigraph bloom --store bolt://localhost:7687 --language ko --output kaigraph-ko.json
  kaigraph bloom --guide
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "bloom",
        help="write a perspective for Neo4j Bloom, or a guide for Neo4j Browser",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    store = "bolt://… or neo4j://… of a loaded database; without it, all that the ontology has is taken to be there"
    parser.add_argument("--store", metavar="STORE", help=store)
    parser.add_argument("--language", metavar="TAG", help="the language of names and phrases (default: the first)")
    parser.add_argument("--name", help="what the perspective is called (default: kaigraph and the language)")
    created = "the moment that the file bears, in ms since 1970 (default: always the same)"
    parser.add_argument("--created", type=int, default=CREATED, metavar="MS", help=created)
    parser.add_argument("--guide", action="store_true", help="a page of Markdown for Neo4j Browser instead")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write here, whole or not at all")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write to standard output or a file."""
    on = _ground(options)
    inputs = inputs_of(options)
    asked = questions(read_phrases(vocabulary_of(inputs.ontology, inputs.shapes)), on)
    if options.guide:
        body = guide(on, asked).encode()
    else:
        body = as_json(perspective(options.name or f"kaigraph {on.language}", on, asked, options.created))
    if options.output is None:
        sys.stdout.buffer.write(body)
    else:
        _write(options.output, body)
    return 0


def _write(path: Path, body: bytes) -> None:
    """All or nothing: who opens the file has the old one or the new one."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(body)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadUse(f"cannot write: {error.strerror}", where=str(path)) from error


def _ground(options: argparse.Namespace) -> Ground:
    if not options.store:
        model = assemble.model_of(options, assemble.classes_named(options))
        return ground(model, _language(options, model.languages))
    if not is_address(options.store):
        raise BadUse("a perspective is for a Neo4j server", where="--store", hint="name bolt://… or neo4j://…")
    with assemble.opened(options) as store:
        assert isinstance(store, Neo4jStore)  # noqa: S101 the address says so; this tells the type checker
        return ground(store.model, _language(options, store.model.languages), present(store))


def _language(options: argparse.Namespace, known: tuple[str, ...]) -> str:
    language: str = options.language or known[0]
    if language not in known:
        raise BadUse(f"the ontology has no labels in {language}", where="--language", hint=f"it has {', '.join(known)}")
    return language
