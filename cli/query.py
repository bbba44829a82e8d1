"""`kaigraph query`: one operation, answered on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from kaigraph.cli import assemble
from kaigraph.cli.explain import explain
from kaigraph.cli.options import add_domain, add_engine, add_store
from kaigraph.cli.table import as_csv, as_lines, as_table
from kaigraph.graphql.engine import Operation
from kaigraph.graphql.over import engine_over
from kaigraph.ontology.errors import BadUse

EXAMPLE = """example:
  kaigraph query '{ dataset { version sources { label } } }'
  kaigraph query --file question.graphql --variables '{"id": "…"}' --format table
  kaigraph query --explain '{ dataset { version } }'
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "query",
        help="answer one GraphQL operation",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_domain(parser)
    add_store(parser)
    add_engine(parser)
    parser.add_argument("operation", nargs="?", help="the operation; - or nothing reads standard input")
    parser.add_argument("--file", type=Path, metavar="FILE", help="read the operation from a file")
    parser.add_argument("--variables", default="{}", metavar="JSON", help="the variables, as a JSON object")
    parser.add_argument("--name", metavar="NAME", help="which operation of several")
    parser.add_argument("--language", metavar="TAG", help="the language of labels and texts, such as ko")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="answer from what was published by then")
    parser.add_argument(
        "--format",
        choices=("json", "table", "csv", "jsonl"),
        default="json",
        help="table, csv and jsonl (an object a line) show the first list in the answer",
    )
    parser.add_argument("--explain", action="store_true", help="print the plan and the one statement instead")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer, or explain; 2 where the operation cannot be answered."""
    text, variables = _text(options), _variables(options.variables)
    with assemble.opened(options) as store:
        engine = engine_over(store)
        language = _language(options.language, engine.languages)
        operation = Operation(text, variables, options.name, language, options.as_of)
        if options.explain:
            sys.stdout.write(explain(engine, operation))
            return 0
        answer = engine.answer(operation)
    body = json.loads(answer.body)
    form = _FORMS[options.format if "errors" not in body else "json"]
    (sys.stderr if "errors" in body else sys.stdout).write(form(body))
    return 2 if "errors" in body else 0


def _pretty(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


_FORMS = {"json": _pretty, "table": as_table, "csv": as_csv, "jsonl": as_lines}


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _language(tag: str | None, languages: tuple[str, ...]) -> str | None:
    if tag is not None and tag.lower() not in languages:
        raise BadUse(f"there is no '{tag}' here", where="--language", hint=f"choose one of: {', '.join(languages)}")
    return tag.lower() if tag else None


def _text(options: argparse.Namespace) -> str:
    if options.file is not None:
        try:
            return str(options.file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadUse(f"cannot be read: {error}", where=str(options.file)) from error
    if options.operation is None:
        _mind_swallowed(options)
    if options.operation in (None, "-"):
        return sys.stdin.read()
    return str(options.operation)


def _mind_swallowed(options: argparse.Namespace) -> None:
    """`--data FILE '{…}'` takes the operation for another file."""
    for name in ("data", "ontology", "shapes"):
        if any("{" in str(path) for path in getattr(options, name) or ()):
            hint = f"put the operation before --{name}, or -- between them"
            raise BadUse("the operation was taken for a path", where=f"--{name}", hint=hint)


def _variables(text: str) -> dict[str, object]:
    try:
        variables = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadUse(f"no JSON: {error}", where="--variables", hint="""write it as '{"name": "value"}'""") from error
    if not isinstance(variables, dict):
        raise BadUse("no JSON object", where="--variables", hint="""write it as '{"name": "value"}'""")
    return variables
