"""Compiled statements against those written by hand, through the driver: what the server itself spends on them.

On a machine that is not quiet, look at the time of the server's processor: waiting does not count in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, cast

from by_hand import BY_HAND
from made import counts_of
from neo4j import READ_ACCESS, GraphDatabase, NotificationMinimumSeverity, Session
from neo4j_made import holding
from operations import EIGHT, LOCAL, Asked
from peers_servers import PASSWORD, Neo4j
from peers_table import show
from processor import spent

from kaigraph.graphql.cypher import Statement, compile_plan
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.plan import Plan
from kaigraph.graphql.schema import build_schema
from kaigraph.loaders.neo4j.probe import KNOWN, probed
from kaigraph.loaders.pipeline import vocabulary_of
from kaigraph.ontology import make_model
from kaigraph.ontology.model import Model

_BATCH = 0.02  # s of runs that are measured as one: the processor's time is counted in steps
_MOST = 3.0  # s for one kind of one operation in all


class _Compiles:
    """A store that only compiles."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def compile(self, plan: Plan) -> str:
        """The statement of a plan."""
        return compile_plan(plan, self._model)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else is asked of a store
        raise AttributeError(name)


def statements(nodes: int, rounds: int) -> None:
    """Print the table of one size."""
    with holding(nodes) as (server, folder):
        model = make_model(vocabulary_of((folder / "ontology.ttl",), (folder / "shapes.ttl",)))
        api = derive_api(model)
        engine = Engine(model, api, build_schema(api)._schema, _Compiles(model))  # type: ignore[arg-type]  # enough
        options: dict[str, Any] = {"notifications_min_severity": NotificationMinimumSeverity.OFF}
        with (
            GraphDatabase.driver(server.uri, auth=("neo4j", PASSWORD), **options) as driver,
            driver.session(default_access_mode=READ_ACCESS) as session,
        ):
            rows = [_row(session, server, engine, asked, nodes, rounds) for asked in (*EIGHT, *LOCAL[1:])]
    heads = ("operation", "by hand, ms", "compiled", "with probe", "by hand, CPU ms", "compiled", "with probe")
    show(f"{nodes:,} nodes: statements alone (`python bench/neo4j_queries.py --statements`)", heads, rows)


def _row(
    session: Session, server: Neo4j, engine: Engine, asked: Asked, nodes: int, rounds: int
) -> tuple[str, float, str, str, float, str, str]:
    """One operation: by hand, and the ratios of the others to that."""
    by_hand, counts, turn = BY_HAND[asked.name], counts_of(nodes), iter(range(10**9))

    def compiled(make: Callable[[str], str], **more: object) -> Callable[[], None]:
        def run() -> None:
            prepared, values = engine.prepare(Operation(asked.text, asked.variables(counts, next(turn))))
            statement = cast("Statement", prepared.statement)
            given = {**statement.parameters(bind(prepared.plan, values)), **more}
            _run(session, make(str(statement)), given)

        return run

    kinds: Mapping[str, Callable[[], None]] = {
        "by hand": lambda: _run(session, by_hand.text, by_hand.given(asked.variables(counts, next(turn)))),
        "compiled": compiled(str),
        "probe": compiled(probed, **{KNOWN: ""}),
    }
    walls, ours = _measured(kinds, server, rounds)
    ratios = [[f"{times[kind] / times['by hand']:.2f}" for kind in ("compiled", "probe")] for times in (walls, ours)]
    return asked.name, walls["by hand"], ratios[0][0], ratios[0][1], ours["by hand"], ratios[1][0], ratios[1][1]


def _run(session: Session, text: str, given: Mapping[str, object]) -> None:
    session.run(cast("Any", text), dict(given)).single()


def _measured(
    kinds: Mapping[str, Callable[[], None]], server: Neo4j, rounds: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Medians of the time that passed and of the processor's, in ms a run; in turn, after some that warm."""
    pid = int((server.home / "pid").read_text())
    end = time.perf_counter() + _MOST
    while time.perf_counter() < end:
        for run in kinds.values():
            run()
    start = time.perf_counter()
    kinds["by hand"]()
    many = max(1, int(_BATCH / (time.perf_counter() - start)))
    walls: dict[str, list[float]] = {kind: [] for kind in kinds}
    used: dict[str, list[float]] = {kind: [] for kind in kinds}
    end = time.perf_counter() + _MOST * len(kinds)
    for turn in range(rounds):
        for kind in [*kinds][turn % len(kinds) :] + [*kinds][: turn % len(kinds)]:
            before, start = spent(pid), time.perf_counter()
            for _ in range(many):
                kinds[kind]()
            walls[kind].append((time.perf_counter() - start) * 1000 / many)
            used[kind].append((spent(pid) - before) / many)
        if time.perf_counter() > end and turn:
            break
    return {k: median(v) for k, v in walls.items()}, {k: median(v) for k, v in used.items()}
